using EngagementFlows.Engagements.Links;

namespace EngagementFlows.Engagements.Mail;

/// <summary>The addresses in our mails: placeholders while a mail is stored, real ones when it is sent; codes likewise.</summary>
/// <remarks>
/// A placeholder is an address that leads nowhere (RFC 2606), so that it passes every check on addresses and tells nothing to whoever reads the database.
/// Only the mail's own link and the standing links of its reader are filled in: a placeholder that somebody smuggled into a text stays one.
/// </remarks>
/// <param name="tokens">Signs links to clients.</param>
/// <param name="accounts">Signs one-time links to members of staff.</param>
/// <param name="codes">Makes the codes that confirm answers.</param>
/// <param name="publicUrl">The base of client pages.</param>
/// <param name="consoleUrl">The base of the console.</param>
public sealed class MailAddresses(LinkTokens tokens, AccountTokens accounts, LinkCodes codes, Uri publicUrl, Uri consoleUrl)
{
    private const string LinkBase = "https://link.invalid/";
    private const string StandingBase = "https://standing-link.invalid/";
    private const string AccountBase = "https://account.invalid/";
    private const string CodeBase = "code-";
    private const string TaskBase = "https://console.invalid/tasks/";
    private const string MeetingBase = "https://console.invalid/meetings/";

    private readonly string _public = publicUrl.AbsoluteUri.TrimEnd('/');
    private readonly string _console = consoleUrl.AbsoluteUri.TrimEnd('/');

    /// <summary>Returns the placeholder of a link's address.</summary>
    public static string LinkPlaceholder(Guid linkId) => LinkBase + linkId.ToString("D");

    /// <summary>Returns the placeholder of a standing link's address.</summary>
    public static string StandingLinkPlaceholder(Guid linkId) => StandingBase + linkId.ToString("D");

    /// <summary>Returns the placeholder of the address by which a member of staff sets a password.</summary>
    public static string AccountPlaceholder(Guid linkId) => AccountBase + linkId.ToString("D");

    /// <summary>Returns the placeholder of a code that confirms an answer: letters, digits and hyphens, so that every part of a mail takes it as a word.</summary>
    public static string CodePlaceholder(Guid codeId) => CodeBase + codeId.ToString("D");

    /// <summary>Tells whether a text holds an address by which a member of staff sets a password.</summary>
    public static bool HoldsAccountLink(string text) => text.Contains(AccountBase, StringComparison.Ordinal);

    /// <summary>Returns the placeholder of a task's page.</summary>
    public static string TaskPlaceholder(Guid taskId) => TaskBase + taskId.ToString("D");

    /// <summary>Returns the placeholder of a meeting's page in the console.</summary>
    public static string MeetingPlaceholder(Guid meetingId) => MeetingBase + meetingId.ToString("D");

    /// <summary>Returns the address that opens a link.</summary>
    public string LinkOf(Guid linkId) => $"{_public}/c/{tokens.Make(linkId)}";

    /// <summary>Returns the address that opens a standing link.</summary>
    public string StandingLinkOf(Guid linkId) => $"{_public}/c/standing/{tokens.MakeStanding(linkId)}";

    /// <summary>Returns the address by which a member of staff sets a password.</summary>
    public string AccountLinkOf(Guid linkId) => $"{_console}/welcome/{accounts.Make(linkId)}";

    /// <summary>Returns the text of a mail with its addresses filled in.</summary>
    /// <param name="text">A part of the mail.</param>
    /// <param name="linkId">The mail's link to a client's page, or <see langword="null"/>.</param>
    /// <param name="accountLinkId">The mail's one-time link for a member of staff, or <see langword="null"/>; only who sends the mail gives it.</param>
    /// <param name="code">The mail's code, or <see langword="null"/>. One whose key is gone stays a placeholder: nobody could use it.</param>
    /// <param name="standing">The standing links of the mail's reader, or <see langword="null"/>.</param>
    public string Fill(string text, Guid? linkId, Guid? accountLinkId = null, LinkCode? code = null, IReadOnlyCollection<Guid>? standing = null)
    {
        string filled = text.Replace(TaskBase, $"{_console}/tasks/", StringComparison.Ordinal).Replace(MeetingBase, $"{_console}/meetings/", StringComparison.Ordinal);
        if (accountLinkId is { } account)
            filled = filled.Replace(AccountPlaceholder(account), AccountLinkOf(account), StringComparison.Ordinal);
        if (code is not null && codes.TextOf(code) is { } digits)
            filled = filled.Replace(CodePlaceholder(code.Id), digits, StringComparison.Ordinal);
        foreach (Guid own in standing ?? [])
            filled = filled.Replace(StandingLinkPlaceholder(own), StandingLinkOf(own), StringComparison.Ordinal);
        return linkId is { } link ? filled.Replace(LinkPlaceholder(link), LinkOf(link), StringComparison.Ordinal) : filled;
    }
}
