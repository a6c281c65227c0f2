using System.Security.Cryptography;
using System.Text;

namespace EngagementFlows.Engagements.Mail.Mime;

/// <summary>The identity of a mail in the world outside.</summary>
public static class MessageId
{
    private const int Bytes = 20;

    /// <summary>Returns the message id of an effect key, with its angle brackets; the same key and host give the same id for ever.</summary>
    /// <param name="effectKey">The effect key.</param>
    /// <param name="from">The sender, whose host the id names.</param>
    public static string Of(string effectKey, Mailbox from) => $"<{HashOf(effectKey)}@{from.Address[(from.Address.LastIndexOf('@') + 1)..]}>";

    internal static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, Bytes));
}
