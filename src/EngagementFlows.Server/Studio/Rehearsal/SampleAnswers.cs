using System.Globalization;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Scripts;

namespace EngagementFlows.Server.Studio.Rehearsal;

/// <summary>Plausible answers to a form, so that a step of a rehearsal needs one press; who rehearses types over them. Pure.</summary>
internal static class SampleAnswers
{
    /// <summary>Returns answers as they would be typed, to all questions.</summary>
    /// <param name="form">The form.</param>
    /// <param name="today">The day of the rehearsal's clock.</param>
    /// <param name="chinese">Whether texts are in Chinese.</param>
    public static PlainObject Of(FormDefinition form, DateOnly today, bool chinese) => Of(form.Questions, today, chinese);

    private static PlainObject Of(IEnumerable<FormQuestion> questions, DateOnly today, bool chinese)
    {
        PlainObject answers = new();
        foreach (FormQuestion question in questions)
            answers[question.Name] = Of(question, today, chinese);
        return answers;
    }

    private static object? Of(FormQuestion question, DateOnly today, bool chinese) => question.Kind switch
    {
        QuestionKind.Number => Text(question.Least ?? Math.Min(question.Most ?? 10, 10)),
        QuestionKind.Rating => Text(question.Most ?? 5),
        QuestionKind.Date => Day(question, today).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        QuestionKind.Email => "contact@rehearsal.example",
        QuestionKind.Boolean => "true",
        QuestionKind.Choice => question.Choices.Count > 0 ? question.Choices[0].Value : null,
        QuestionKind.Choices => new PlainList(question.Choices.Take(Math.Max(question.LeastCount, 1)).Select(choice => (object?)choice.Value)),
        QuestionKind.Group => new PlainList(Enumerable.Range(0, Math.Max(question.Group!.Least, 1)).Select(_ => (object?)Of(question.Group.Questions, today, chinese))),
        _ => Words(question, chinese),
    };

    private static DateOnly Day(FormQuestion question, DateOnly today)
    {
        DateOnly day = today.AddDays(14);
        return question.Earliest is { } earliest && day < earliest ? earliest : question.Latest is { } latest && day > latest ? latest : day;
    }

    private static string Words(FormQuestion question, bool chinese)
    {
        string words = chinese ? "演练用示例文字。" : "A sample text for the rehearsal. ";
        string text = words;
        while (text.Length < question.LeastCount)
            text += words;
        return text.Length > question.MostCount ? text[..question.MostCount] : text.TrimEnd();
    }

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
