namespace EngagementFlows.Engagements.Mail;

/// <summary>The few sentences that our letters have in common, in one language.</summary>
internal sealed record MailTexts
{
    private static readonly MailTexts English = new()
    {
        DueBy = "Please answer by {0}.",
        DueProvisionally = "Please answer by {0} (provisional: the holidays of {1} are not published yet).",
        Button = "If the button does not work, open this address:",
        Closing = "Kind regards,",
        Phone = "Phone: {0}",
        Reply = "You can simply reply to this mail: {0}",
        Separator = ": ",
        Signature = "{0}\n{1}",
    };

    private static readonly MailTexts Chinese = new()
    {
        DueBy = "敬请于{0}前答复。",
        DueProvisionally = "敬请于{0}前答复（暂定：{1}年节假日安排尚未公布）。",
        Button = "如按钮无法打开，请访问以下地址：",
        Closing = "此致\n敬礼",
        Phone = "电话：{0}",
        Reply = "直接回复本邮件即可联系我们：{0}",
        Separator = "：",
        Signature = "{1}\n{0}",
    };

    /// <summary>Gets the sentence with the day by which an answer is wanted.</summary>
    public required string DueBy { get; init; }

    /// <summary>Gets the same where the holidays of that year are not published yet; <c>{1}</c> is the year.</summary>
    public required string DueProvisionally { get; init; }

    /// <summary>Gets what stands between the button and its address.</summary>
    public required string Button { get; init; }

    /// <summary>Gets the last words before the name.</summary>
    public required string Closing { get; init; }

    /// <summary>Gets the line of the phone number.</summary>
    public required string Phone { get; init; }

    /// <summary>Gets the sentence with the address that a person reads.</summary>
    public required string Reply { get; init; }

    /// <summary>Gets what stands between the words of a link and its address in plain text.</summary>
    public required string Separator { get; init; }

    /// <summary>Gets the order of person and firm: in English the person comes first, in Chinese the firm.</summary>
    public required string Signature { get; init; }

    /// <summary>Returns the sentences in a language: Chinese for <c>zh…</c>, English for everything else.</summary>
    public static MailTexts In(string language) => MailDates.IsChinese(language) ? Chinese : English;
}
