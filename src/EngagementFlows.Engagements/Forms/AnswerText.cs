using System.Globalization;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engine;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Forms;

/// <summary>Says an answer as people read it: the choice's text, yes or no, a date with its weekday.</summary>
public static class AnswerText
{
    private static readonly LocalizedText Yes = new("Yes", "是");
    private static readonly LocalizedText No = new("No", "否");
    private static readonly LocalizedText Other = new("Other", "其他");

    /// <summary>Returns the answer to a question that is no group; empty if there is none.</summary>
    /// <param name="question">The question.</param>
    /// <param name="answers">The answers of the form, or of the row.</param>
    public static LocalizedText Of(FormQuestion question, PlainObject answers)
    {
        if (FormValidator.IsBlank(answers[question.Name]))
            return new("", "");
        LocalizedText[] parts = [.. (answers[question.Name] is PlainList list ? list : new PlainList([answers[question.Name]])).Select(value => One(question, value, answers))];
        return new(string.Join(", ", parts.Select(part => part.En)), string.Join("、", parts.Select(part => part.ZhCn)));
    }

    private static LocalizedText One(FormQuestion question, object? value, PlainObject answers)
    {
        string text = value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        if (question.Kind == QuestionKind.Boolean && text is "true" or "false")
            return text == "true" ? Yes : No;
        if (question.HasOther && text == FormValidator.OtherValue)
        {
            string said = answers[question.Name + FormValidator.OtherSuffix] as string ?? "";
            return new($"{Other.En}: {said}", $"{Other.ZhCn}：{said}");
        }

        if (question.Kind == QuestionKind.Date && AnswerChecks.DateOf(text) is { } date)
            return new(MailDates.Day(date, Languages.English), MailDates.Day(date, Languages.Chinese));

        return question.Choices.FirstOrDefault(choice => choice.Value == text)?.Text ?? new(text, text);
    }
}
