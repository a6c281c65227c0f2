using Npgsql;

namespace EngagementFlows.Postgres;

/// <summary>Reads a result that is one column of ids.</summary>
internal static class ReadIds
{
    public static async Task<List<Guid>> ExecuteAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        List<Guid> ids = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            ids.Add(reader.GetGuid(0));
        return ids;
    }
}
