using System.Globalization;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engine;
using EngagementFlows.Scripts;

namespace EngagementFlows.Server.Forms;

/// <summary>A press of "add another" or "remove" in a group: the page is drawn again with what was typed, and nothing is answered.</summary>
/// <param name="Question">The group.</param>
/// <param name="Removed">The place of the row to remove, from 0; <see langword="null"/> to add one at the end.</param>
public sealed record RowAct(FormQuestion Question, int? Removed)
{
    private const string AddPrefix = "add:";
    private const string RemovePrefix = "remove:";

    /// <summary>Gets the id of the element to which the reader is taken; <see langword="null"/> before the act was done.</summary>
    public string? Focus { get; private init; }

    /// <summary>Gets what is said of the act, for those who do not see the page.</summary>
    public LocalizedText? Said { get; private init; }

    /// <summary>Returns the value of the button that adds a row.</summary>
    public static string Add(FormQuestion group) => AddPrefix + group.Name;

    /// <summary>Returns the value of the button that removes a row.</summary>
    public static string Remove(FormQuestion group, int row) => string.Create(CultureInfo.InvariantCulture, $"{RemovePrefix}{group.Name}.{row}");

    /// <summary>Returns the id of a row on the page.</summary>
    public static string RowId(FormQuestion group, int row) => string.Create(CultureInfo.InvariantCulture, $"row-{group.Name}.{row}");

    /// <summary>Returns the id of the button that adds a row.</summary>
    public static string AddId(FormQuestion group) => $"more-{group.Name}";

    /// <summary>Returns what the button means; <see langword="null"/> if it is no button of a group of the form.</summary>
    public static RowAct? Of(FormDefinition form, string go)
    {
        if (go.StartsWith(AddPrefix, StringComparison.Ordinal))
            return Find(form, go[AddPrefix.Length..]) is { } grown ? new(grown, null) : null;
        if (!go.StartsWith(RemovePrefix, StringComparison.Ordinal) || go.LastIndexOf('.') is not (var stop and > 0))
            return null;
        return int.TryParse(go[(stop + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int row) && Find(form, go[RemovePrefix.Length..stop]) is { } shrunk ? new(shrunk, row) : null;
    }

    /// <summary>Does it; a row more than the form allows, or one that is not there, changes nothing.</summary>
    public (FormWalk Walk, RowAct Done) ApplyTo(FormWalk walk)
    {
        FormGroup group = Question.Group!;
        List<PlainObject> rows = [.. walk.RowsOf(Question)];
        RowAct done = this;
        if (Removed is { } at)
        {
            if (at < rows.Count && rows.Count > group.Least)
            {
                LocalizedText gone = group.TitleOf(at, rows[at]);
                rows.RemoveAt(at);
                done = this with { Focus = rows.Count > 0 ? RowId(Question, Math.Min(at, rows.Count - 1)) : AddId(Question), Said = Filled(FormTexts.RowRemoved, gone) };
            }
        }
        else if (rows.Count < group.Most)
        {
            rows.Add(new());
            done = this with { Focus = RowId(Question, rows.Count - 1), Said = Filled(FormTexts.RowAdded, group.TitleOf(rows.Count - 1, rows[^1])) };
        }

        PlainObject given = new();
        foreach ((string name, object? value) in walk.Given)
            given[name] = value;
        given[Question.Name] = new PlainList(rows);
        return (new FormWalk(walk.Form, given), done);
    }

    private static FormQuestion? Find(FormDefinition form, string name) => form.Questions.FirstOrDefault(question => question.Group is not null && question.Name == name);

    private static LocalizedText Filled(LocalizedText text, LocalizedText row) =>
        new(string.Format(CultureInfo.InvariantCulture, text.En, row.En), string.Format(CultureInfo.InvariantCulture, text.ZhCn, row.ZhCn));
}
