using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Tells which versions there are whose content stays as it is, and their states, to notice changes.</summary>
/// <remarks>What is being drawn is not among them: nothing runs on it, and its saves concern no process.</remarks>
internal static class ListVersionStates
{
    private const string Sql = "select id, state from definition where not is_drawn or state not in ('draft', 'submitted')";

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
