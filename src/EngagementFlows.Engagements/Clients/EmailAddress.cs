using EngagementFlows.Engagements.Mail.Mime;

namespace EngagementFlows.Engagements.Clients;

/// <summary>The rule for the address of a person whom the house knows: one address as <see cref="Mailbox"/> reads it, its host with a dot and in ASCII.</summary>
public static class EmailAddress
{
    /// <summary>Returns why <paramref name="text"/> is not an address, or <see langword="null"/> if it is one.</summary>
    /// <remarks>Stored addresses are compared and shown as they are written; a host in its ASCII form is not taken for another one that looks like it.</remarks>
    public static string? Fault(string text)
    {
        if (Mailbox.Read(text, out string clean) is { } fault)
            return fault;
        string host = text[(text.LastIndexOf('@') + 1)..];
        return host.Contains('.', StringComparison.Ordinal) && clean.EndsWith("@" + host, StringComparison.OrdinalIgnoreCase)
            ? null
            : $"'{host}' after the @ must be a host name with a dot; write an international name in its ASCII form (xn--…)";
    }
}
