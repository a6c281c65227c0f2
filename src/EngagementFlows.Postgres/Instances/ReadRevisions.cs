using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>Reads how far instances have come, for those who watch them.</summary>
public static class ReadRevisions
{
    private const string Sql = "select i.id, i.revision from unnest($1::uuid[]) wanted(id) join instance i on i.id = wanted.id";

    /// <summary>Returns the revisions by instance; those that are gone are left out.</summary>
    public static async Task<IReadOnlyDictionary<Guid, long>> ExecuteAsync(NpgsqlDataSource dataSource, Guid[] ids, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuids(ids);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        Dictionary<Guid, long> revisions = new(ids.Length);
        while (await reader.ReadAsync(cancellationToken))
            revisions[reader.GetGuid(0)] = reader.GetInt64(1);
        return revisions;
    }
}
