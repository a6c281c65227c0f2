using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EngagementFlows.Server.Webhooks;

/// <summary>Signs messages, and checks signed ones, as Standard Webhooks describes it (scheme v1: HMAC-SHA-256 over id, timestamp and body). Pure.</summary>
internal static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";
    public const string SecretPrefix = "whsec_";

    private const string Scheme = "v1,";
    private const int SecretLength = 32;
    private const int ShortestSecret = 24;
    private const int LongestSecret = 64;

    /// <summary>The most that a message's timestamp may differ from our clock.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Makes a secret of 256 bits of chance.</summary>
    public static string NewSecret() => SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretLength));

    /// <summary>Returns the key of a secret; <see langword="null"/> if it is none: <c>whsec_</c> and 24 to 64 bytes in base64.</summary>
    public static byte[]? KeyOf(string secret)
    {
        if (!secret.StartsWith(SecretPrefix, StringComparison.Ordinal))
            return null;
        byte[] key = new byte[LongestSecret + 3];
        return Convert.TryFromBase64String(secret[SecretPrefix.Length..], key, out int length) && length is >= ShortestSecret and <= LongestSecret ? key[..length] : null;
    }

    /// <summary>Returns the value of the signature header.</summary>
    public static string Sign(byte[] key, string id, long timestamp, ReadOnlySpan<byte> body) =>
        Scheme + Convert.ToBase64String(Hash(key, id, timestamp.ToString(CultureInfo.InvariantCulture), body));

    /// <summary>Checks a message; every signature of the header is compared in constant time, and only a right one with a recent timestamp counts.</summary>
    public static bool IsGenuine(byte[] key, string id, string timestamp, string signatures, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        byte[] wanted = Hash(key, id, timestamp, body);
        bool isRight = false;
        foreach (string one in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (one.Length > 200 || !one.StartsWith(Scheme, StringComparison.Ordinal))
                continue;
            byte[] given = new byte[200];
            if (Convert.TryFromBase64String(one[Scheme.Length..], given, out int length))
                isRight |= CryptographicOperations.FixedTimeEquals(wanted, given.AsSpan(0, length));
        }

        return isRight && IsRecent(timestamp, now);
    }

    private static bool IsRecent(string timestamp, DateTimeOffset now) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
        && Math.Abs(now.ToUnixTimeSeconds() - (decimal)seconds) <= (decimal)Tolerance.TotalSeconds;

    private static byte[] Hash(byte[] key, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        using IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
