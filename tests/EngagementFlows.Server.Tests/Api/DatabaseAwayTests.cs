using System.Net;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Testing;
using Microsoft.Extensions.DependencyInjection;
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
        await ProblemExamples.CheckAsync(503, await list.Content.ReadAsStringAsync());
        list.Headers.RetryAfter.Should().NotBeNull();
        ready.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        live.StatusCode.Should().Be(HttpStatusCode.OK);
        page.StatusCode.Should().BeOneOf(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable);
        await Eventually.BecomesAsync(async () => (await client.GetAsync("health/ready")).StatusCode, HttpStatusCode.OK);
        await Eventually.BecomesAsync(async () => (await client.PostAsync("api/instances", Json("""{"definitionId":"waiting"}"""))).StatusCode, HttpStatusCode.Created);
        (await server.Postgres.ScalarAsync<long>("select count(*) from instance")).Should().BeGreaterThan(before);
    }

    [Fact]
    public async Task Pages_WhileTheDatabaseIsAway_SaySoAndWorkAfterwards()
    {
        (HttpClient person, _) = await server.SignInAsync(StaffRoles.Operator);
        (await person.GetAsync("instances")).StatusCode.Should().Be(HttpStatusCode.OK);

        await server.CutAsync();
        using HttpResponseMessage page = await person.GetAsync("instances");
        using FormUrlEncodedContent form = new(new Dictionary<string, string> { ["reason"] = "x" });
        // As a browser sends it: our scripts' header is not there.
        using HttpRequestMessage sent = new(HttpMethod.Post, "instances/0198c0de-0000-7000-8000-000000000001/cancel") { Content = form, Headers = { { "Sec-Fetch-Site", "same-origin" } } };
        person.DefaultRequestHeaders.Remove("X-EngagementFlows");
        using HttpResponseMessage act = await person.SendAsync(sent);
        await server.MendAsync();

        page.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        page.Headers.RetryAfter.Should().NotBeNull();
        (await page.Content.ReadAsStringAsync()).Should().ContainAny("The database does not answer", "数据库没有响应");
        act.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        await Eventually.BecomesAsync(async () => (await person.GetAsync("instances")).StatusCode, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Workers_AfterTheDatabaseCameBack_GoOnByThemselves()
    {
        HttpClient client = server.Program(StaffRoles.Operator);
        using HttpResponseMessage started = await client.PostAsync("api/instances", Json("""{"definitionId":"delayed"}"""));
        Guid instance = (await ReadAsync(started)).GetProperty("instance").GetProperty("id").GetGuid();

        await server.CutAsync();
        // The delay ends meanwhile, and every loop has met the closed door.
        await Eventually.TrueAsync(() => Task.FromResult(TimeProvider.System.GetUtcNow() > Started(instance) + TimeSpan.FromSeconds(3)));
        await server.MendAsync();

        // Nobody asks the server for anything: the inbox serves the delay, the outbox the mail.
        await Eventually.BecomesAsync(() => server.Postgres.ScalarAsync<string>("select status from instance where id = $1", instance), "finished");
        await Eventually.BecomesAsync(() => server.Postgres.ScalarAsync<string>("select state from outbox where instance_id = $1", instance), "accepted");
        (await server.Postgres.ScalarAsync<long>("select count(*) from journal j, json_array_elements(j.entries) e where j.instance_id = $1 and e->>'a' = 'Mail' and e->>'e' = 'Completed'", instance)).Should().Be(1);
    }

    [Fact]
    public async Task Notices_AfterTheDatabaseCameBack_AreHeardAgain()
    {
        await server.CutAsync();
        await server.MendAsync();
        await Eventually.BecomesAsync(async () => (await server.Program(StaffRoles.Operator).GetAsync("health/ready")).StatusCode, HttpStatusCode.OK);
        await Eventually.BecomesAsync(
            () => server.Postgres.ScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and query ilike 'listen%'"), 1);

        // As another process would: a version is taken back, and told.
        await server.Postgres.ExecuteAsync("update definition set state = 'retired' where definition_id = 'told'");
        await server.Postgres.ExecuteAsync("notify definitions");

        LiveCatalogue catalogue = server.Services.GetRequiredService<LiveCatalogue>();
        await Eventually.TrueAsync(() => Task.FromResult(catalogue.Current.Published("told") is null));
    }

    // The id begins with the instant of the start.
    private static DateTimeOffset Started(Guid instance) => DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(instance.ToString("N")[..12], 16));

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
            Write(folder, "waiting", Waiting("waiting"));
            Write(folder, "told", Ending("told"));
            Write(folder, "delayed", Definition("delayed", """
                { "id": "Main", "type": "Elsa.Sequence", "activities": [
                  { "id": "Wait", "type": "Elsa.Delay", "timeSpan": "00:00:01" },
                  { "id": "Mail", "type": "Elsa.SendEmail", "to": ["somebody@example.com"], "subject": "After the outage", "body": "<p>Here again.</p>" } ] }
                """));
        }

        private static void Write(string folder, string id, string json)
        {
            string process = Directory.CreateDirectory(Path.Combine(folder, "workflows", id)).FullName;
            File.WriteAllText(Path.Combine(process, $"{id}.json"), json);
        }

        private async Task<NpgsqlConnection> OpenMaintenanceAsync()
        {
            NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder(Postgres.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
            await connection.OpenAsync();
            return connection;
        }
    }
}
