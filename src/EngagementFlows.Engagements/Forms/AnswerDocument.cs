using System.Globalization;
using System.Text;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Forms;

/// <summary>What became of an answer since earlier answers.</summary>
public enum AnswerChange
{
    /// <summary>Nothing, or there are no earlier answers.</summary>
    None,

    /// <summary>It was not there before.</summary>
    Added,

    /// <summary>It is there no longer.</summary>
    Removed,

    /// <summary>It was another before.</summary>
    Changed,
}

/// <summary>One answer as people read it.</summary>
/// <param name="Title">The question.</param>
/// <param name="Text">The answer in words; empty if it was removed.</param>
/// <param name="Change">What became of it.</param>
/// <param name="Before">What it was, for what was changed or removed; <see langword="null"/> otherwise.</param>
public sealed record AnswerLine(LocalizedText Title, LocalizedText Text, AnswerChange Change, LocalizedText? Before);

/// <summary>One row of a group.</summary>
/// <param name="Title">What the row is called.</param>
/// <param name="Lines">Its answers, one for each question of the group that any row answers; a line of an answer that was never given is empty.</param>
/// <param name="Change">Whether the row as a whole was added or removed; <see cref="AnswerChange.Changed"/> if any of its answers was.</param>
public sealed record AnswerRow(LocalizedText Title, IReadOnlyList<AnswerLine> Lines, AnswerChange Change);

/// <summary>A question with its answer, or a group with its rows.</summary>
/// <param name="Title">The question, or what the group is called.</param>
/// <param name="Line">The answer; <see langword="null"/> for a group.</param>
/// <param name="Columns">The questions that any row of the group answers; empty for a question.</param>
/// <param name="Rows">The rows of a group; empty for a question.</param>
public sealed record AnswerPart(LocalizedText Title, AnswerLine? Line, IReadOnlyList<LocalizedText> Columns, IReadOnlyList<AnswerRow> Rows);

/// <summary>The answers of a form as a document in words, with marks of what was added, removed and changed since earlier answers. Pure.</summary>
/// <param name="Parts">The parts, in the order of the form; questions without an answer, now and before, are left out.</param>
public sealed record AnswerDocument(IReadOnlyList<AnswerPart> Parts)
{
    private static readonly LocalizedText AddedWord = new("New", "新增");
    private static readonly LocalizedText RemovedWord = new("Removed", "已删除");
    private static readonly LocalizedText BeforeWord = new("before", "修改前");
    private static readonly PlainObject Nothing = new();

    /// <summary>Returns the document.</summary>
    /// <param name="form">The form; where it asks for members of staff, with all of them as choices (<see cref="FormDefinition.WithStaff"/>), so that names are read.</param>
    /// <param name="answers">The answers as they are stored.</param>
    /// <param name="before">Earlier answers to the same form, or <see langword="null"/> for a document without marks.</param>
    public static AnswerDocument Of(FormDefinition form, PlainObject answers, PlainObject? before = null)
    {
        List<AnswerPart> parts = [];
        foreach (FormQuestion question in form.Questions)
        {
            if (question.Group is { } group)
            {
                List<AnswerRow> rows = Rows(group, RowsOf(answers, question), before is null ? null : RowsOf(before, question), out IReadOnlyList<LocalizedText> columns);
                if (rows.Count > 0)
                    parts.Add(new(question.Title, null, columns, rows));
            }
            else if (Line(question, answers, before) is { } line)
            {
                parts.Add(new(question.Title, line, [], []));
            }
        }

        return new(parts);
    }

    /// <summary>Returns the document as plain text, a line for each answer; for mails, which merge it like any text.</summary>
    /// <param name="language"><c>en</c> or <c>zh-CN</c>.</param>
    public string ToText(string language)
    {
        StringBuilder text = new();
        string colon = language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? "：" : ": ";
        foreach (AnswerPart part in Parts)
        {
            if (part.Line is { } line)
            {
                Append("", line);
                continue;
            }

            text.Append(part.Title.In(language)).Append(colon.TrimEnd()).Append('\n');
            foreach (AnswerRow row in part.Rows)
            {
                string mark = row.Change switch { AnswerChange.Added => $" [{AddedWord.In(language)}]", AnswerChange.Removed => $" [{RemovedWord.In(language)}]", _ => "" };
                text.Append(CultureInfo.InvariantCulture, $"- {row.Title.In(language)}{mark}\n");
                foreach (AnswerLine inRow in row.Lines.Where(one => one.Text.En.Length > 0 || one.Before is not null))
                    Append("  ", row.Change == AnswerChange.Removed ? inRow with { Text = inRow.Before ?? inRow.Text, Before = null, Change = AnswerChange.None } : inRow);
            }
        }

        return text.ToString().TrimEnd('\n');

        void Append(string indent, AnswerLine line)
        {
            string said = line.Change == AnswerChange.Removed ? $"[{RemovedWord.In(language)}]" : line.Text.In(language);
            string was = line.Before is { } before ? $" ({BeforeWord.In(language)}{colon}{before.In(language)})" : "";
            text.Append(CultureInfo.InvariantCulture, $"{indent}{line.Title.In(language)}{colon}{said}{was}\n");
        }
    }

    /// <summary>Returns the answers as records for a table file: question, row, question of the row, answer; a removed answer or row is left out.</summary>
    /// <param name="language"><c>en</c> or <c>zh-CN</c>.</param>
    /// <remarks>Write them with <see cref="CsvWriter"/>, which keeps what people typed from being run as a formula.</remarks>
    public IEnumerable<IReadOnlyList<string?>> ToRecords(string language)
    {
        foreach (AnswerPart part in Parts)
        {
            if (part.Line is { Change: not AnswerChange.Removed } line)
                yield return [part.Title.In(language), null, null, line.Text.In(language)];
            foreach (AnswerRow row in part.Rows.Where(row => row.Change != AnswerChange.Removed))
            {
                foreach (AnswerLine cell in row.Lines.Where(cell => cell.Text.En.Length > 0))
                    yield return [part.Title.In(language), row.Title.In(language), cell.Title.In(language), cell.Text.In(language)];
            }
        }
    }

    private static AnswerLine? Line(FormQuestion question, PlainObject answers, PlainObject? before)
    {
        LocalizedText now = AnswerText.Of(question, answers);
        if (before is null)
            return now.En.Length == 0 ? null : new(question.Title, now, AnswerChange.None, null);
        LocalizedText was = AnswerText.Of(question, before);
        return (now.En.Length, was.En.Length) switch
        {
            (0, 0) => null,
            (_, 0) => new(question.Title, now, AnswerChange.Added, null),
            (0, _) => new(question.Title, now, AnswerChange.Removed, was),
            _ => now == was ? new(question.Title, now, AnswerChange.None, null) : new(question.Title, now, AnswerChange.Changed, was),
        };
    }

    private static List<AnswerRow> Rows(FormGroup group, IReadOnlyList<PlainObject> now, IReadOnlyList<PlainObject>? before, out IReadOnlyList<LocalizedText> columns)
    {
        FormQuestion[] asked = [.. group.Questions.Where(question => now.Concat(before ?? []).Any(row => !FormValidator.IsBlank(row[question.Name])))];
        columns = [.. asked.Select(question => question.Title)];
        if (before is null)
            return [.. now.Select((row, place) => Row(group, asked, row, null, place, AnswerChange.None))];
        List<AnswerRow> rows = [];
        foreach ((int? was, int? now) pair in RowMatching.Of(group, before, now))
        {
            rows.Add(pair switch
            {
                (null, { } added) => Row(group, asked, now[added], null, added, AnswerChange.Added),
                ({ } gone, null) => Row(group, asked, Nothing, before[gone], gone, AnswerChange.Removed),
                ({ } was, { } still) => Row(group, asked, now[still], before[was], still, AnswerChange.None),
                _ => throw new InvalidOperationException("EngagementFlows bug: a pair of rows has neither."),
            });
        }

        return rows;
    }

    private static AnswerRow Row(FormGroup group, FormQuestion[] asked, PlainObject now, PlainObject? before, int place, AnswerChange change)
    {
        AnswerLine[] lines = [.. asked.Select(question => Line(question, now, before) ?? new(question.Title, new("", ""), AnswerChange.None, null))];
        if (change == AnswerChange.None && lines.Any(line => line.Change != AnswerChange.None))
            change = AnswerChange.Changed;
        return new(group.TitleOf(place, change == AnswerChange.Removed ? before! : now), lines, change);
    }

    private static IReadOnlyList<PlainObject> RowsOf(PlainObject answers, FormQuestion group) =>
        answers[group.Name] is PlainList rows ? [.. rows.OfType<PlainObject>()] : [];
}
