using EngagementFlows.Engagements.Clients;
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
    public static FormValidation Validate(FormDefinition form, PlainObject given)
    {
        PlainObject answers = new();
        List<TypedAnswer> typed = [];
        List<AnswerFault> faults = [];
        foreach (FormQuestion question in form.Questions)
        {
            // Conditions look at answers already taken: one of a question that is itself hidden counts as empty.
            if (!question.VisibleIf.All(condition => condition.Holds(answers)))
                continue;
            Take(question, given, answers, typed, faults);
        }

        RefuseUnknown(form, given, faults);
        return new(answers, typed, faults);
    }

    private static void Take(FormQuestion question, PlainObject given, PlainObject answers, List<TypedAnswer> typed, List<AnswerFault> faults)
    {
        object? raw = given[question.Name];
        if (raw is null or PlainList { Count: 0 } || (raw is string text && string.IsNullOrWhiteSpace(text)))
        {
            if (question.IsRequired)
                faults.Add(new(question.Name, AnswerWords.Required));
            return;
        }

        AnswerCheck check = AnswerChecks.Check(question, raw);
        if (check.Fault is { } fault)
        {
            faults.Add(new(question.Name, fault));
            return;
        }

        answers[question.Name] = check.Value;
        typed.Add(check.Typed! with { Question = question.Name, Kind = question.Kind });
        TakeOther(question, given, answers, typed, faults);
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

    private static void RefuseUnknown(FormDefinition form, PlainObject given, List<AnswerFault> faults)
    {
        HashSet<string> known = new(form.Questions.SelectMany(question => new[] { question.Name, question.Name + OtherSuffix }), StringComparer.Ordinal);
        foreach ((string name, object? _) in given)
        {
            if (!known.Contains(name))
                faults.Add(new(name.Length <= 100 ? name : name[..100], AnswerWords.Unknown));
        }
    }
}
