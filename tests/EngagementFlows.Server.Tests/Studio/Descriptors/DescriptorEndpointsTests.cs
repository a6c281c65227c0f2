using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine.Values;
using EngagementFlows.Testing;
using static EngagementFlows.Server.Tests.Api.ApiFixture;

namespace EngagementFlows.Server.Tests.Studio.Descriptors;

/// <summary>What the Studio asks before it draws, over HTTP.</summary>
public sealed class DescriptorEndpointsTests(DescriptorEndpointsTests.Fixture server) : IClassFixture<DescriptorEndpointsTests.Fixture>
{
    private const string Base = "elsa/api/";

    private HttpClient Program => server.Program(StaffRoles.Operator);

    [Fact]
    public async Task Activities_InBothLanguages_HoldOursElsasAndFlows()
    {
        JsonElement english = await GetAsync("descriptors/activities?Refresh=True");
        JsonElement chinese = await GetAsync("descriptors/activities?Refresh=True", "zh-CN");

        DisplayNames(english).Should().Contain([("EngagementFlows.AskClient", "Ask client"), ("Elsa.FlowDecision", "Decision"), ("SmallFlow", "Small flow"), ("Elsa.NotFoundActivity", "Unknown activity")]);
        DisplayNames(chinese).Should().Contain([("EngagementFlows.AskClient", "询问客户"), ("SmallFlow", "小流程")]);
    }

    [Fact]
    public async Task Activities_AskedAgain_AreNotSentAgainUntilSomethingChanges()
    {
        using HttpResponseMessage first = await Program.GetAsync($"{Base}descriptors/activities?Refresh=True");
        using HttpResponseMessage second = await AgainAsync(first.Headers.ETag!.ToString());
        await server.Postgres.ExecuteAsync(
            "insert into calendar (id, name_en, name_zh, week, changed_at, changed_by) select 'harbour', 'Harbour', '港口', week, now(), 'test' from (select '{}' as week) w");
        using HttpResponseMessage third = await AgainAsync(first.Headers.ETag!.ToString());

        second.StatusCode.Should().Be(HttpStatusCode.NotModified);
        third.StatusCode.Should().Be(HttpStatusCode.OK, "there is a calendar more");
        (await third.Content.ReadAsStringAsync()).Should().Contain("Harbour (harbour)");

        async Task<HttpResponseMessage> AgainAsync(string tag)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, $"{Base}descriptors/activities?Refresh=True");
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            return await Program.SendAsync(request);
        }
    }

    [Fact]
    public async Task Activities_OfAFlow_OfferItsFormsAndToPeopleThePeople()
    {
        (HttpClient person, Guid id) = await server.SignInAsync(StaffRoles.Architect);

        JsonElement asking = await DescribedAsync(person, "asking");
        JsonElement small = await DescribedAsync(Program, "small");

        Offered(asking, "EngagementFlows.AskClient", "Form").Should().Equal("forms/ask.json");
        Offered(asking, "EngagementFlows.AskClient", "ReminderMail").Should().Equal("", "ask", "thanks");
        Offered(asking, "EngagementFlows.AssignTask", "Assignee").Should().Contain($"person:{id:N}@example.com");
        Offered(small, "EngagementFlows.AskClient", "Form").Should().BeEmpty();
        Offered(small, "EngagementFlows.AssignTask", "Assignee").Should().Contain("role:operator").And.NotContain(value => value.StartsWith("person:"));

        static async Task<JsonElement> DescribedAsync(HttpClient client, string flow)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, $"{Base}descriptors/activities?Refresh=True");
            request.Headers.TryAddWithoutValidation("X-EngagementFlows-Flow", flow);
            using HttpResponseMessage answer = await client.SendAsync(request);
            answer.Headers.Vary.Should().Contain("X-EngagementFlows-Flow");
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }
    }

    [Fact]
    public async Task Activities_ForABrowser_ArePacked()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"{Base}descriptors/activities");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");
        using HttpResponseMessage answer = await Program.SendAsync(request);

        answer.Content.Headers.ContentEncoding.Should().Equal("br");
        await using BrotliStream unpacked = new(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using JsonDocument document = await JsonDocument.ParseAsync(unpacked);
        document.RootElement.GetProperty("items").GetArrayLength().Should().Be(document.RootElement.GetProperty("count").GetInt32());
    }

    [Theory]
    [InlineData("features/installed", "fullName", "Elsa.RealTimeWorkflowUpdates")]
    [InlineData("descriptors/expression-descriptors", "type", "Literal,Object,Variable,Input,JavaScript,Liquid")]
    [InlineData("descriptors/workflow-activation-strategies", "displayName", "始终,同时仅一个,每个项目同时仅一个,每个项目同时仅一个流程")]
    [InlineData("descriptors/incident-strategies", "displayName", "停止,等待人工处理")]
    [InlineData("descriptors/log-persistence-strategies", "typeName", "")]
    [InlineData("descriptors/commit-strategies/workflows", "name", "")]
    [InlineData("descriptors/commit-strategies/activities", "name", "")]
    [InlineData("descriptors/output-converters?sourceType=String&destinationType=Object", "id", "")]
    [InlineData("descriptors/storage-drivers", "displayName", "随实例保存,仅到下一次等待,随实例保存（旧流程）")]
    public async Task Vocabulary_InChinese_IsWhatTheEngineHas(string path, string member, string expected)
    {
        JsonElement answer = await GetAsync(path, "zh-CN");

        string.Join(',', answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(member).GetString())).Should().Be(expected);
    }

    [Fact]
    public async Task Expressions_HaveTheEditorsThatTheStudioKnows()
    {
        JsonElement answer = await GetAsync("descriptors/expression-descriptors");

        answer.GetProperty("items").EnumerateArray().Select(item => (
            item.GetProperty("type").GetString(), item.GetProperty("isBrowsable").GetBoolean(), item.GetProperty("isSerializable").GetBoolean(),
            item.GetProperty("properties").TryGetProperty("MonacoLanguage", out JsonElement language) ? language.GetString() : null)).Should().Equal(
            ("Literal", false, true, null), ("Object", false, true, "json"), ("Variable", true, true, null), ("Input", true, true, null), ("JavaScript", true, true, "javascript"), ("Liquid", true, true, "liquid"));
    }

    [Fact]
    public async Task Variables_OfferEachTypeOnceInTheReadersWords()
    {
        JsonElement[] types = [.. (await GetAsync("descriptors/variables", "zh-CN")).GetProperty("items").EnumerateArray()];

        types.Select(type => type.GetProperty("typeName").GetString()).Should().OnlyHaveUniqueItems().And.Contain(["String", "Boolean", "Int32", "Decimal", "DateTimeOffset", "TimeSpan", "Object", "ObjectDictionary"]);
        foreach (JsonElement type in types)
            DataType.TryParse(type.GetProperty("typeName").GetString(), out _).Should().BeTrue(type.ToString());
        types.Select(type => type.GetProperty("displayName").GetString()).Should().OnlyHaveUniqueItems().And.Contain("文字");
    }

    [Fact]
    public async Task Strategies_AreNamesThatTheEngineReads()
    {
        foreach ((string path, string option) in new[] { ("workflow-activation-strategies", "activationStrategyType"), ("incident-strategies", "incidentStrategyType") })
        {
            foreach (JsonElement strategy in (await GetAsync($"descriptors/{path}")).GetProperty("items").EnumerateArray())
            {
                using HttpResponseMessage check = await Program.PostAsync("api/definitions/validate", Json($$"""
                    { "definitionId": "s", "name": "s", "version": 1, "options": { "{{option}}": "{{strategy.GetProperty("typeName").GetString()}}" }, "root": { "id": "Main", "type": "Elsa.WriteLine", "text": "x" } }
                    """));
                (await ReadAsync(check)).GetProperty("isRefused").GetBoolean().Should().BeFalse(strategy.GetProperty("typeName").GetString());
            }
        }
    }

    [Fact]
    public async Task Options_OfFormsAndMails_AreThoseOfTheFlowThatIsDrawn()
    {
        (await ChoicesAsync("EngagementFlows.AskClient", "Form", "{}", flow: "asking")).Should().Equal("forms/ask.json");
        (await ChoicesAsync("EngagementFlows.AskClient", "ReminderMail", "{}", flow: "asking")).Should().Equal("", "ask", "thanks");
        (await ChoicesAsync("EngagementFlows.ProposeVersion", "Form", "{}", flow: "asking")).Should().Equal("built-in/meeting-answer.json", "built-in/figures.json", "forms/ask.json");
        (await ChoicesAsync("EngagementFlows.AskClient", "Form", "{}", flow: "unknown")).Should().BeEmpty();
        (await ChoicesAsync("EngagementFlows.AskClient", "Form", "{}", flow: null)).Should().BeEmpty();
    }

    [Fact]
    public async Task Options_OfAnotherFlowsForms_GoByTheFlowThatTheActivityNames() =>
        (await ChoicesAsync("EngagementFlows.OfferStandingLink", "Form", """{"definition":{"typeName":"String","expression":{"type":"Literal","value":"asking"}}}""", flow: "small"))
            .Should().Equal("forms/ask.json");

    [Fact]
    public async Task Options_WhatStandsThereNow_IsAlwaysAmongThem() =>
        (await ChoicesAsync("EngagementFlows.AskClient", "Mail", """{"mail":{"typeName":"String","expression":{"type":"Literal","value":"from-before"}}}""", flow: "asking"))
            .Should().Equal("ask", "thanks", "from-before");

    [Fact]
    public async Task Options_OfAssignees_NamePeopleToPeopleAlone()
    {
        (HttpClient person, Guid id) = await server.SignInAsync(StaffRoles.Architect);

        (await ChoicesAsync("EngagementFlows.AssignTask", "Assignee", "{}", flow: null, person)).Should().Contain(["owner", "architect", "third", "role:operator", $"person:{id:N}@example.com"]);
        (await ChoicesAsync("EngagementFlows.AssignTask", "Assignee", "{}", flow: null)).Should().Contain("role:operator").And.NotContain(value => value.StartsWith("person:"));
    }

    [Theory]
    [InlineData("EngagementFlows.AskClient", "Message")]
    [InlineData("EngagementFlows.AskClient", "Nothing")]
    [InlineData("Acme.Nothing", "Form")]
    public async Task Options_OfWhatHasNone_AreNotFound(string type, string input)
    {
        using HttpResponseMessage answer = await Program.PostAsync($"{Base}descriptors/activities/{type}/options/{input}", Json("{}"));

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"context":3}""")]
    public async Task Options_OfBodiesThatAreOdd_AreRefusedOrAnswered(string body)
    {
        using HttpResponseMessage answer = await Program.PostAsync($"{Base}descriptors/activities/EngagementFlows.AskClient/options/Form", Json(body));

        answer.StatusCode.Should().BeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.OK);
    }

    [Fact]
    public async Task TypeDefinitions_DeclareWhatScriptsOfTheFlowFind()
    {
        string text = await TypesAsync("asking", "zh-CN");

        text.Should().Contain("declare function getAmount(): number;").And.Contain("declare function setAmount(value: number): void;")
            .And.Contain("""declare const variables: { "Amount": number; "when due": Date; [name: string]: any };""")
            .And.Contain("""declare function getVariable(name: "when due"): Date;""").And.NotContain("getWhenDue")
            .And.Contain("declare function getUrgent(): boolean;").And.Contain("""declare function getInput(name: "Urgent"): boolean;""")
            .And.Contain("declare function getAnswersFromAskClient1(): any;").And.Contain("""declare function getOutputFrom(activity: "Ask", output: "AnsweredBy"): string;""")
            .And.Contain("declare function getCorrelationId(): string | null;").And.Contain("FromHours(hours: number): TimeSpan").And.Contain("所属项目");
        text.IndexOf("""getVariable(name: "Amount")""", StringComparison.Ordinal).Should().BeLessThan(text.IndexOf("getVariable(name: string)", StringComparison.Ordinal), "the first declaration that fits counts");
        (await TypesAsync("nothing", "en")).Should().Contain("declare function toJson(value: any): string;").And.NotContain("getAmount");
    }

    [Fact]
    public async Task EveryDescriptor_IsClosedToThoseWithoutADesigner()
    {
        foreach (string path in new[] { "descriptors/activities", "descriptors/variables", "features/installed" })
        {
            using HttpResponseMessage manager = await server.Program(StaffRoles.AccountManager).GetAsync(Base + path);
            using HttpResponseMessage stranger = await server.Anonymous().GetAsync(Base + path);
            manager.StatusCode.Should().Be(HttpStatusCode.Forbidden, path);
            stranger.StatusCode.Should().Be(HttpStatusCode.Unauthorized, path);
        }
    }

    private async Task<JsonElement> GetAsync(string path, string language = "en")
    {
        using HttpRequestMessage request = new(HttpMethod.Get, Base + path);
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        using HttpResponseMessage answer = await Program.SendAsync(request);
        answer.StatusCode.Should().Be(HttpStatusCode.OK, path);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<string[]> ChoicesAsync(string type, string input, string context, string? flow, HttpClient? client = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"{Base}descriptors/activities/{type}/options/{input}") { Content = Json($$"""{"context":{{context}}}""") };
        if (flow is not null)
            request.Headers.Referrer = new Uri(server.Address, $"designer/workflows/definitions/{flow}/edit");
        using HttpResponseMessage answer = await (client ?? Program).SendAsync(request);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return [.. (await ReadAsync(answer)).GetProperty("items").GetProperty("dropdown").GetProperty("selectList").GetProperty("items").EnumerateArray().Select(item => item.GetProperty("value").GetString()!)];
    }

    private static string[] Offered(JsonElement described, string type, string input) =>
    [
        .. described.GetProperty("items").EnumerateArray().Single(activity => activity.GetProperty("typeName").GetString() == type)
            .GetProperty("inputs").EnumerateArray().Single(found => found.GetProperty("name").GetString() == input)
            .GetProperty("uiSpecifications").GetProperty("dropdown").GetProperty("selectList").GetProperty("items").EnumerateArray().Select(item => item.GetProperty("value").GetString()!),
    ];

    private async Task<string> TypesAsync(string definitionId, string language)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"{Base}scripting/javascript/type-definitions/{definitionId}")
        {
            Content = Json($$"""{"workflowDefinitionId":"{{definitionId}}","activityTypeName":"Elsa.SetVariable","propertyName":"Value"}"""),
        };
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        using HttpResponseMessage answer = await Program.SendAsync(request);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("text/plain");
        return await answer.Content.ReadAsStringAsync();
    }

    private static IEnumerable<(string?, string?)> DisplayNames(JsonElement answer) =>
        answer.GetProperty("items").EnumerateArray().Select(item => (item.GetProperty("typeName").GetString(), item.GetProperty("displayName").GetString()));

    /// <summary>A server with a flow that has a form and mails, and one that is an activity.</summary>
    public sealed class Fixture : ServerFixture
    {
        protected override void WriteFiles(string folder)
        {
            Write("small/small.json", """
                { "definitionId": "small", "id": "small-v1", "name": "Small flow", "version": 1, "options": { "usableAsActivity": true },
                  "customProperties": { "displayName": { "en": "Small flow", "zh-CN": "小流程" } }, "root": { "id": "Main", "type": "Elsa.WriteLine", "version": 1, "text": "hello" } }
                """);
            Write("asking/asking.json", """
                { "definitionId": "asking", "id": "asking-v1", "name": "Asking", "version": 1, "inputs": [ { "name": "Urgent", "type": "Boolean", "description": "Whether it hurries." } ],
                  "variables": [ { "id": "v1", "name": "Amount", "typeName": "Decimal" }, { "id": "v2", "name": "when due", "typeName": "DateTimeOffset" } ],
                  "root": { "id": "Main", "type": "Elsa.Sequence", "version": 1, "activities": [
                    { "id": "Ask", "name": "AskClient1", "type": "EngagementFlows.AskClient", "version": 1, "form": "forms/ask.json", "mail": "ask" } ] } }
                """);
            Write("asking/forms/ask.json", """{ "elements": [ { "type": "text", "name": "answer", "title": { "default": "Answer", "zh-cn": "回答" } } ] }""");
            foreach (string mail in new[] { "ask", "thanks" })
            {
                foreach (string language in new[] { "en", "zh-CN" })
                    Write($"asking/mail/{mail}.{language}.md", "---\nsubject: \"Hello\"\n---\nDear {{ Contact.Name }},\n\n[Open]({{ Link }})\n");
                Write($"asking/mail/{mail}.sample.json", """{ "Contact": { "Name": "Li Wei" }, "Link": "https://example.com" }""");
            }

            void Write(string path, string text)
            {
                string file = Path.Combine(folder, "workflows", path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, text, Encoding.UTF8);
            }
        }
    }
}
