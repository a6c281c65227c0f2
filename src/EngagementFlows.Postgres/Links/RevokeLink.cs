using System.Text.Json;
using Npgsql;

namespace EngagementFlows.Postgres.Links;

/// <summary>Takes an open link back by the hand of a member of staff. The instance goes on waiting: for its time-out, or for the answer to a link that is sent anew.</summary>
public sealed class RevokeLink(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        with revoked as (
          update link set state = 'revoked', closed_at = coalesce($3, now()) where id = $1 and state = 'open' returning engagement_id
        )
        select append_audit('engagement/' || engagement_id, coalesce($3, now()), $2, 'LinkRevoked', 'link/' || $1, $4::json) from revoked
        """;

    /// <summary>Revokes; returns whether the link was still open.</summary>
    /// <param name="link">The link.</param>
    /// <param name="by">Who revokes, for the audit.</param>
    /// <param name="reason">Why, for the audit, or <see langword="null"/>.</param>
    /// <param name="now">The instant, or <see langword="null"/> for the database's clock.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public async Task<bool> ExecuteAsync(Guid link, string by, string? reason, DateTimeOffset? now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(link);
        command.Parameters.AddText(by);
        command.Parameters.AddInstant(now);
        command.Parameters.AddText(reason is null ? null : JsonSerializer.Serialize(new { reason }));
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }
}
