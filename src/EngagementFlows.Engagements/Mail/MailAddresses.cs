using EngagementFlows.Engagements.Links;

namespace EngagementFlows.Engagements.Mail;

/// <summary>The addresses in our mails: placeholders while a mail is stored, real ones when it is sent.</summary>
/// <remarks>
/// A placeholder is an address that leads nowhere (RFC 2606), so that it passes every check on addresses and tells nothing to whoever reads the database.
/// Only the mail's own link is filled in: a placeholder that somebody smuggled into a text stays one.
/// </remarks>
/// <param name="tokens">Signs links.</param>
/// <param name="publicUrl">The base of client pages.</param>
/// <param name="consoleUrl">The base of the console.</param>
public sealed class MailAddresses(LinkTokens tokens, Uri publicUrl, Uri consoleUrl)
{
    private const string LinkBase = "https://link.invalid/";
    private const string TaskBase = "https://console.invalid/tasks/";

    private readonly string _public = publicUrl.AbsoluteUri.TrimEnd('/');
    private readonly string _console = consoleUrl.AbsoluteUri.TrimEnd('/');

    /// <summary>Returns the placeholder of a link's address.</summary>
    public static string LinkPlaceholder(Guid linkId) => LinkBase + linkId.ToString("D");

    /// <summary>Returns the placeholder of a task's page.</summary>
    public static string TaskPlaceholder(Guid taskId) => TaskBase + taskId.ToString("D");

    /// <summary>Returns the address that opens a link.</summary>
    public string LinkOf(Guid linkId) => $"{_public}/c/{tokens.Make(linkId)}";

    /// <summary>Returns the text of a mail with its addresses filled in.</summary>
    public string Fill(string text, Guid? linkId)
    {
        string filled = text.Replace(TaskBase, $"{_console}/tasks/", StringComparison.Ordinal);
        return linkId is { } link ? filled.Replace(LinkPlaceholder(link), LinkOf(link), StringComparison.Ordinal) : filled;
    }
}
