using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EngagementFlows.Engagements.Links;

/// <summary>Makes and checks the tokens that stand in links to clients: key id, link id, and an HMAC-SHA-256 over both.</summary>
/// <remarks>A token is never stored: what the database holds opens no page. Pure and safe for all threads.</remarks>
public sealed class LinkTokens(LinkKeys keys)
{
    private const string OnePurpose = "EngagementFlows link v1";
    private const string StandingPurpose = "EngagementFlows standing link v1";
    private const int IdLength = 16;
    private const int MacLength = HMACSHA256.HashSizeInBytes;
    private static readonly int BodyLength = Base64Url.GetEncodedLength(IdLength + MacLength);

    // An unknown key id is checked against a key that nobody has, so that it takes as long as a known one.
    private readonly byte[] _nobodysKey = RandomNumberGenerator.GetBytes(MacLength);

    /// <summary>Returns the token of a link: <c>keyId.body</c>, safe in a path.</summary>
    public string Make(Guid linkId) => Make(linkId, OnePurpose);

    /// <summary>Returns the token of a standing link, which opens no other kind.</summary>
    public string MakeStanding(Guid linkId) => Make(linkId, StandingPurpose);

    /// <summary>Returns the link of a genuine token, or <see langword="null"/>; says nothing about whether the link still lives.</summary>
    public Guid? Read(string? token) => Read(token, OnePurpose);

    /// <summary>Returns the standing link of a genuine token, or <see langword="null"/>; says nothing about whether it still lives.</summary>
    public Guid? ReadStanding(string? token) => Read(token, StandingPurpose);

    private string Make(Guid linkId, string purpose)
    {
        Span<byte> body = stackalloc byte[IdLength + MacLength];
        linkId.TryWriteBytes(body, bigEndian: true, out _);
        Sign(purpose, keys.ActiveId, keys.Find(keys.ActiveId)!, body[..IdLength], body[IdLength..]);
        return $"{keys.ActiveId}.{Base64Url.EncodeToString(body)}";
    }

    private Guid? Read(string? token, string purpose)
    {
        int dot = token?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        if (token is null || dot is < 1 or > 16 || token.Length - dot - 1 != BodyLength)
            return null;
        Span<byte> body = stackalloc byte[IdLength + MacLength];
        if (!Base64Url.TryDecodeFromChars(token.AsSpan(dot + 1), body, out int written) || written != body.Length)
            return null;
        string keyId = token[..dot];
        byte[]? key = keys.Find(keyId);
        Span<byte> expected = stackalloc byte[MacLength];
        Sign(purpose, keyId, key ?? _nobodysKey, body[..IdLength], expected);
        bool genuine = CryptographicOperations.FixedTimeEquals(expected, body[IdLength..]);
        return genuine && key is not null ? new Guid(body[..IdLength], bigEndian: true) : null;
    }

    // The purpose stands before the id, so that no other token of the house can be shown as this kind of link's.
    private static void Sign(string purpose, string keyId, byte[] key, ReadOnlySpan<byte> linkId, Span<byte> mac) =>
        HMACSHA256.HashData(key, [.. Encoding.ASCII.GetBytes($"{purpose} {keyId} "), .. linkId], mac);
}
