using System.Text.Json;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engine;
using EngagementFlows.Postgres.Audit;
using Npgsql;

namespace EngagementFlows.Postgres.Links;

/// <summary>A standing link that was asked for by hand.</summary>
/// <param name="Id">The link.</param>
/// <param name="IsNew">Whether it was made now; otherwise it was there and works for longer.</param>
public sealed record MadeStandingLink(Guid Id, bool IsNew);

/// <summary>Gives an engagement's contact a standing link by the hand of a member of staff or a program; whoever has one keeps it. Audited.</summary>
public sealed class MakeStandingLink(NpgsqlDataSource dataSource)
{
    // Two who make one at once follow each other, and an erasure comes before or after.
    private const string LockSql = """
        select c.erased_at is not null
        from engagement e
        join client c on c.id = e.client_id
        where e.id = $1
        for no key update of e for key share of c
        """;

    /// <summary>Makes it; <see langword="null"/> if there is no such engagement, or its client was erased.</summary>
    /// <param name="engagement">The engagement.</param>
    /// <param name="definitionId">The flow that it starts.</param>
    /// <param name="formPath">The form of that flow.</param>
    /// <param name="label">What it is for.</param>
    /// <param name="expiresAt">Until when it works.</param>
    /// <param name="by">Who makes it, for the audit.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancellationToken">Ends the act; nothing is done then.</param>
    public async Task<MadeStandingLink?> ExecuteAsync(
        Guid engagement, string definitionId, string formPath, LocalizedText label, DateTimeOffset expiresAt, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (NpgsqlCommand takeTurn = new(LockSql, connection, transaction))
        {
            takeTurn.Parameters.AddUuid(engagement);
            if (await takeTurn.ExecuteScalarAsync(cancellationToken) is not false)
                return null;
        }

        StandingLinkPlace place = (await AnswerStandingLinks.FindAsync(connection, new(engagement, definitionId), cancellationToken))!;
        await using NpgsqlBatch batch = new(connection, transaction);
        batch.BatchCommands.Add(KeepStandingLink.Create(new(place.LinkId, engagement, place.ContactId, definitionId, formPath, label, expiresAt), by, now));
        batch.BatchCommands.Add(AppendAudit.Create(
            new($"engagement/{engagement:D}", by, place.IsNew ? "StandingLinkMade" : "StandingLinkShown", $"standing-link/{place.LinkId:D}", JsonSerializer.Serialize(new { definitionId, expiresAt })), now));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(place.LinkId, place.IsNew);
    }
}
