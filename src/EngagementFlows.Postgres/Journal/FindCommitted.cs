using Npgsql;

namespace EngagementFlows.Postgres.Journal;

/// <summary>Tells which transitions of a commit are stored, after the connection was lost before the answer came.</summary>
/// <remarks>The journal row of a commit carries its revision and instant; no other commit writes the same.</remarks>
internal static class FindCommitted
{
    private const string Sql = """
        select j.instance_id
        from unnest($1::uuid[], $2::bigint[]) wanted(instance_id, revision)
        cross join lateral (
          select instance_id from journal where journal.instance_id = wanted.instance_id and journal.revision = wanted.revision and journal.at = $3 limit 1
        ) j
        """;

    public static async Task<HashSet<Guid>> ExecuteAsync(NpgsqlConnection connection, Guid[] ids, long[] revisions, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuids(ids);
        command.Parameters.AddBigints(revisions);
        command.Parameters.AddInstant(at);
        HashSet<Guid> found = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found.Add(reader.GetGuid(0));
        return found;
    }
}
