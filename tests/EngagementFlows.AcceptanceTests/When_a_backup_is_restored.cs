using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.AcceptanceTests;

/// <summary>backup, restore, drill-restore and serve as processes, with intakes under way whose mails were written and not yet sent.</summary>
public sealed class When_a_backup_is_restored(PostgresFixture database, EmptyPostgresFixture empty) : IClassFixture<PostgresFixture>, IClassFixture<EmptyPostgresFixture>, IDisposable
{
    private const string Key = "operator-0123456789abcdefghijklmnopqrstuvwxyz";

    private readonly string _folder = Directory.CreateTempSubdirectory("engagementflows-restored-").FullName;

    private string Backup => Path.Combine(_folder, "backup.zip");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Should_come_back_whole_and_send_nothing_until_a_person_releases_it()
    {
        (Guid[] mails, Guid unbegun) = await PlayAsync();
        (await On(database.ConnectionString).RunAsync("backup", Backup)).ExitCode.Should().Be(0);
        string target = await empty.CreateAnotherDatabaseAsync();
        BuiltServer restored = On(target);

        await RestoreAndKillAsync(restored, target);
        (int code, string output) = await restored.RunAsync("restore", Backup);
        code.Should().Be(0, output);
        output.Should().Contain($"{mails.Length} mail(s)").And.Contain("Every promise holds.");
        (code, output) = await restored.RunAsync("drill-restore", Backup, "--json");
        code.Should().Be(0, output);
        (code, output) = await restored.RunAsync("restore", Backup);
        code.Should().Be(1);
        output.Should().Contain("not empty").And.Contain("--replace").And.NotContain("   at ");

        await ServeAsync(restored, async client =>
        {
            // Work of the new life goes out, so the dispatcher is at work; what was held is not among it.
            using HttpResponseMessage started = await client.PostAsJsonAsync("api/instances", new { definitionId = "client-intake", correlationId = unbegun });
            started.IsSuccessStatusCode.Should().BeTrue(await started.Content.ReadAsStringAsync());
            await Eventually.TrueAsync(() => Task.FromResult(Sent().Length >= 2));
            Sent().Should().NotContain(mails);
            JsonElement held = (await client.GetFromJsonAsync<JsonElement>("api/held")).GetProperty("held");
            held.GetProperty("mails").GetInt64().Should().Be(mails.Length);
            held.GetProperty("facts").GetInt64().Should().BeGreaterThan(0, "reminders fell due while the house was down");

            using HttpResponseMessage released = await client.PostAsJsonAsync("api/held/send", new { });
            released.IsSuccessStatusCode.Should().BeTrue();
            await Eventually.TrueAsync(() => Task.FromResult(mails.All(Sent().Contains)));
        });
        (code, output) = await restored.RunAsync("doctor");
        code.Should().Be(0, output);
        output.Should().Contain("wait for release");
    }

    /// <summary>Starts intakes in a house without a dispatcher: their mails are written and wait, their reminders lie in the past by now.</summary>
    private async Task<(Guid[] Mails, Guid Unbegun)> PlayAsync()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(database.ConnectionString);
        foreach (string client in new[] { "C-1001", "C-1002", "C-1003" })
            await house.StartAsync("client-intake", client);
        List<Guid> mails = [];
        await using NpgsqlCommand command = house.Queries.CreateCommand("select id from outbox where state = 'pending'");
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            mails.Add(reader.GetGuid(0));
        mails.Should().NotBeEmpty();
        return ([.. mails], house.Engagements["C-1004"].EngagementId);
    }

    /// <summary>Kills a restore in the middle of its work; what it had done by then must be gone.</summary>
    private async Task RestoreAndKillAsync(BuiltServer server, string target)
    {
        const string restores = "pg_stat_activity where datname = current_database() and application_name = 'EngagementFlows restore'";
        await using NpgsqlDataSource beside = NpgsqlDataSource.Create(target);
        // Somebody makes a table of that name and does not commit: there the restore waits, however fast the machine is.
        await using NpgsqlConnection other = await beside.OpenConnectionAsync();
        await using NpgsqlTransaction obstacle = await other.BeginTransactionAsync();
        await using (NpgsqlCommand make = new("create table outbox (id int)", other, obstacle))
            await make.ExecuteNonQueryAsync();
        using Process process = server.Start("restore", Backup);
        await Eventually.TrueAsync(async () => process.HasExited || await ScalarAsync<bool>(beside, $"select exists (select 1 from {restores} and wait_event_type = 'Lock')"));
        process.Kill();
        await process.WaitForExitAsync();
        process.ExitCode.Should().NotBe(0, "it was killed in the middle");
        await obstacle.RollbackAsync();
        await Eventually.TrueAsync(() => ScalarAsync<bool>(beside, $"select not exists (select 1 from {restores})"));
        (await ScalarAsync<long>(beside, "select count(*) from pg_class where relnamespace = 'public'::regnamespace")).Should().Be(0);
    }

    private static async Task ServeAsync(BuiltServer server, Func<HttpClient, Task> act)
    {
        string address = $"http://127.0.0.1:{BuiltServer.FreePort()}";
        using Process process = server.Start("serve", "--urls", address);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            using HttpClient client = new() { BaseAddress = new Uri(address + "/") };
            client.DefaultRequestHeaders.Add("X-Api-Key", Key);
            await Eventually.TrueAsync(() => IsReadyAsync(client), TimeSpan.FromMinutes(1));
            await act(client);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using HttpResponseMessage answer = await client.GetAsync("health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private Guid[] Sent() => Directory.Exists(Path.Combine(_folder, "mail"))
        ? [.. Directory.GetFiles(Path.Combine(_folder, "mail"), "*.eml").Select(file => Guid.Parse(Path.GetFileNameWithoutExtension(file)))]
        : [];

    private BuiltServer On(string connectionString) => new(_folder, new Dictionary<string, string>
    {
        ["ConnectionStrings:EngagementFlows"] = connectionString,
        ["EngagementFlows:DataFolder"] = Path.Combine(_folder, "data"),
        ["EngagementFlows:Mail:Folder"] = Path.Combine(_folder, "mail"),
        ["EngagementFlows:WorkflowsFolder"] = Path.Combine(BuiltServer.Root, "workflows"),
        ["EngagementFlows:ApiKeys:drill:Key"] = Key,
        ["EngagementFlows:ApiKeys:drill:Roles"] = "operator",
    });

    private static async Task<T> ScalarAsync<T>(NpgsqlDataSource source, string sql)
    {
        await using NpgsqlCommand command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
