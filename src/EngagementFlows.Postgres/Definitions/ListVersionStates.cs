using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Tells which versions there are and their states, to notice changes.</summary>
internal static class ListVersionStates
{
    private const string Sql = "select id, state from definition";

    public static async Task<Dictionary<string, string>> ExecuteAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        Dictionary<string, string> states = [];
        while (await reader.ReadAsync(cancellationToken))
            states.Add(reader.GetString(0), reader.GetString(1));
        return states;
    }
}
