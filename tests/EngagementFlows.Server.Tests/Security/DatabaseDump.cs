using System.Text;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Server.Tests.Security;

/// <summary>The whole database as text, table by table, as somebody reads it who got hold of a dump.</summary>
internal static class DatabaseDump
{
    /// <summary>The columns that a look may change: counters of openings, and when a key was last used.</summary>
    public static IReadOnlyDictionary<string, string[]> Counters { get; } = new Dictionary<string, string[]>
    {
        ["link"] = ["openings", "machine_openings", "opened_at", "last_opened_at"],
        ["api_key"] = ["last_used_at"],
    };

    /// <summary>Returns each table's rows as JSON lines in a fixed order.</summary>
    /// <param name="postgres">The database.</param>
    /// <param name="withCounters">Whether the columns of <see cref="Counters"/> are part of it.</param>
    public static async Task<SortedDictionary<string, string>> ReadAsync(PostgresFixture postgres, bool withCounters)
    {
        string[] tables = (await postgres.ScalarAsync<string[]>("select array_agg(relname::text order by relname) from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and not relispartition"))!;
        SortedDictionary<string, string> dump = new(StringComparer.Ordinal);
        foreach (string table in tables)
        {
            string[] left = withCounters ? [] : Counters.GetValueOrDefault(table) ?? [];
            await using NpgsqlCommand command = postgres.DataSource.CreateCommand($"select (to_jsonb(t) - $1)::text from {table} t order by 1");
            command.Parameters.Add(new() { Value = left });
            StringBuilder text = new();
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                text.AppendLine(reader.GetString(0));
            dump[table] = text.ToString();
        }

        return dump;
    }
}
