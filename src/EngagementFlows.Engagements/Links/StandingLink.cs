using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Links;

/// <summary>A way for one contact to begin a flow of one kind whenever there is a reason, without an account: to complain, to ask for a change.</summary>
/// <param name="Id">The link's id; worthless without the token's signature.</param>
/// <param name="EngagementId">The engagement for which the flow runs.</param>
/// <param name="ContactId">The contact who has it.</param>
/// <param name="DefinitionId">The flow that each sending starts, in the version that is published then.</param>
/// <param name="FormPath">The form in that version.</param>
/// <param name="Label">What the link is for.</param>
/// <param name="IssuedAt">When it was made.</param>
/// <param name="ExpiresAt">The instant from which it is dead.</param>
/// <param name="RevokedAt">When it was taken back for good; <see langword="null"/> while it was not.</param>
public sealed record StandingLink(
    Guid Id, Guid EngagementId, Guid ContactId, string DefinitionId, string FormPath, LocalizedText Label, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt)
{
    /// <summary>How often one link may start its flow within a day that begins with the first time.</summary>
    public const int MostADay = 5;

    /// <summary>Gets how long a link works when nobody says otherwise: two years.</summary>
    public static TimeSpan UsualLife { get; } = TimeSpan.FromDays(730);

    /// <summary>Decides about looking at the link and about sending: <see cref="LinkVerdict.Open"/>, <see cref="LinkVerdict.Expired"/> or <see cref="LinkVerdict.Revoked"/>.</summary>
    public LinkVerdict At(DateTimeOffset now) => RevokedAt is not null ? LinkVerdict.Revoked : now >= ExpiresAt ? LinkVerdict.Expired : LinkVerdict.Open;

    /// <summary>Returns the id of a contact's link to a flow. Who offers it again, wherever and whenever, offers the same one.</summary>
    /// <param name="engagement">The engagement.</param>
    /// <param name="contact">The contact.</param>
    /// <param name="definitionId">The flow.</param>
    /// <param name="revoked">How many such links were taken back before: the next one is another.</param>
    public static Guid IdOf(Guid engagement, Guid contact, string definitionId, int revoked)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"standing link {engagement:N} {contact:N} {revoked} {definitionId}")), hash);
        Span<byte> id = hash[..16];
        // UUID version 8 (RFC 9562): made by our own rule.
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
