using System.Text.RegularExpressions;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Server.Configuration;

namespace EngagementFlows.Server.Staff.Mailbox;

/// <summary>Decides what of a mail's secrets the console shows: clients' links and codes while mails only go into a folder, none otherwise.</summary>
/// <remarks>Never the one-time link of a member of staff: everybody of the firm reads the mailbox, and nobody is to sign in as a colleague.</remarks>
internal sealed partial class ShownMail(Func<MailAddresses> addresses, ServerOptions options)
{
    private const string HiddenCode = "••••••";
    private const string Hidden = "https://link.invalid/hidden";

    /// <summary>Gets whether the reader may follow a client's link: under transport <c>folder</c> nobody else ever gets it.</summary>
    public bool ShowsLinks => options.Mail.Transport == MailOptions.ToFolder;

    /// <summary>Returns the address of a link, or <see langword="null"/> where it is masked.</summary>
    public string? LinkOf(Guid link) => ShowsLinks ? addresses().LinkOf(link) : null;

    /// <summary>Returns a part of a mail with its addresses filled in or masked.</summary>
    public string Of(string part, Guid? link, LinkCode? code)
    {
        string masked = AccountLink().Replace(part, Hidden);
        if (ShowsLinks)
            return addresses().Fill(masked, link, code: code, standing: [.. StandingLink().Matches(masked).Select(found => Guid.Parse(found.Groups[1].Value)).Distinct()]);
        masked = StandingLink().Replace(masked, Hidden);
        if (code is not null)
            masked = masked.Replace(MailAddresses.CodePlaceholder(code.Id), HiddenCode, StringComparison.Ordinal);
        return addresses().Fill(link is { } id ? masked.Replace(MailAddresses.LinkPlaceholder(id), Hidden, StringComparison.Ordinal) : masked, null);
    }

    [GeneratedRegex("https://account\\.invalid/[0-9a-f-]{36}", RegexOptions.CultureInvariant)]
    private static partial Regex AccountLink();

    [GeneratedRegex("https://standing-link\\.invalid/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", RegexOptions.CultureInvariant)]
    private static partial Regex StandingLink();
}
