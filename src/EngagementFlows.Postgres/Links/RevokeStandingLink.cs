using System.Text.Json;
using Npgsql;

namespace EngagementFlows.Postgres.Links;

/// <summary>Takes a standing link back for good by the hand of a member of staff. What it started goes on.</summary>
public sealed class RevokeStandingLink(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        with revoked as (
          update standing_link set revoked_at = coalesce($3, now()), revoked_by = $2 where id = $1 and revoked_at is null returning engagement_id
        )
        select append_audit('engagement/' || engagement_id, coalesce($3, now()), $2, 'StandingLinkRevoked', 'standing-link/' || $1, $4::json) from revoked
        """;

    /// <summary>Revokes; returns whether the link was still alive.</summary>
    /// <param name="link">The link.</param>
    /// <param name="by">Who revokes, for the audit.</param>
    /// <param name="reason">Why, for the audit.</param>
    /// <param name="now">The instant, or <see langword="null"/> for the database's clock.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public async Task<bool> ExecuteAsync(Guid link, string by, string reason, DateTimeOffset? now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(link);
        command.Parameters.AddText(by);
        command.Parameters.AddInstant(now);
        command.Parameters.AddText(JsonSerializer.Serialize(new { reason }));
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }
}
