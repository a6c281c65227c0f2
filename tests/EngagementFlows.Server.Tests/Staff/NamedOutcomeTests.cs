using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using EngagementFlows.Server.Tests.Api;

namespace EngagementFlows.Server.Tests.Staff;

/// <summary>An author names the outcomes and cases of his flow in both languages, and says so what it is for; everybody reads that in his own.</summary>
public sealed class NamedOutcomeTests(NamedOutcomeTests.Fixture house) : IClassFixture<NamedOutcomeTests.Fixture>
{
    private const string Version = "named-ways-v1";

    [Fact]
    public async Task Task_OfAFlow_HasTheWordsOfItsAuthorOnItsButtonsAndInWhatIsToldOfIt()
    {
        Guid instance = await house.StartAsync();
        Guid task = await house.Postgres.ScalarAsync<Guid>("select id from task where instance_id = $1", instance);

        IDocument english = await house.ReadAsync($"/inbox/{task}");
        IDocument chinese = await house.ReadAsync($"/inbox/{task}", "zh-CN");
        using HttpResponseMessage done = await house.Staff.PostAsJsonAsync($"api/tasks/{task}/complete", new { outcome = "Ship it" });
        IDocument closed = await house.ReadAsync($"/inbox/{task}", "zh-CN");
        IDocument story = await house.ReadAsync($"/instances/{instance}", "zh-CN");

        ButtonsOf(english).Should().Equal("Ship it", "Wait");
        ButtonsOf(chinese).Should().Equal("发货", "Wait");
        done.StatusCode.Should().Be(HttpStatusCode.OK, await done.Content.ReadAsStringAsync());
        closed.QuerySelector(".page-line")!.TextContent.Should().Contain("发货");
        story.Body!.TextContent.Should().Contain("走向“发货”").And.Contain("走向“加急”");
        (await house.Postgres.ScalarAsync<string>("select text_zh from timeline_entry where instance_id = $1 and kind = 'task' order by at desc limit 1", instance)).Should().Contain("：发货");
    }

    [Fact]
    public async Task Version_ShowsThemInItsPictureAndInWhatItChanges()
    {
        IDocument english = await house.ReadAsync($"/definitions/{Version}");
        IDocument chinese = await house.ReadAsync($"/definitions/{Version}", "zh-CN");
        IDocument review = await house.ReadAsync($"/definitions/{await house.ImportAsync("""{ "activity": "How", "port": "Express" }, "target": { "activity": "Say" }""", """{ "activity": "How", "port": "Express" }, "target": { "activity": "Pack" }""")}/review", "zh-CN");

        english.QuerySelector(".flow-picture")!.TextContent.Should().Contain("Ship it").And.Contain("Express");
        chinese.QuerySelector(".flow-picture")!.TextContent.Should().Contain("发货").And.Contain("加急").And.NotContain("Express");
        review.QuerySelector("ul.plain")!.TextContent.Should().Contain("加急").And.NotContain("Express");
    }

    [Theory]
    [InlineData("en", "Sends what was ordered.")]
    [InlineData("zh-CN", "发出所订货物。")]
    public async Task Designer_ReadsInTheReadersLanguageWhatTheFlowIsFor(string language, string words)
    {
        (await house.DesignerAsync("workflow-definitions?VersionOptions=Latest&SearchTerm=所订", language)).GetProperty("items")[0].GetProperty("description").GetString().Should().Be(words);
        (await house.DesignerAsync("workflow-definitions/by-definition-id/named-ways?versionOptions=Latest", language)).GetProperty("description").GetString().Should().Be(words);
    }

    private static IEnumerable<string> ButtonsOf(IDocument page) => page.QuerySelectorAll("button[name=outcome]").Select(button => button.TextContent.Trim());

    /// <summary>The sample firm with a flow whose author named its ways.</summary>
    public sealed class Fixture : HouseFixture
    {
        private const string Flow = """
            { "definitionId": "named-ways", "id": "named-ways-v1", "version": 1, "isPublished": true, "name": "Named ways", "description": "Sends what was ordered.",
              "customProperties": {
                "displayName": { "en": "Named ways", "zh-CN": "命名出口" },
                "description": { "zh-CN": "发出所订货物。" },
                "outcomes": { "Ship it": { "displayName": { "zh-CN": "发货" } }, "Express": { "displayName": { "zh-CN": "加急" } }, "Odd": 1 } },
              "root": { "id": "Main", "type": "Elsa.Flowchart", "version": 1, "activities": [
                { "id": "Pack", "type": "EngagementFlows.AssignTask", "version": 1, "assignee": "role:operator", "title": "Pack it", "titleZh": "包装", "dueIn": "3 working days",
                  "outcomes": { "typeName": "String[]", "expression": { "type": "Object", "value": "[\"Ship it\", \"Wait\"]" } } },
                { "id": "How", "type": "Elsa.FlowSwitch", "version": 1, "cases": [ { "label": "Express", "condition": { "type": "JavaScript", "value": "true" } } ] },
                { "id": "Say", "type": "Elsa.WriteLine", "version": 1, "text": "gone" } ],
              "connections": [
                { "source": { "activity": "Pack", "port": "Ship it" }, "target": { "activity": "How" } },
                { "source": { "activity": "Pack", "port": "Wait" }, "target": { "activity": "Say" } },
                { "source": { "activity": "Pack", "port": "Timed out" }, "target": { "activity": "Say" } },
                { "source": { "activity": "How", "port": "Express" }, "target": { "activity": "Say" } },
                { "source": { "activity": "How", "port": "Default" }, "target": { "activity": "Say" } } ] } }
            """;

        public async Task<Guid> StartAsync()
        {
            Guid engagement = await Postgres.ScalarAsync<Guid>("select id from engagement order by id limit 1");
            using HttpResponseMessage started = await Staff.PostAsJsonAsync("api/instances", new { definitionId = "named-ways", correlationId = engagement.ToString("D") });
            started.StatusCode.Should().Be(HttpStatusCode.Created, await started.Content.ReadAsStringAsync());
            return (await ApiFixture.ReadAsync(started)).GetProperty("instance").GetProperty("id").GetGuid();
        }

        /// <summary>Imports the flow with something changed, as a draft; returns the version's id.</summary>
        public async Task<string> ImportAsync(string before, string after)
        {
            using HttpResponseMessage imported = await Staff.PostAsync("api/definitions/import", ApiFixture.Json(Flow.Replace(before, after, StringComparison.Ordinal)));
            return (await ApiFixture.ReadAsync(imported)).GetProperty("versionId").GetString()!;
        }

        public async Task<JsonElement> DesignerAsync(string path, string language)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, $"elsa/api/{path}");
            request.Headers.Add("Cookie", $"ef-language={language}");
            using HttpResponseMessage answer = await Staff.SendAsync(request);
            answer.StatusCode.Should().Be(HttpStatusCode.OK);
            return await ApiFixture.ReadAsync(answer);
        }

        protected override void WriteFiles(string folder)
        {
            base.WriteFiles(folder);
            string process = Path.Combine(folder, "workflows", "named-ways");
            Directory.CreateDirectory(process);
            File.WriteAllText(Path.Combine(process, "named-ways.json"), Flow);
        }
    }
}
