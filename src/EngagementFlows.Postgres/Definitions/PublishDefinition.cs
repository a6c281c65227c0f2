using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Publishes a version and retires the one that was published before. Runs in the caller's transaction.</summary>
public static class PublishDefinition
{
    private const string Retire = """
        update definition set state = 'retired'
        where definition_id = (select definition_id from definition where id = $1) and state = 'published' and id <> $1
        """;

    private const string Sql = """
        update definition set state = 'published', published_at = coalesce($2, now()), published_by = $3
        where id = $1 and state <> 'published'
        """;

    /// <summary>Returns whether it was not published already; schedules follow by <see cref="SyncSchedules"/>.</summary>
    public static async Task<bool> ExecuteAsync(NpgsqlTransaction transaction, string versionId, string by, DateTimeOffset? now, CancellationToken cancellationToken)
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
        return await publish.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
