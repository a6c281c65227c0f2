using System.Globalization;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Scripts;

namespace EngagementFlows.Server.Forms;

/// <summary>Turns fields of a posted page into answers, and answers into fields.</summary>
/// <remarks>A group's field holds the places of its rows; a row's answers stand in <c>q.actions.1.due</c>. Question names hold no full stop.</remarks>
internal static class FormPost
{
    /// <summary>The greatest number of fields in a post: a form of many rows has several for each answer.</summary>
    public const int MostFields = 20_000;

    private const string Prefix = "q.";
    private const int LongestPlace = 4;

    /// <summary>Returns the name of a question's field.</summary>
    /// <param name="path">The question's name, or <see cref="PathOf"/> within a row.</param>
    public static string FieldOf(string path) => Prefix + path;

    /// <summary>Returns where a question of a row stands, as faults name it: <c>actions.1.due</c>.</summary>
    public static string PathOf(FormQuestion group, int row, string question) => string.Create(CultureInfo.InvariantCulture, $"{group.Name}.{row}.{question}");

    /// <summary>Returns the answers in the posted fields; what the form does not ask is left to the validator, which refuses it.</summary>
    public static PlainObject Read(FormDefinition form, IFormCollection fields)
    {
        Dictionary<string, FormQuestion> groups = form.Questions.Where(question => question.Group is not null).ToDictionary(question => question.Name, StringComparer.Ordinal);
        Dictionary<string, SortedDictionary<int, PlainObject>> rows = groups.Keys
            .Where(name => fields.ContainsKey(FieldOf(name))).ToDictionary(name => name, _ => new SortedDictionary<int, PlainObject>(), StringComparer.Ordinal);
        PlainObject answers = new();
        foreach ((string field, Microsoft.Extensions.Primitives.StringValues values) in fields)
        {
            if (!field.StartsWith(Prefix, StringComparison.Ordinal))
                continue;
            string path = field[Prefix.Length..];
            string[] given = [.. values.Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => value!.ReplaceLineEndings("\n"))];
            if (rows.TryGetValue(path, out SortedDictionary<int, PlainObject>? ofGroup))
            {
                foreach (int place in given.Select(Place).OfType<int>())
                    ofGroup.TryAdd(place, new());
            }
            else if (path.Split('.') is [string group, string row, string question] && rows.TryGetValue(group, out ofGroup) && Place(row) is { } place)
            {
                if (!ofGroup.TryGetValue(place, out PlainObject? inRow))
                    ofGroup.Add(place, inRow = new());
                Put(inRow, groups[group].Group!.Questions, question, given);
            }
            else
            {
                Put(answers, form.Questions, path, given);
            }
        }

        foreach ((string name, SortedDictionary<int, PlainObject> ofGroup) in rows)
            answers[name] = new PlainList(ofGroup.Values);
        return answers;
    }

    /// <summary>Returns the hidden fields in which answers travel from page to page; <see cref="Read"/> makes the same answers of them.</summary>
    /// <param name="form">The form.</param>
    /// <param name="answers">The answers as they were typed.</param>
    /// <param name="except">Names of answers that stand on the page itself.</param>
    public static IEnumerable<(string Field, string Value)> FieldsOf(FormDefinition form, PlainObject answers, IReadOnlySet<string> except)
    {
        foreach ((string name, object? value) in answers)
        {
            if (except.Contains(name))
                continue;
            if (form.Questions.FirstOrDefault(question => question.Name == name) is { Group: not null } group)
            {
                foreach ((string Field, string Value) field in RowFields(group, value as PlainList ?? []))
                    yield return field;
                continue;
            }

            foreach (string text in TextsOf(answers, name))
                yield return (FieldOf(name), text);
        }
    }

    /// <summary>Returns what stands in the fields of a question: one text, or several for choices.</summary>
    public static IReadOnlyList<string> TextsOf(PlainObject answers, string question) => answers[question] switch
    {
        null => [],
        PlainList list => [.. list.Select(Text)],
        object value => [Text(value)],
    };

    /// <summary>Returns the only text in a question's field; empty if there is none.</summary>
    public static string TextOf(PlainObject answers, string question) => TextsOf(answers, question) is [string text, ..] ? text : "";

    /// <summary>Returns the posted fields that a page between the form and its sending hands on: answers, and where the reader stands.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Carried(IFormCollection fields) =>
    [
        .. from field in fields
           where field.Key is "page" or "shown" or "seen" or "reason" || field.Key.StartsWith(Prefix, StringComparison.Ordinal)
           from value in field.Value
           select KeyValuePair.Create(field.Key, value ?? ""),
    ];

    private static IEnumerable<(string Field, string Value)> RowFields(FormQuestion group, PlainList rows)
    {
        // Says that the group was there, even if all its rows were removed.
        yield return (FieldOf(group.Name), "");
        for (int i = 0; i < rows.Count; i++)
        {
            yield return (FieldOf(group.Name), i.ToString(CultureInfo.InvariantCulture));
            if (rows[i] is not PlainObject row)
                continue;
            foreach ((string name, object? _) in row)
            {
                foreach (string text in TextsOf(row, name))
                    yield return (FieldOf(PathOf(group, i, name)), text);
            }
        }
    }

    private static void Put(PlainObject answers, IReadOnlyList<FormQuestion> questions, string name, string[] given)
    {
        if (given.Length == 0)
            return;
        bool isList = questions.Any(question => question.Name == name && question.Kind == QuestionKind.Choices);
        answers[name] = isList ? new PlainList(given) : given[^1];
    }

    private static int? Place(string text) =>
        text.Length <= LongestPlace && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int place) ? place : null;

    private static string Text(object? value) => value switch
    {
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
