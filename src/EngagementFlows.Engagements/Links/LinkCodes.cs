using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EngagementFlows.Engagements.Links;

/// <summary>A code that confirms an answer, as the database knows it.</summary>
/// <param name="Id">Its id; says nothing about the code.</param>
/// <param name="KeyId">The key under which it is made.</param>
public sealed record LinkCode(Guid Id, string KeyId);

/// <summary>Makes and checks the short codes by which a contact shows that the mailbox on record is his.</summary>
/// <remarks>
/// A code is made of its id by HMAC-SHA-256 under a key outside the database, so it is as unpredictable as that key and nothing is stored that could be tried out:
/// a plain hash of six digits would be broken in a second. Pure and safe for all threads. How often somebody may guess is the store's to count.
/// </remarks>
/// <param name="keys">Keys that sign nothing else.</param>
public sealed class LinkCodes(LinkKeys keys)
{
    /// <summary>The number of digits of a code.</summary>
    public const int Digits = 6;

    private const ulong Codes = 1_000_000;

    /// <summary>Gets how long a code may be used.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Returns a new code of that id, under the key of now.</summary>
    public LinkCode Make(Guid id) => new(id, keys.ActiveId);

    /// <summary>Returns the digits of a code; <see langword="null"/> if its key is gone.</summary>
    public string? TextOf(LinkCode code)
    {
        if (keys.Find(code.KeyId) is not { } key)
            return null;
        Span<byte> id = stackalloc byte[16];
        code.Id.TryWriteBytes(id, bigEndian: true, out _);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, [.. Encoding.ASCII.GetBytes($"EngagementFlows link code v1 {code.KeyId} "), .. id], mac);
        // 64 bits over a million: no code is likelier than another by more than 1 in 10^13.
        return (BinaryPrimitives.ReadUInt64BigEndian(mac) % Codes).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>Tells in constant time whether somebody typed the code.</summary>
    /// <param name="code">The code.</param>
    /// <param name="typed">What <see cref="Read"/> made of it.</param>
    public bool IsRight(LinkCode code, string typed) =>
        TextOf(code) is { } text && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(text), Encoding.ASCII.GetBytes(typed));

    /// <summary>Returns the digits that somebody typed or pasted, with blanks or hyphens between them or in full width; <see langword="null"/> if they cannot be a code.</summary>
    public static string? Read(string? typed)
    {
        if (typed is null or { Length: > 40 })
            return null;
        StringBuilder digits = new(Digits);
        foreach (char character in typed)
        {
            if (char.IsAsciiDigit(character))
                digits.Append(character);
            else if (character is >= '０' and <= '９')
                digits.Append((char)(character - '０' + '0'));
            else if (!char.IsWhiteSpace(character) && character is not ('-' or '\u2013'))
                return null;
        }

        return digits.Length == Digits ? digits.ToString() : null;
    }
}
