using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Statements;

public sealed class StatementTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task EveryStatement_OnTheMigratedSchema_Prepares()
    {
        List<string> faults = [];
        await using NpgsqlConnection connection = await postgres.DataSource.OpenConnectionAsync();
        foreach ((string name, string sql) in Statements.All)
        {
            // Parsed and planned by the server, with its parameters left open.
            await using NpgsqlCommand prepare = new($"prepare statement_under_test as {sql}", connection);
            try
            {
                await prepare.ExecuteNonQueryAsync();
                await using NpgsqlCommand forget = new("deallocate statement_under_test", connection);
                await forget.ExecuteNonQueryAsync();
            }
            catch (PostgresException fault)
            {
                faults.Add($"{name}: {fault.MessageText}");
            }
        }

        faults.Should().BeEmpty();
        Statements.All.Should().HaveCountGreaterThan(40);
    }
}
