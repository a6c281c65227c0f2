using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Publishes a version and retires the one that was published before. Runs in the caller's transaction.</summary>
public static class PublishDefinition
{
    private const string Retire = """
        update definition set state = 'retired'
        where definition_id = (select definition_id from definition where id = $1) and state = 'published' and id <> $1
        """;

    // Other processes may take it back, change it and submit it again between the look at it and this statement.
    private const string Sql = """
        update definition set state = 'published', published_at = coalesce($2, now()), published_by = $3
        where id = $1 and state not in ('published', 'trial') and ($4::text is null or (state = $4 and revision = $5))
        """;

    /// <summary>Returns whether it was not published already; schedules follow by <see cref="SyncSchedules"/>.</summary>
    public static Task<bool> ExecuteAsync(NpgsqlTransaction transaction, string versionId, string by, DateTimeOffset? now, CancellationToken cancellationToken) =>
        ExecuteAsync(transaction, versionId, seen: null, by, now, cancellationToken);

    /// <summary>Publishes the version as it was seen; <see langword="false"/> = it has changed since, or is published already. Nothing may be committed then.</summary>
    public static async Task<bool> ExecuteAsync(
        NpgsqlTransaction transaction, string versionId, (string State, int Revision)? seen, string by, DateTimeOffset? now, CancellationToken cancellationToken)
    {
        await using (NpgsqlCommand retire = new(Retire, transaction.Connection, transaction))
        {
            retire.Parameters.AddText(versionId);
            await retire.ExecuteNonQueryAsync(cancellationToken);
        }

        await using NpgsqlCommand publish = new(Sql, transaction.Connection, transaction);
        publish.Parameters.AddText(versionId);
        publish.Parameters.AddInstant(now);
        publish.Parameters.AddText(by);
        publish.Parameters.AddText(seen?.State);
        publish.Parameters.AddInteger(seen?.Revision);
        return await publish.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
