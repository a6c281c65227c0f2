using System.Net.Http.Json;
using System.Text.Json;
using EngagementFlows.Server.Tests.Api;
using EngagementFlows.Server.Tests.Staff;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Webhooks;

/// <summary>The sample firm, small flows, and a system beside it that may be called.</summary>
public sealed class WebhookFixture : HouseFixture
{
    public Receiver Receiver { get; private set; } = null!;

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["EngagementFlows:Outbound:AllowedHosts"] = Receiver.Host,
        ["EngagementFlows:Outbound:PrivateHosts"] = Receiver.Host,
        ["EngagementFlows:Outbox:RetryAfter"] = "00:00:01",
        ["EngagementFlows:Telemetry:Prometheus"] = "true",
        ["EngagementFlows:Api:MaxBodyBytes"] = $"{256 * 1024}",
        ["EngagementFlows:Links:RequestsPerMinute"] = "10000",
        ["EngagementFlows:Links:RequestsPerMinuteAndLink"] = "10000",
    };

    /// <summary>Makes a webhook to a path of the receiver; returns its id, secret and ETag.</summary>
    public async Task<(Guid Id, string Secret, string Tag)> SubscribeAsync(string path, params string[] kinds)
    {
        using HttpResponseMessage made = await Program("administrator").PostAsJsonAsync("api/webhooks", new { name = path, url = Receiver.Url(path), kinds });
        made.StatusCode.Should().Be(System.Net.HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        JsonElement answer = await ApiFixture.ReadAsync(made);
        return (answer.GetProperty("webhook").GetProperty("id").GetGuid(), answer.GetProperty("secret").GetString()!, made.Headers.ETag!.Tag);
    }

    /// <summary>Starts an instance by the API and returns its id.</summary>
    public async Task<Guid> StartAsync(string definitionId)
    {
        using HttpResponseMessage answer = await Program("operator").PostAsync("api/instances", ApiFixture.Json($$"""{"definitionId":"{{definitionId}}"}"""));
        return (await ApiFixture.ReadAsync(answer)).GetProperty("instance").GetProperty("id").GetGuid();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Receiver.DisposeAsync();
    }

    protected override async Task BeforeStartAsync()
    {
        Receiver = await Receiver.StartAsync();
        Receiver.Hold("order");
        string process = Directory.CreateDirectory(Path.Combine(Folder, "workflows", "calling")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(process, "calling.json"),
            ApiFixture.Definition("calling", $$"""{ "id": "Call", "type": "Elsa.SendHttpRequest", "url": "{{Receiver.Url("order")}}", "method": "POST", "content": "one" }"""));
    }

    protected override void WriteFiles(string folder)
    {
        base.WriteFiles(folder);
        foreach ((string id, string json) in new[] { ("waiting", ApiFixture.Waiting("waiting")), ("ending", ApiFixture.Ending("ending")), ("failing", ApiFixture.Failing("failing")), ("mendable", ApiFixture.Mendable("mendable")) })
        {
            string process = Directory.CreateDirectory(Path.Combine(folder, "workflows", id)).FullName;
            File.WriteAllText(Path.Combine(process, $"{id}.json"), json);
        }
    }
}
