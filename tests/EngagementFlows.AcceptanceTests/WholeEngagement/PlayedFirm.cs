using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Invariants;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Testing;
using EngagementFlows.Testing.Smtp;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EngagementFlows.AcceptanceTests.WholeEngagement;

/// <summary>The sample firm's staff and processes on one database with several servers, a mail server, and one clock that the test moves. People act over HTTP only.</summary>
/// <remarks>While the servers work, the clock runs on by milliseconds, as it does in life: loops that leave something to each other wait by it.</remarks>
internal sealed class PlayedFirm(PostgresFixture postgres, string folder, SmtpPeer peer) : IAsyncDisposable
{
    // What two servers leave to each other waits for 10 to 100 ms.
    private static readonly TimeSpan Creep = TimeSpan.FromMilliseconds(4);

    private readonly List<Letter> _letters = [];
    private readonly List<PlayedServer> _servers = [];

    /// <summary>Gets the clock of all servers.</summary>
    public TestClock Clock { get; } = new();

    /// <summary>Gets what the mail server took so far, in its order.</summary>
    public IReadOnlyList<Letter> Letters => _letters;

    /// <summary>Opens the firm without a server: its folder with the processes, its mail server, its staff.</summary>
    public static async Task<PlayedFirm> OpenAsync(PostgresFixture postgres, params string[] processes)
    {
        string folder = Directory.CreateTempSubdirectory("engagementflows-firm-").FullName;
        foreach (string file in processes.SelectMany(process => Directory.EnumerateFiles(Path.Combine(PlayedHouse.Workflows, process), "*", SearchOption.AllDirectories)))
        {
            string target = Path.Combine(folder, "workflows", Path.GetRelativePath(PlayedHouse.Workflows, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return new(postgres, folder, await SmtpPeer.StartAsync(new { authOptional = true, hideSTARTTLS = true }));
    }

    /// <summary>Starts one more server, with a database user of its name.</summary>
    public async Task<PlayedServer> StartServerAsync(string name)
    {
        string password = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Password!;
        await postgres.ExecuteAsync($"do $$ begin create role {name} superuser login password '{password}'; exception when duplicate_object or unique_violation then null; end $$");
        PlayedServer server = await PlayedServer.StartAsync(postgres.ConnectionString, name, folder, Settings(), Clock);
        if (_servers.Count == 0)
        {
            byte[] people = await File.ReadAllBytesAsync(Path.Combine(PlayedHouse.Workflows, "samples/people.csv"));
            await server.Services.GetRequiredService<ImportPeople>().ExecuteAsync(people, Clock.GetUtcNow(), default);
        }

        _servers.Add(server);
        return server;
    }

    /// <summary>Lets time pass until an instant; whatever falls due on the way is served at its own, and nothing is under way when the next one comes.</summary>
    public async Task PassUntilAsync(DateTimeOffset until)
    {
        await SettleAsync();
        while (await NextDueAsync() is { } next && next <= until)
        {
            Clock.Set(next);
            await SettleAsync();
        }

        Clock.Set(until);
        await SettleAsync();
    }

    /// <summary>Waits until the servers have done all that is due, and the mail server's record is read.</summary>
    public async Task SettleAsync()
    {
        await Eventually.TrueAsync(async () =>
        {
            if (await IsQuietAsync())
                return true;
            Clock.Advance(Creep);
            return false;
        });
        long accepted = await postgres.ScalarAsync<long>("select count(*) from outbox where kind = 'mail' and state = 'accepted'");
        while (_letters.Count < accepted)
            _letters.Add(Letter.Of(await peer.NextAsync()));
    }

    /// <summary>Ends the mail server and returns what it took beyond all that the database knows of.</summary>
    public async Task<IReadOnlyList<Letter>> EndMailAsync() => [.. (await peer.EndAsync()).Select(Letter.Of)];

    /// <summary>Returns a client of the API in somebody's name.</summary>
    /// <param name="server">The server.</param>
    /// <param name="person">The name before the @ of the address.</param>
    public static HttpClient Staff(PlayedServer server, string person)
    {
        HttpClient http = new() { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", KeyOf(person));
        return http;
    }

    /// <summary>Gives the open task of that title its outcome, as its holder.</summary>
    public async Task CompleteAsync(PlayedServer server, string person, string title, string outcome, object? answers = null, string? comment = null)
    {
        using HttpClient http = Staff(server, person);
        JsonElement page = await http.GetFromJsonAsync<JsonElement>("api/tasks?state=open&limit=100");
        JsonElement[] tasks = [.. page.GetProperty("items").EnumerateArray().Where(task => task.GetProperty("title").GetProperty("en").GetString() == title)];
        string open = string.Join("; ", await LinesAsync("select t.title_en || ' of ' || coalesce(p.name, t.assignee_role) || ', due ' || coalesce(t.due_at::text, 'never') from task t left join person p on p.id = t.assignee_person_id where t.state = 'open' union all select 'incident: ' || message from incident where resolved_at is null"));
        tasks.Should().ContainSingle($"{person} should have '{title}' at {Clock.GetUtcNow():O}; open are: {open}");
        using HttpResponseMessage done = await http.PostAsJsonAsync($"api/tasks/{tasks[0].GetProperty("id").GetGuid()}/complete", new { outcome, comment, answers });
        done.IsSuccessStatusCode.Should().BeTrue(await done.Content.ReadAsStringAsync());
        await SettleAsync();
    }

    /// <summary>Posts to the API and returns what it answers.</summary>
    public async Task<JsonElement> PostAsync(PlayedServer server, string person, string path, HttpContent? content)
    {
        using HttpClient http = Staff(server, person);
        using HttpResponseMessage answer = await http.PostAsync(path, content);
        answer.IsSuccessStatusCode.Should().BeTrue(await answer.Content.ReadAsStringAsync());
        JsonElement json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        await SettleAsync();
        return json;
    }

    /// <summary>Returns the promises of the store that do not hold.</summary>
    public async Task<IReadOnlyList<string>> ViolationsAsync() =>
        [.. (await InvariantChecks.CountAsync(postgres.DataSource, default)).Where(result => result.Violations > 0 && !result.Invariant.IsWarning).Select(result => $"{result.Invariant.Name}: {result.Example}")];

    /// <summary>Returns the first column of a question of the test's own, as text.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync(string sql)
    {
        List<string> lines = [];
        await using NpgsqlCommand command = postgres.DataSource.CreateCommand(sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (PlayedServer server in _servers)
            await server.DisposeAsync();
        await peer.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static string KeyOf(string person) => $"{person}-0123456789abcdefghijklmnopqrstuvwxyz";

    private async Task<bool> IsQuietAsync() => await postgres.ScalarAsync<bool>(
        """
        select not exists (select from inbox where due_at <= $1)
           and not exists (select from outbox where state in ('claimed', 'sending') or state = 'pending' and due_at <= $1)
           and not exists (select from client_import where state in ('queued', 'running', 'starting'))
        """,
        Clock.GetUtcNow());

    private async Task<DateTimeOffset?> NextDueAsync()
    {
        DateTime next = await postgres.ScalarAsync<DateTime>("select least((select min(due_at) from inbox), (select min(due_at) from outbox where state = 'pending'))");
        return next == default ? null : new DateTimeOffset(next, TimeSpan.Zero);
    }

    private Dictionary<string, string?> Settings()
    {
        Dictionary<string, string?> settings = new()
        {
            ["EngagementFlows:DataFolder"] = folder,
            ["EngagementFlows:WorkflowsFolder"] = Path.Combine(folder, "workflows"),
            ["EngagementFlows:Firm:Name"] = "Linden & Partner",
            ["EngagementFlows:Firm:Zone"] = "Europe/Berlin",
            ["EngagementFlows:Escalation:LastRung"] = "samuel.osei@linden.example",
            ["EngagementFlows:Api:RequestsPerMinute"] = "10000000",
            ["EngagementFlows:Api:AnonymousRequestsPerMinute"] = "10000000",
            ["EngagementFlows:Mail:Transport"] = MailOptions.OverSmtp,
            ["EngagementFlows:Mail:FromAddress"] = "office@linden.example",
            ["EngagementFlows:Mail:Smtp:Host"] = "127.0.0.1",
            ["EngagementFlows:Mail:Smtp:Port"] = $"{peer.Port}",
            ["EngagementFlows:Mail:Smtp:Security"] = "None",
        };
        foreach ((string person, string role) in new[] { ("mia.novak", "account-manager"), ("li.wei", "architect"), ("clara.brandt", "architect"), ("samuel.osei", "operator") })
        {
            string key = $"EngagementFlows:ApiKeys:{person.Replace('.', '-')}";
            settings[$"{key}:Key"] = KeyOf(person);
            settings[$"{key}:Roles"] = role;
            settings[$"{key}:ActsFor"] = $"{person}@linden.example";
        }

        return settings;
    }
}
