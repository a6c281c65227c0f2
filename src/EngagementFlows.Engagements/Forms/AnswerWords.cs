using System.Globalization;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Forms;

/// <summary>What clients and staff read when an answer cannot be taken.</summary>
internal static class AnswerWords
{
    public static readonly LocalizedText Required = new("Please answer this question.", "请回答此问题。");
    public static readonly LocalizedText OtherMissing = new("Please describe what “other” means here.", "请说明“其他”的具体内容。");
    public static readonly LocalizedText Unknown = new("The form does not ask this. Reload the page and answer again.", "表单中没有此问题，请刷新页面后重新填写。");
    public static readonly LocalizedText NotText = new("Please enter a text.", "请输入文字。");
    public static readonly LocalizedText BadCharacter = new("The text holds a character that cannot be stored. Please type it again.", "文字中含有无法保存的字符，请重新输入。");
    public static readonly LocalizedText NotNumber = new("Please enter a number, like 1200 or 0.5.", "请输入数字，例如 1200 或 0.5。");
    public static readonly LocalizedText NotDate = new("Please enter a date as year-month-day, like 2026-03-31.", "请按“年-月-日”输入日期，例如 2026-03-31。");
    public static readonly LocalizedText NotEmail = new("Please enter one mail address, like name@company.com.", "请输入一个邮箱地址，例如 name@company.com。");
    public static readonly LocalizedText NotFlag = new("Please choose yes or no.", "请选择“是”或“否”。");
    public static readonly LocalizedText NotOffered = new("Please choose one of the answers offered.", "请从所列选项中选择。");
    public static readonly LocalizedText PatternMissed = new("The answer does not have the wanted form.", "答案格式不符合要求。");

    public static readonly LocalizedText NotRows = new("Please fill in the list again.", "请重新填写此列表。");
    public static readonly LocalizedText RowMissing = new("Please fill in at least one.", "请至少填写一项。");

    public static LocalizedText TooFewRows(int least) => least == 1 ? RowMissing : Counted("Please fill in at least {0}.", "请至少填写 {0} 项。", least);

    public static LocalizedText TooManyRows(int most) => Counted("There may be at most {0}. Please remove some.", "最多可填写 {0} 项，请删除多余的项。", most);

    public static LocalizedText TextTooLong(int most) => Counted("Please shorten the text to {0} characters.", "请将文字缩短到 {0} 个字符以内。", most);

    public static LocalizedText TextTooShort(int least) => Counted("Please write at least {0} characters.", "请至少填写 {0} 个字符。", least);

    public static LocalizedText TooFew(int least) => Counted("Please choose at least {0}.", "请至少选择 {0} 项。", least);

    public static LocalizedText TooMany(int most) => Counted("Please choose at most {0}.", "请最多选择 {0} 项。", most);

    public static LocalizedText TooSmall(object least) => Counted("The least allowed is {0}.", "不得小于 {0}。", least);

    public static LocalizedText TooGreat(object most) => Counted("The greatest allowed is {0}.", "不得大于 {0}。", most);

    public static LocalizedText TooEarly(DateOnly earliest) => Dated("The earliest date allowed is {0}.", "日期不得早于{0}。", earliest);

    public static LocalizedText TooLate(DateOnly latest) => Dated("The latest date allowed is {0}.", "日期不得晚于{0}。", latest);

    /// <summary>Says that a date lies before the one of another question.</summary>
    /// <param name="other">That question; <see langword="null"/> if it stands elsewhere in the form.</param>
    /// <param name="least">Its answer.</param>
    public static LocalizedText BeforeOther(LocalizedText? other, DateOnly least) =>
        other is null ? TooEarly(least) : Dated($"This must not lie before “{Plain(other.En)}”, which is {{0}}.", $"不得早于“{Plain(other.ZhCn)}”，即{{0}}。", least);

    /// <summary>Says that a date lies after the one of another question.</summary>
    /// <param name="other">That question; <see langword="null"/> if it stands elsewhere in the form.</param>
    /// <param name="most">Its answer.</param>
    public static LocalizedText AfterOther(LocalizedText? other, DateOnly most) =>
        other is null ? TooLate(most) : Dated($"This must not lie after “{Plain(other.En)}”, which is {{0}}.", $"不得晚于“{Plain(other.ZhCn)}”，即{{0}}。", most);

    // A title may hold what a format string takes for a place.
    private static string Plain(string title) => title.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    private static LocalizedText Dated(string english, string chinese, DateOnly date) => new(
        string.Format(CultureInfo.InvariantCulture, english, MailDates.Day(date, Languages.English)), string.Format(CultureInfo.InvariantCulture, chinese, MailDates.Day(date, Languages.Chinese)));

    private static LocalizedText Counted(string english, string chinese, object value) =>
        new(string.Format(CultureInfo.InvariantCulture, english, value), string.Format(CultureInfo.InvariantCulture, chinese, value));
}
