using System.Text.Json.Nodes;
using static EngagementFlows.Server.Tests.Studio.Definitions.DesignFixture;

namespace EngagementFlows.Server.Tests.Studio.Definitions;

/// <summary>What the page around the Studio is told beside the answer.</summary>
public sealed class DesignNoticeTests(DesignFixture server) : IClassFixture<DesignFixture>
{
    [Fact]
    public async Task Retract_ThatIsRefused_IsToldToThePageInALineThatFitsAHeader()
    {
        JsonObject draft = await server.DraftAsync("Never live");
        using HttpRequestMessage request = new(HttpMethod.Post, "elsa/api/workflow-definitions/never-live/retract") { Content = Body(new JsonObject()) };
        request.Headers.Add("Accept-Language", "zh-CN");
        using HttpResponseMessage refused = await server.Operator.SendAsync(request);
        JsonObject model = StudioDouble.ModelOf(draft);
        for (int i = 0; i < 40; i++)
        {
            JsonObject bad = Line($"bad{i}", "x");
            bad["type"] = "Acme.Missing";
            ((JsonArray)model["root"]!["activities"]!).Add(bad);
        }

        using HttpResponseMessage faulty = await SaveAsync(server.Operator, model, publish: true);

        Notice(refused).Should().Be("refused");
        Told(refused).Should().Be("此流程没有已发布或待发布的版本。");
        (await RefusedAsync(faulty)).Split('\n').Should().HaveCount(40);
        Told(faulty).Should().HaveLength(400).And.EndWith("…");
    }

    [Fact]
    public async Task Publish_FromTheList_ThatIsRefused_IsNoFailureAndSaysWhy()
    {
        JsonObject model = StudioDouble.ModelOf(await server.DraftAsync("Faulty in the list"));
        JsonObject bad = Line("bad", "x");
        bad["type"] = "Acme.Missing";
        ((JsonArray)model["root"]!["activities"]!).Add(bad);
        await SavedAsync(server.Operator, model);

        using HttpResponseMessage answer = await server.Operator.PostAsync("elsa/api/workflow-definitions/faulty-in-the-list/publish", Body(new JsonObject()));

        JsonObject shown = await ReadAsync(answer);
        Notice(answer).Should().Be("refused");
        Told(answer).Should().Contain("Acme.Missing");
        shown["alreadyPublished"]!.GetValue<bool>().Should().BeFalse();
        shown["workflowDefinition"]!["isPublished"]!.GetValue<bool>().Should().BeFalse();
        (await server.Postgres.ScalarAsync<string>("select state from definition where definition_id = 'faulty-in-the-list'")).Should().Be("draft");
    }

    private static string Told(HttpResponseMessage answer) => Uri.UnescapeDataString(answer.Headers.GetValues("X-EngagementFlows-Notice-Text").Single());
}
