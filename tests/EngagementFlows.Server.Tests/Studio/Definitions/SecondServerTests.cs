using System.Text.Json.Nodes;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Testing;
using static EngagementFlows.Server.Tests.Studio.Definitions.DesignFixture;

namespace EngagementFlows.Server.Tests.Studio.Definitions;

/// <summary>What is done at one server, as the Studio sees it at another on the same database.</summary>
public sealed class SecondServerTests(DesignFixture server) : IClassFixture<DesignFixture>
{
    [Fact]
    public async Task Publish_IsSeenByAnotherServerAtOnce()
    {
        using HttpClient other = new() { BaseAddress = await server.StartAnotherAsync() };
        other.DefaultRequestHeaders.Authorization = new("Bearer", ServerFixture.KeyOf(StaffRoles.Operator));
        (await other.GetStringAsync("elsa/api/descriptors/activities")).Should().NotContain("SharedAmongServers");
        using HttpResponseMessage part = await server.Operator.PostAsync("elsa/api/workflow-definitions/import", Body(JsonNode.Parse("""
            { "definitionId": "shared-part", "id": "shared-part-v1", "name": "Shared among servers", "options": { "usableAsActivity": true },
              "root": { "id": "Main", "type": "Elsa.Flowchart", "version": 1, "activities": [ { "id": "a", "type": "Elsa.WriteLine", "version": 1 } ] } }
            """)!));
        part.EnsureSuccessStatusCode();

        (await server.Operator.PostAsync("elsa/api/workflow-definitions/shared-part/publish", Body(new JsonObject()))).EnsureSuccessStatusCode();
        (await server.Administrator.PostAsync("api/definitions/versions/shared-part-v1/publish", null)).EnsureSuccessStatusCode();

        // Nobody waits for the next look, which is half a minute away.
        await Eventually.TrueAsync(async () => (await other.GetStringAsync("elsa/api/descriptors/activities")).Contains("SharedAmongServers", StringComparison.Ordinal), TimeSpan.FromSeconds(20));
    }
}
