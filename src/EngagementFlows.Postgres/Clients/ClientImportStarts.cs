using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>The engagements of an import whose flows are still to be started.</summary>
public sealed class ClientImportStarts(NpgsqlDataSource dataSource)
{
    private const string ListSql = "select engagement_id from client_import_start where import_id = $1 order by engagement_id limit $2";

    private const string ForgetSql = "delete from client_import_start where import_id = $1 and engagement_id = any($2)";

    /// <summary>Returns the next ones.</summary>
    public async Task<IReadOnlyList<Guid>> ListAsync(Guid importId, int limit, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ListSql);
        command.Parameters.AddUuid(importId);
        command.Parameters.AddInteger(limit);
        List<Guid> engagements = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            engagements.Add(reader.GetGuid(0));
        return engagements;
    }

    /// <summary>Strikes out those whose start was taken.</summary>
    public async Task ForgetAsync(Guid importId, Guid[] engagements, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ForgetSql);
        command.Parameters.AddUuid(importId);
        command.Parameters.AddUuids(engagements);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
