using System.Globalization;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Scripts;
using EngagementFlows.Server.Forms;
using EngagementFlows.Server.Languages;

namespace EngagementFlows.Server.Staff.Inbox;

/// <summary>Says an answer as people read it: the choice's text, yes or no, a date with its weekday.</summary>
internal static class AnswerWording
{
    public static string Of(FormQuestion question, PlainObject answers, Reader reader)
    {
        object? answer = answers[question.Name];
        string other = answers[question.Name + FormValidator.OtherSuffix] as string ?? "";
        return answer switch
        {
            PlainList list => string.Join(reader.Language == Language.Chinese ? "、" : ", ", list.Select(item => One(question, item, other, reader))),
            _ => One(question, answer, other, reader),
        };
    }

    private static string One(FormQuestion question, object? value, string other, Reader reader)
    {
        if (value is bool flag)
            return reader.Say(flag ? FormTexts.Yes : FormTexts.No);
        string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        if (question.HasOther && text == FormValidator.OtherValue)
            return $"{reader.Say(FormTexts.Other)}: {other}";
        if (question.Kind == QuestionKind.Date && DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime date))
            return reader.Language.Date(date);
        return question.Choices.FirstOrDefault(choice => choice.Value == text) is { } chosen ? reader.Say(chosen.Text) : text;
    }
}
