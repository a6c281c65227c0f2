using System.Net;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Testing;
using Npgsql;
using static EngagementFlows.Server.Tests.Api.ApiFixture;

namespace EngagementFlows.Server.Tests.Api;

/// <summary>The database goes away and comes back: clear errors in between, nothing half-done, the process lives on.</summary>
public sealed class DatabaseAwayTests(DatabaseAwayTests.Fixture server) : IClassFixture<DatabaseAwayTests.Fixture>
{
    [Fact]
    public async Task Requests_WhileTheDatabaseIsAway_AreRefusedAndWorkAfterwards()
    {
        HttpClient client = server.Program(StaffRoles.Operator);
        (await client.PostAsync("api/instances", Json("""{"definitionId":"waiting"}"""))).StatusCode.Should().Be(HttpStatusCode.Created);
        long before = await server.Postgres.ScalarAsync<long>("select count(*) from instance");

        await server.CutAsync();
        using HttpResponseMessage list = await client.GetAsync("api/instances");
        using HttpResponseMessage ready = await client.GetAsync("health/ready");
        using HttpResponseMessage live = await client.GetAsync("health/live");
        using HttpResponseMessage page = await client.GetAsync("sign-in");
        await server.MendAsync();

        list.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await ProblemAsync(list)).Should().Contain("cannot be reached");
        list.Headers.RetryAfter.Should().NotBeNull();
        ready.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        live.StatusCode.Should().Be(HttpStatusCode.OK);
        page.StatusCode.Should().BeOneOf(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable);
        await Eventually.BecomesAsync(async () => (await client.GetAsync("health/ready")).StatusCode, HttpStatusCode.OK);
        await Eventually.BecomesAsync(async () => (await client.PostAsync("api/instances", Json("""{"definitionId":"waiting"}"""))).StatusCode, HttpStatusCode.Created);
        (await server.Postgres.ScalarAsync<long>("select count(*) from instance")).Should().BeGreaterThan(before);
    }

    /// <summary>A server whose database is closed to new connections, and whose old ones are cut, for a while.</summary>
    public sealed class Fixture : ServerFixture
    {
        private string Database => new NpgsqlConnectionStringBuilder(Postgres.ConnectionString).Database!;

        public async Task CutAsync()
        {
            await using NpgsqlConnection maintenance = await OpenMaintenanceAsync();
            await using (NpgsqlCommand close = new($"alter database {Database} allow_connections false", maintenance))
                await close.ExecuteNonQueryAsync();
            await using NpgsqlCommand cut = new("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = $1", maintenance);
            cut.Parameters.AddWithValue(Database);
            await cut.ExecuteScalarAsync();
        }

        public async Task MendAsync()
        {
            await using NpgsqlConnection maintenance = await OpenMaintenanceAsync();
            await using NpgsqlCommand open = new($"alter database {Database} allow_connections true", maintenance);
            await open.ExecuteNonQueryAsync();
            // The cut ones lie in the pools of this process as well.
            Postgres.DataSource.Clear();
        }

        protected override void WriteFiles(string folder)
        {
            string process = Directory.CreateDirectory(Path.Combine(folder, "workflows", "waiting")).FullName;
            File.WriteAllText(Path.Combine(process, "waiting.json"), Waiting("waiting"));
        }

        private async Task<NpgsqlConnection> OpenMaintenanceAsync()
        {
            NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder(Postgres.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
            await connection.OpenAsync();
            return connection;
        }
    }
}
