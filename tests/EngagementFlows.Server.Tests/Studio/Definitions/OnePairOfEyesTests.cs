using System.Text.Json.Nodes;
using static EngagementFlows.Server.Tests.Studio.Definitions.DesignFixture;

namespace EngagementFlows.Server.Tests.Studio.Definitions;

/// <summary>A firm that wants no four eyes.</summary>
public sealed class OnePairOfEyesTests(OnePairOfEyesTests.Fixture server) : IClassFixture<OnePairOfEyesTests.Fixture>
{
    [Fact]
    public async Task Publish_IsAtOnce_AndTheAuditSaysSo()
    {
        JsonObject draft = await server.DraftAsync("At once");
        using HttpResponseMessage answer = await SaveAsync(server.Operator, Changed(draft, "two"), publish: true);

        (await ReadAsync(answer))["workflowDefinition"]!["isPublished"]!.GetValue<bool>().Should().BeTrue();
        Notice(answer).Should().Be("published");
        (await server.Postgres.ScalarAsync<string>("select detail::text from audit where chain = 'definition/at-once' and act = 'DefinitionPublished'")).Should().Contain("fourEyes").And.Contain("false");
    }

    public sealed class Fixture : DesignFixture
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["EngagementFlows:Definitions:FourEyes"] = "false" };
    }
}
