using System.Globalization;
using System.Text;
using EngagementFlows.Scripts.Liquid;

namespace EngagementFlows.Engagements.Mail;

/// <summary>What stands around every letter: one column of 600 px, system fonts, nothing fetched from anywhere, readable in light and dark.</summary>
internal static class MailLayout
{
    private const string LatinFonts = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial";
    private const string ChineseFonts = "'PingFang SC','Hiragino Sans GB','Microsoft YaHei','Noto Sans SC'";

    // Mail programs that know no media queries show the light colours of the elements.
    private const string Styles = """
        :root{color-scheme:light dark;supported-color-schemes:light dark}
        em{font-style:italic}:lang(zh) em{font-style:normal;font-weight:600}
        body{text-autospace:normal}
        @media (max-width:620px){.sheet{padding:20px 16px!important}}
        @media (prefers-color-scheme:dark){body,.ground{background:#15181d!important}.sheet{background:#1e2229!important;color:#e6e9ee!important}
        .quiet{color:#a7b0bd!important}.link{color:#86b4ff!important}.button{background:#2f6fd6!important}.rule{border-color:#3a424e!important}}
        """;

    /// <summary>Returns the HTML document.</summary>
    public static string Html(string language, string subject, string letter, MailFrame frame, MailTexts texts)
    {
        bool isChinese = MailDates.IsChinese(language);
        string fonts = isChinese ? $"{LatinFonts},{ChineseFonts},sans-serif" : $"{LatinFonts},sans-serif";
        string lineHeight = isChinese ? "1.7" : "1.5";
        return $"""
            <!DOCTYPE html>
            <html lang="{language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <title>{Encode(subject)}</title>
            <style>
            {Styles}
            </style>
            </head>
            <body style="margin:0;padding:0;background:#f2f4f7">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="ground" style="background:#f2f4f7"><tr><td align="center" style="padding:16px 8px">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px"><tr>
            <td class="sheet" style="background:#ffffff;border-radius:8px;padding:28px 32px;color:#1d2530;font-family:{fonts};font-size:16px;line-height:{lineHeight};text-align:left;word-break:break-word;overflow-wrap:anywhere">
            <p class="quiet" style="margin:0 0 20px;font-size:14px;color:#5b6675">{Encode(frame.FirmName)}</p>
            {letter}{DueHtml(language, frame, texts)}{SignatureHtml(language, isChinese, frame, texts)}
            <p class="quiet rule" style="margin:20px 0 0;padding:14px 0 0;border-top:1px solid #dfe4ea;font-size:13px;color:#5b6675">{ContactHtml(frame, texts)}</p>
            </td></tr></table>
            </td></tr></table>
            </body>
            </html>

            """.Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    /// <summary>Returns the text part, made of the letter's.</summary>
    public static string Text(string letter, string language, MailFrame frame, MailTexts texts)
    {
        StringBuilder text = new(letter.Length + 400);
        text.Append(letter.TrimEnd('\n')).Append("\n\n");
        if (DueLine(language, frame, texts) is { } due)
            text.Append(due).Append("\n\n");
        text.Append(texts.Closing).Append("\n\n").Append(string.Join('\n', Signature(language, frame, texts))).Append("\n\n");
        foreach (string line in Contact(frame, texts))
            text.Append(line).Append('\n');
        return text.ToString();
    }

    private static string DueHtml(string language, MailFrame frame, MailTexts texts) =>
        DueLine(language, frame, texts) is { } due ? $"<p style=\"margin:0 0 16px;font-weight:600\">{Encode(due)}</p>\n" : "";

    // As business letters have it: left in English, right and dated in Chinese.
    private static string SignatureHtml(string language, bool isChinese, MailFrame frame, MailTexts texts)
    {
        string lines = string.Join("<br>", Signature(language, frame, texts).Select(Encode));
        string align = isChinese ? ";text-align:right" : "";
        return $"<p style=\"margin:24px 0 12px\">{Encode(texts.Closing).Replace("\n", "<br>", StringComparison.Ordinal)}</p>\n<p style=\"margin:0{align}\">{lines}</p>";
    }

    private static string[] Signature(string language, MailFrame frame, MailTexts texts)
    {
        string names = string.Format(CultureInfo.InvariantCulture, texts.Signature, ValueCode.OneLine(frame.SenderName), ValueCode.OneLine(frame.FirmName));
        // Where no person but the firm itself writes, its name stands once.
        string[] lines = [.. names.Split('\n').Distinct(StringComparer.Ordinal)];
        return MailDates.IsChinese(language) ? [.. lines, MailDates.Day(frame.Now, frame.Zone, language).Split('（')[0]] : lines;
    }

    private static string? DueLine(string language, MailFrame frame, MailTexts texts) => frame.DueAt is { } due
        ? string.Format(CultureInfo.InvariantCulture, frame.DueIsProvisional ? texts.DueProvisionally : texts.DueBy, MailDates.DayAndTime(due, frame.Zone, language), MailDates.Year(due, frame.Zone))
        : null;

    private static string ContactHtml(MailFrame frame, MailTexts texts)
    {
        string address = Encode(frame.ReplyAddress);
        string link = $"<a class=\"link\" href=\"mailto:{address}\" style=\"color:#1f5fbf\">{address}</a>";
        string reply = Encode(texts.Reply).Replace("{0}", link, StringComparison.Ordinal);
        return frame.SenderPhone is null ? reply : $"{reply}<br>{Encode(PhoneLine(frame.SenderPhone, texts))}";
    }

    private static IEnumerable<string> Contact(MailFrame frame, MailTexts texts)
    {
        yield return string.Format(CultureInfo.InvariantCulture, texts.Reply, frame.ReplyAddress);
        if (frame.SenderPhone is not null)
            yield return PhoneLine(frame.SenderPhone, texts);
    }

    private static string PhoneLine(string phone, MailTexts texts) => string.Format(CultureInfo.InvariantCulture, texts.Phone, ValueCode.OneLine(phone));

    private static string Encode(string text) => LiquidEncoding.Html(text);
}
