using EngagementFlows.Postgres.Instances;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Statements;

/// <summary>
/// The plans of the hot statements walk indexes only, whatever the statistics say: on empty tables, with a million rows never analysed, analysed,
/// and prepared while the tables were empty and run after they grew.
/// </summary>
public sealed class HotStatementPlanTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const int Rows = 1_000_000;

    private static readonly string[] Hot =
    [
        "LoadInstances.Sql", "UpdateInstances.Sql", "InsertWebhookDeliveries.Sql", "DeleteBookmarks.Sql", "DeleteInboxRows.Sql", "ClaimDueInbox.Sql", "ClaimInboxRow.Sql", "NextDue.Sql",
        "MatchWaits.Correlated", "DeliverEvent.ToAll", "DeliverEvent.ToCorrelated", "FindKeptEvents.Sql", "FindCommitted.Sql", "OfferEvent.Sql",
        "ClaimOutboxEntries.Sql", "BeginSending.Sql", "EndSending.Sql",
    ];

    private static readonly string[] Tables = ["instance", "bookmark", "inbox", "journal", "event", "outbox"];

    [Fact]
    public async Task Plans_InAllFourSituations_WalkIndexesOnly()
    {
        await using FlowsDatabase database = new(postgres.ConnectionString);
        await using NpgsqlConnection early = await database.Engine.OpenConnectionAsync();
        List<string> faults = [];

        await CheckAsync(early, "empty", faults);
        await PrepareAsync(early, "kept");
        await FillAsync();
        await CheckAsync(early, "a million rows, never analysed", faults);
        await CheckPreparedAsync(early, "kept", "prepared while empty", faults);
        await postgres.ExecuteAsync("analyze instance; analyze bookmark; analyze inbox; analyze journal; analyze event; analyze outbox");
        await CheckAsync(early, "analysed", faults);

        faults.Should().BeEmpty();
    }

    [Fact]
    public async Task EngineConnection_StatementRunAgainWithFewRows_IsNeverPlannedAnew()
    {
        await using FlowsDatabase database = new(postgres.ConnectionString);
        await using NpgsqlConnection connection = await database.Engine.OpenConnectionAsync();
        DatabaseClock clock = new(TimeProvider.System);
        for (int i = 0; i < 20; i++)
            await LoadInstances.ExecuteAsync(connection, [TimeOrderedId.Create(clock.Now)], clock, CancellationToken.None);

        string plans = await ReadAsync(connection, "select custom_plans || ' custom, ' || (generic_plans > 10) from pg_prepared_statements where statement like '%wanted(id)%' and not from_sql");

        plans.Should().Be("0 custom, true");
    }

    /// <summary>Autovacuum must not come by in the middle: the tables are to stay without statistics.</summary>
    private async Task FillAsync()
    {
        foreach (string table in Tables.Where(table => table != "journal"))
            await postgres.ExecuteAsync($"alter table {table} set (autovacuum_enabled = off)");
        await FillAsync(
            "insert into instance (id, definition_id, definition_version_id, version, status, revision, created_at, updated_at, is_stalled, open_incidents, state) "
            + "select md5(n::text)::uuid, 'd', 'd-v1', 1, 'suspended', 1, now(), now(), false, 0, '' from generate_series(1, $1) n");
        await FillAsync(
            "insert into bookmark (instance_id, id, activity_id, execution_id, name, key, correlation_id, created_at) "
            + "select md5(n::text)::uuid, md5(n::text)::uuid, 'a', md5(n::text)::uuid, 'Elsa.Event', 'Paid', 'c' || n, now() from generate_series(1, $1) n");
        await FillAsync(
            "insert into inbox (instance_id, id, due_at, kind, bookmark_id, created_at) "
            + "select md5(n::text)::uuid, md5(n::text)::uuid, now() + n * interval '1 second', 'timer', md5(n::text)::uuid, now() from generate_series(1, $1) n");
    }

    /// <summary>A million rows take their time on a busy machine.</summary>
    private async Task FillAsync(string sql)
    {
        await using NpgsqlCommand command = postgres.DataSource.CreateCommand(sql);
        command.CommandTimeout = 300;
        command.Parameters.Add(new() { Value = Rows });
        await command.ExecuteNonQueryAsync();
    }

    private static async Task CheckAsync(NpgsqlConnection connection, string situation, List<string> faults)
    {
        await PrepareAsync(connection, "fresh");
        await CheckPreparedAsync(connection, "fresh", situation, faults);
        foreach ((string name, _) in HotStatements())
            await ReadAsync(connection, $"deallocate {Named("fresh", name)}");
    }

    /// <summary>Prepares all and makes their generic plans, as a pooled connection has them after a while: the first explain makes and keeps the plan.</summary>
    private static async Task PrepareAsync(NpgsqlConnection connection, string prefix)
    {
        foreach ((string name, string sql) in HotStatements())
        {
            await ReadAsync(connection, $"prepare {Named(prefix, name)} as {sql}");
            await ReadAsync(connection, await ExplainAsync(connection, prefix, name));
        }
    }

    private static async Task CheckPreparedAsync(NpgsqlConnection connection, string prefix, string situation, List<string> faults)
    {
        foreach ((string name, _) in HotStatements())
            Judge(name, situation, await ReadAsync(connection, await ExplainAsync(connection, prefix, name)), faults);
    }

    private static async Task<string> ExplainAsync(NpgsqlConnection connection, string prefix, string name)
    {
        await using NpgsqlCommand count = new("select cardinality(parameter_types) from pg_prepared_statements where name = $1", connection);
        count.Parameters.Add(new() { Value = Named(prefix, name) });
        int parameters = (int)(await count.ExecuteScalarAsync())!;
        return $"explain (costs off) execute {Named(prefix, name)}({string.Join(", ", Enumerable.Repeat("null", parameters))})";
    }

    private static string Named(string prefix, string name) => prefix + "_" + name.Replace('.', '_').ToLowerInvariant();

    private static IEnumerable<(string Name, string Sql)> HotStatements() =>
        Hot.Select(name => Statements.All.Single(statement => statement.Name == name));

    private static void Judge(string name, string situation, string plan, List<string> faults)
    {
        foreach (string line in plan.Split('\n'))
        {
            bool walksTable = Tables.Any(table => line.Contains($"Seq Scan on {table}", StringComparison.Ordinal));
            if (walksTable || line.Contains("Hash Join", StringComparison.Ordinal) || line.Contains("Merge Join", StringComparison.Ordinal))
                faults.Add($"{name}, {situation}: {line.Trim()}\n{plan}");
        }
    }

    private static async Task<string> ReadAsync(NpgsqlConnection connection, string sql)
    {
        await using NpgsqlCommand command = new(sql, connection);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        List<string> lines = [];
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }
}
