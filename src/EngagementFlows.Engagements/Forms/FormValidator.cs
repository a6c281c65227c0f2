using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Forms;

/// <summary>Checks answers on the server by the rules of their form, whatever the page has checked already, and gives each its type.</summary>
/// <remarks>Takes figures as numbers or as text and single choices alone or in a list, so that a page without JavaScript can post as well.</remarks>
public static class FormValidator
{
    /// <summary>The ending of the name under which the text of a choice "other" is stored.</summary>
    public const string OtherSuffix = "-Comment";

    /// <summary>The value of the choice "other".</summary>
    public const string OtherValue = "other";

    /// <summary>Checks <paramref name="given"/> and reports every fault at once.</summary>
    public static FormValidation Validate(FormDefinition form, PlainObject given) => Validate(form.Questions, given, row: null);

    /// <summary>Checks the answers of one row of a group; names in faults are those of the row's questions.</summary>
    /// <param name="group">The group.</param>
    /// <param name="row">The answers as they were given.</param>
    /// <param name="answers">The checked answers of the questions around the group, at which conditions may look.</param>
    public static FormValidation ValidateRow(FormGroup group, PlainObject row, PlainObject answers) => Validate(group.Questions, row, RowScope(answers, []));

    /// <summary>Tells whether the answers make a question of a row visible.</summary>
    /// <param name="question">The question.</param>
    /// <param name="row">The checked answers of the row.</param>
    /// <param name="answers">The checked answers of the questions around the group.</param>
    public static bool IsVisible(FormQuestion question, PlainObject row, PlainObject answers) =>
        question.VisibleIf.Count == 0 || RowScope(answers, row) is var scope && question.VisibleIf.All(condition => condition.Holds(scope));

    /// <summary>Tells whether a value is no answer.</summary>
    public static bool IsBlank(object? value) => value is null or PlainList { Count: 0 } || (value is string text && string.IsNullOrWhiteSpace(text));

    private static FormValidation Validate(IReadOnlyList<FormQuestion> questions, PlainObject given, PlainObject? row)
    {
        PlainObject answers = new();
        List<TypedAnswer> typed = [];
        List<AnswerFault> faults = [];
        PlainObject scope = row ?? answers;
        foreach (FormQuestion question in questions)
        {
            // Conditions look at answers already taken: one of a question that is itself hidden counts as empty.
            if (!question.VisibleIf.All(condition => condition.Holds(scope)))
                continue;
            if (question.Group is { } group)
                TakeRows(question, group, given, answers, typed, faults);
            else
                Take(question, questions, given, scope, answers, typed, faults);
            if (row is not null && answers.TryGetValue(question.Name, out object? taken))
                row[FormGroup.RowPrefix + question.Name] = taken;
        }

        RefuseUnknown(questions, given, faults);
        return new(answers, typed, faults);
    }

    private static PlainObject RowScope(PlainObject answers, PlainObject row)
    {
        PlainObject scope = new(answers.Count + row.Count);
        foreach ((string name, object? value) in answers)
            scope[name] = value;
        foreach ((string name, object? value) in row)
            scope[FormGroup.RowPrefix + name] = value;
        return scope;
    }

    private static void TakeRows(FormQuestion question, FormGroup group, PlainObject given, PlainObject answers, List<TypedAnswer> typed, List<AnswerFault> faults)
    {
        object? raw = given[question.Name];
        if (!IsBlank(raw) && (raw is not PlainList list || list.Exists(item => item is not (null or PlainObject))))
        {
            faults.Add(new(question.Name, AnswerWords.NotRows));
            return;
        }

        PlainList rows = raw as PlainList ?? [];
        if (rows.Count > group.Most)
        {
            faults.Add(new(question.Name, AnswerWords.TooManyRows(group.Most)));
            return;
        }

        PlainList taken = [];
        int begun = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            // Whoever leaves a row empty has nothing to say there.
            if (rows[i] is not PlainObject row || FormGroup.IsBlank(row))
                continue;
            FormValidation checkedRow = ValidateRow(group, row, answers);
            faults.AddRange(checkedRow.Faults.Select(fault => fault with { Question = $"{question.Name}.{i}.{fault.Question}", Row = group.TitleOf(i, row) }));
            begun += checkedRow.Faults.Count > 0 || checkedRow.Answers.Count > 0 ? 1 : 0;
            if (checkedRow.Answers.Count == 0)
                continue;
            taken.Add(checkedRow.Answers);
            typed.AddRange(checkedRow.Typed.Select(answer => answer with { Question = $"{question.Name}.{answer.Question}", Row = taken.Count }));
        }

        if (begun < group.Least)
            faults.Add(new(question.Name, AnswerWords.TooFewRows(group.Least)));
        if (taken.Count > 0)
            answers[question.Name] = taken;
    }

    private static void Take(
        FormQuestion question, IReadOnlyList<FormQuestion> beside, PlainObject given, PlainObject scope, PlainObject answers, List<TypedAnswer> typed, List<AnswerFault> faults)
    {
        object? raw = given[question.Name];
        if (IsBlank(raw))
        {
            if (question.IsRequired)
                faults.Add(new(question.Name, AnswerWords.Required));
            return;
        }

        AnswerCheck check = AnswerChecks.Check(question, raw!);
        if ((check.Fault ?? FaultOfBounds(question, check, beside, scope)) is { } fault)
        {
            faults.Add(new(question.Name, fault));
            return;
        }

        answers[question.Name] = check.Value;
        typed.Add(check.Typed! with { Question = question.Name, Kind = question.Kind });
        TakeOther(question, given, answers, typed, faults);
    }

    // A date that was not given, or not taken, bounds nothing.
    private static LocalizedText? FaultOfBounds(FormQuestion question, AnswerCheck check, IReadOnlyList<FormQuestion> beside, PlainObject scope)
    {
        if (question.NotBefore is { } notBefore && DateOf(notBefore) is { } least && check.Typed!.Date < least)
            return AnswerWords.BeforeOther(TitleOf(notBefore), least);
        if (question.NotAfter is { } notAfter && DateOf(notAfter) is { } most && check.Typed!.Date > most)
            return AnswerWords.AfterOther(TitleOf(notAfter), most);
        return null;

        DateOnly? DateOf(DateBound bound) => bound.Question is { } other
            ? AnswerChecks.DateOf(scope[other])
            : throw new InvalidOperationException($"EngagementFlows bug: the form was not read for a day, so question '{question.Name}' has no bound.");

        LocalizedText? TitleOf(DateBound bound) =>
            beside.FirstOrDefault(one => one.Name == bound.Question || FormGroup.RowPrefix + one.Name == bound.Question)?.Title;
    }

    private static void TakeOther(FormQuestion question, PlainObject given, PlainObject answers, List<TypedAnswer> typed, List<AnswerFault> faults)
    {
        bool chosen = question.HasOther && (answers[question.Name] is OtherValue || (answers[question.Name] is PlainList list && list.Contains(OtherValue)));
        if (!chosen)
            return;
        string name = question.Name + OtherSuffix;
        string text = given[name] as string ?? "";
        if (string.IsNullOrWhiteSpace(text))
            faults.Add(new(question.Name, AnswerWords.OtherMissing));
        else if (TextRule.FaultOfText(text, 1000) is not null)
            faults.Add(new(question.Name, AnswerWords.TextTooLong(1000)));
        else
        {
            answers[name] = text;
            typed.Add(new(name, QuestionKind.Text, Text: text));
        }
    }

    private static void RefuseUnknown(IReadOnlyList<FormQuestion> questions, PlainObject given, List<AnswerFault> faults)
    {
        HashSet<string> known = new(questions.SelectMany(question => new[] { question.Name, question.Name + OtherSuffix }), StringComparer.Ordinal);
        foreach ((string name, object? _) in given)
        {
            if (!known.Contains(name))
                faults.Add(new(name.Length <= 100 ? name : name[..100], AnswerWords.Unknown));
        }
    }
}
