using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using EngagementFlows.Testing;

namespace EngagementFlows.AcceptanceTests;

/// <summary>Two server processes on one database, each with a dispatcher of its own, and another system that is told facts.</summary>
public sealed class When_two_servers_tell_webhooks(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const int Instances = 60;
    private const string Key = "administrator-0123456789abcdefghijklmnopqrstuvwxyz";

    private readonly string _folder = Directory.CreateTempSubdirectory("engagementflows-two-").FullName;
    private readonly string[] _urls = [$"http://127.0.0.1:{BuiltServer.FreePort()}", $"http://127.0.0.1:{BuiltServer.FreePort()}"];
    private readonly List<Process> _servers = [];
    private Receiver _receiver = null!;

    public async Task InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        string process = Directory.CreateDirectory(Path.Combine(_folder, "workflows", "ending")).FullName;
        await File.WriteAllTextAsync(Path.Combine(process, "ending.json"), """
            { "definitionId": "ending", "id": "ending-v1", "name": "ending", "version": 1, "isLatest": true, "isPublished": true,
              "root": { "id": "Main", "type": "Elsa.WriteLine", "text": "hello" } }
            """);
        BuiltServer built = new(_folder, new Dictionary<string, string>
        {
            ["ConnectionStrings:EngagementFlows"] = postgres.ConnectionString,
            ["EngagementFlows:DataFolder"] = Path.Combine(_folder, "data"),
            ["EngagementFlows:WorkflowsFolder"] = Path.Combine(_folder, "workflows"),
            ["EngagementFlows:ApiKeys:test:Key"] = Key,
            ["EngagementFlows:ApiKeys:test:Roles"] = "administrator,operator",
            ["EngagementFlows:Outbound:AllowedHosts"] = _receiver.Host,
            ["EngagementFlows:Outbound:PrivateHosts"] = _receiver.Host,
        });
        foreach (string url in _urls)
        {
            Process server = built.Start("serve", "--no-samples", "--urls", url);
            server.BeginOutputReadLine();
            server.BeginErrorReadLine();
            _servers.Add(server);
            // One after the other: the first makes the key file that both use.
            await Eventually.TrueAsync(() => IsReadyAsync(server, url), TimeSpan.FromMinutes(1));
        }
    }

    public async Task DisposeAsync()
    {
        foreach (Process server in _servers)
        {
            server.Kill();
            await server.WaitForExitAsync();
            server.Dispose();
        }

        await _receiver.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Should_tell_each_fact_once()
    {
        using HttpClient first = Client(_urls[0]);
        using HttpClient second = Client(_urls[1]);
        using HttpResponseMessage made = await first.PostAsJsonAsync("api/webhooks", new { name = "Book-keeping", url = _receiver.Url("told"), kinds = new[] { "instance.finished" } });
        made.IsSuccessStatusCode.Should().BeTrue(await made.Content.ReadAsStringAsync());

        HttpResponseMessage[] started = await Task.WhenAll(Enumerable.Range(0, Instances).Select(i => (i % 2 == 0 ? first : second).PostAsJsonAsync("api/instances", new { definitionId = "ending" })));
        await Eventually.BecomesAsync(() => postgres.ScalarAsync<long>("select count(*) from outbox where kind = 'webhook' and state = 'accepted'"), Instances);

        started.Should().OnlyContain(answer => answer.IsSuccessStatusCode);
        IReadOnlyList<ReceivedMessage> told = _receiver.To("told");
        told.Should().HaveCount(Instances, "two dispatchers share the work and never do the same");
        told.Select(message => message.Id).Should().OnlyHaveUniqueItems();
        told.Select(message => message.Json.GetProperty("data").GetProperty("instanceId").GetGuid()).Should().OnlyHaveUniqueItems();
        (await postgres.ScalarAsync<long>("select count(*) from outbox where kind = 'webhook' and attempt = 1")).Should().Be(Instances);
    }

    private static HttpClient Client(string url) => new() { BaseAddress = new Uri(url + "/"), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Key) } };

    private static async Task<bool> IsReadyAsync(Process server, string url)
    {
        if (server.HasExited)
            throw new InvalidOperationException($"The server ended by itself with code {server.ExitCode}.");
        using HttpClient client = new();
        try
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri($"{url}/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            return false;
        }
    }
}
