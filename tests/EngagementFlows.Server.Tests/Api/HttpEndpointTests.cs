using System.Net;
using System.Text.Json;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.HttpEndpoints;
using EngagementFlows.Testing;
using static EngagementFlows.Server.Tests.Api.ApiFixture;

namespace EngagementFlows.Server.Tests.Api;

public sealed class HttpEndpointTests(HttpEndpointTests.Fixture server) : IClassFixture<HttpEndpointTests.Fixture>
{
    [Fact]
    public async Task Post_StartsTheFlowAndGetsItsAnswer()
    {
        using HttpResponseMessage answer = await server.Program(StaffRoles.Operator).PostAsync("http/answered/7", Json("""{"a":1}"""));

        answer.StatusCode.Should().Be(HttpStatusCode.Created);
        (await answer.Content.ReadAsStringAsync()).Should().Be("thank you");
        answer.Headers.GetValues("Content-Security-Policy").Single().Should().StartWith("sandbox");
    }

    [Fact]
    public async Task Post_FlowWritesNothing_IsAcceptedWithTheInstance()
    {
        using HttpResponseMessage answer = await server.Program(StaffRoles.Operator).PostAsync("http/silent", Json("{}"));

        answer.StatusCode.Should().Be(HttpStatusCode.Accepted);
        Guid id = (await ReadAsync(answer)).GetProperty("id").GetGuid();
        (await server.Postgres.ScalarAsync<string>("select definition_id from instance where id = $1", id)).Should().Be("silent");
    }

    [Fact]
    public async Task Wait_IsResumedByItsRequest()
    {
        Guid id = await server.StartAsync("waits-for-http");

        using HttpResponseMessage answer = await server.Program(StaffRoles.Operator).PostAsync("http/later", Json("{}"));

        answer.StatusCode.Should().Be(HttpStatusCode.Accepted);
        (await server.Postgres.ScalarAsync<string>("select status from instance where id = $1", id)).Should().Be("finished");
    }

    [Fact]
    public async Task Anonymous_IsLetInOnlyWhereASettingListsThePath()
    {
        using HttpResponseMessage closed = await server.Anonymous().PostAsync("http/silent", Json("{}"));
        using HttpResponseMessage open = await server.Anonymous().PostAsync("http/open/5", Json("{}"));

        closed.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        open.StatusCode.Should().Be(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Get_IsTakenOnlyWhereASettingListsThePath()
    {
        long before = await server.Postgres.ScalarAsync<long>("select count(*) from instance");
        using HttpResponseMessage closed = await server.Program(StaffRoles.Operator).GetAsync("http/silent");

        closed.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        (await server.Postgres.ScalarAsync<long>("select count(*) from instance")).Should().Be(before);
        (await server.Anonymous().GetAsync("http/open/5")).StatusCode.Should().Be(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task UnknownPath_SaysThatNobodyWaits()
    {
        using HttpResponseMessage answer = await server.Program(StaffRoles.Operator).PostAsync("http/nobody", Json("{}"));

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await ProblemAsync(answer)).Should().Contain("/http/nobody");
    }

    [Fact]
    public async Task Auditor_StartsNothing() =>
        (await server.Program(StaffRoles.Auditor).PostAsync("http/silent", Json("{}"))).StatusCode.Should().Be(HttpStatusCode.Forbidden);

    [Theory]
    [InlineData("orders", "orders", true)]
    [InlineData("orders", "Orders", true)]
    [InlineData("orders/{id}", "orders/5", true)]
    [InlineData("orders/{id}", "orders", false)]
    [InlineData("orders/{id}", "orders/5/lines", false)]
    [InlineData("orders/{id}/lines/{line}", "orders/5/lines/7", true)]
    [InlineData("orders", "offers", false)]
    public void RouteTemplate_Match_ComparesPartByPart(string template, string path, bool matches) =>
        (RouteTemplate.Match(template, path) is not null).Should().Be(matches);

    [Fact]
    public void RouteTemplate_Match_GivesTheParts() =>
        RouteTemplate.Match("orders/{id}/lines/{line}", "orders/5/lines/7").Should().BeEquivalentTo(
            new[] { KeyValuePair.Create<string, object?>("id", "5"), KeyValuePair.Create<string, object?>("line", "7") });

    public sealed class Fixture : ServerFixture
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
        {
            ["EngagementFlows:Http:AnonymousPaths"] = "open/{id}",
            ["EngagementFlows:Http:GetPaths"] = "open/{id}",
        };

        public async Task<Guid> StartAsync(string definitionId)
        {
            using HttpResponseMessage answer = await Program(StaffRoles.Operator).PostAsync("api/instances", Json($$"""{"definitionId":"{{definitionId}}"}"""));
            JsonElement started = await ReadAsync(answer);
            return started.GetProperty("instance").GetProperty("id").GetGuid();
        }

        protected override void WriteFiles(string folder)
        {
            Write(folder, "answered", Endpoint("answered/{id}", "POST", """, { "id": "Answer", "type": "Elsa.WriteHttpResponse", "statusCode": 201, "content": "thank you", "contentType": "text/plain" }"""));
            Write(folder, "silent", Endpoint("silent", "POST", ""));
            Write(folder, "open", Endpoint("open/{id}", "POST\", \"GET", ""));
            Write(folder, "waits-for-http", """
                { "id": "Main", "type": "Elsa.Sequence", "activities": [
                  { "id": "Wait", "type": "Elsa.HttpEndpoint", "path": "later", "supportedMethods": ["POST"] } ] }
                """);
        }

        private static string Endpoint(string path, string methods, string then) => $$"""
            { "id": "Main", "type": "Elsa.Sequence", "activities": [
              { "id": "Endpoint", "type": "Elsa.HttpEndpoint", "path": "{{path}}", "supportedMethods": ["{{methods}}"], "customProperties": { "canStartWorkflow": true } }{{then}} ] }
            """;

        private static void Write(string folder, string id, string root)
        {
            string process = Directory.CreateDirectory(Path.Combine(folder, "workflows", id)).FullName;
            File.WriteAllText(Path.Combine(process, $"{id}.json"), Definition(id, root));
        }
    }
}
