using System.Globalization;
using System.Text;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Forms;

/// <summary>Answers that stand in a form when it is opened, so that a person corrects instead of writing anew.</summary>
/// <remarks>
/// The form must know every name, and the shape must fit: anything else is the flow's fault and is told to its author. What the form would not take as
/// an answer – a date too early, a choice that is no longer offered – does not stop the flow: the person is told when he sends it.
/// </remarks>
public static class FormPrefill
{
    /// <summary>The greatest size of prefilled answers as JSON, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Returns an activity's input as answers: an object, or the JSON text of one.</summary>
    /// <param name="given">The input's value.</param>
    /// <param name="fault">The rule that it breaks, if the result is <see langword="null"/>.</param>
    public static PlainObject? Read(object given, out string? fault)
    {
        fault = null;
        byte[] json = Encoding.UTF8.GetBytes(TextOf(given));
        if (json.Length > MaxBytes)
        {
            fault = string.Create(CultureInfo.InvariantCulture, $"It has {json.Length} bytes as JSON; at most {MaxBytes} are allowed.");
            return null;
        }

        // By way of JSON: dates and the like become the texts in which answers are kept.
        PlainObject? answers = AnswerJson.Read(json);
        if (answers is null)
            fault = "It must be an object of answers by question, like { \"goal\": \"More light\", \"actions\": [{ \"what\": \"Measure the hall\" }] }.";
        return answers;
    }

    /// <summary>Returns the answers as <paramref name="form"/> begins with them: without those that are nothing, and dates without their time of day.</summary>
    /// <param name="form">The form.</param>
    /// <param name="answers">What the flow gave.</param>
    /// <param name="fault">Why the form cannot begin with them, if the result is <see langword="null"/>.</param>
    public static PlainObject? Fit(FormDefinition form, PlainObject answers, out string? fault)
    {
        try
        {
            fault = null;
            return Fit(form.Questions, answers, "");
        }
        catch (FormatException misfit)
        {
            fault = misfit.Message;
            return null;
        }
    }

    /// <summary>Returns a value as the text of messages.</summary>
    internal static string TextOf(object given) => given as string ?? PlainJson.Write(given);

    private static PlainObject Fit(IReadOnlyList<FormQuestion> questions, PlainObject answers, string within)
    {
        PlainObject fitted = new();
        foreach ((string name, object? value) in answers)
        {
            if (questions.FirstOrDefault(question => question.Name == name || (question.HasOther && question.Name + FormValidator.OtherSuffix == name)) is not { } asked)
            {
                throw new FormatException(
                    $"The form does not ask '{within}{(name.Length <= 100 ? name : name[..100])}'. It asks {string.Join(", ", questions.Take(30).Select(question => within + question.Name))}.");
            }

            if (value is not null)
                fitted[name] = asked.Group is { } group ? Rows(group, value, within + name) : Answer(asked, value, within + name);
        }

        return fitted;
    }

    private static PlainList Rows(FormGroup group, object value, string where)
    {
        if (value is not PlainList list || list.Exists(row => row is not PlainObject))
            throw new FormatException($"'{where}' is a group: give it a list of objects.");
        if (list.Count > group.Most)
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{where}' has {list.Count} rows; the form takes at most {group.Most}."));
        return new(list.Select((row, index) => Fit(group.Questions, (PlainObject)row!, string.Create(CultureInfo.InvariantCulture, $"{where}.{index}."))));
    }

    private static object Answer(FormQuestion question, object value, string where)
    {
        if (question.Kind == QuestionKind.Choices && value is PlainList choices)
            return new PlainList(choices.Select(choice => One(question, choice, where)));
        return One(question, value, where);
    }

    private static object One(FormQuestion question, object? value, string where) => value switch
    {
        null or PlainObject or PlainList => throw new FormatException($"'{where}' is a list, an object or nothing where one value is wanted."),
        string text when TextRule.FaultOfText(text, int.MaxValue) is { } fault => throw new FormatException($"The text of '{where}' cannot be used: {fault}."),
        string { Length: > 10 } text when question.Kind == QuestionKind.Date && text[10] == 'T' => text[..10],
        _ => value,
    };
}
