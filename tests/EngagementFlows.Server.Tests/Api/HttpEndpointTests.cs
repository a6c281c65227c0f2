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

    [Fact]
    public async Task Post_FormWithFiles_GivesFieldsAndFilesToTheFlow()
    {
        using MultipartFormDataContent form = Form(("one.txt", "text/plain", "first"), ("C:\\folder\\two.pdf", "application/pdf", "second"));

        using HttpResponseMessage answer = await server.Program(StaffRoles.Operator).PostAsync("http/upload", form);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).Should().Be("note|2|one.txt|text/plain|5|first|two.pdf");
    }

    [Theory]
    [InlineData("a.exe", "text/plain", "x", "Invalid file extension")]
    [InlineData("a", "text/plain", "x", "Invalid file extension")]
    [InlineData("a.TXT", "image/png", "x", "Invalid file MIME type")]
    [InlineData("a.txt", "text/plain", "0123456789x", "File too large")]
    [InlineData("a.txt", "text/plain", "0123456789", "Done")]
    public async Task Post_FileThatBreaksALimitOfTheEndpoint_TakesTheOutcomeThatTheEndpointShows(string name, string type, string content, string outcome)
    {
        using MultipartFormDataContent form = Form((name, type, content));

        using HttpResponseMessage answer = await server.Program(StaffRoles.Operator).PostAsync("http/checked", form);

        (await answer.Content.ReadAsStringAsync()).Should().Be(outcome);
    }

    [Fact]
    public async Task Post_BodyThatBreaksALimitWhoseOutcomeIsNotShown_IsRefusedAndTheStartedInstanceEnds()
    {
        using HttpResponseMessage answer = await server.Program(StaffRoles.Operator).PostAsync("http/small", Json("[1,2,3,4,5,6]"));

        answer.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await ReadAsync(answer)).GetProperty("detail").GetString().Should().Contain("13 bytes");
        (await server.Postgres.ScalarAsync<string>("select status from instance where definition_id = 'small'")).Should().Be("finished");
        (await server.Postgres.ScalarAsync<long>("select count(*) from journal j, json_array_elements(j.entries) e where e->>'a' = 'After' and j.instance_id in (select id from instance where definition_id = 'small')")).Should().Be(0, "nothing behind the endpoint ran");
    }

    [Fact]
    public async Task Post_ToAWaitThatRefusesIt_LeavesTheWaitStanding()
    {
        Guid id = await server.StartAsync("waits-small");

        using HttpResponseMessage tooLarge = await server.Program(StaffRoles.Operator).PostAsync("http/later-small", Json("[1,2,3,4,5,6]"));
        using HttpResponseMessage good = await server.Program(StaffRoles.Operator).PostAsync("http/later-small", Json("[1]"));

        tooLarge.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        good.StatusCode.Should().Be(HttpStatusCode.Accepted);
        (await server.Postgres.ScalarAsync<string>("select status from instance where id = $1", id)).Should().Be("finished");
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=x\r\n\r\nnever closed")]
    [InlineData("multipart/form-data; boundary=b", "no part at all")]
    [InlineData("multipart/form-data", "--b--")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nbroken header\r\n\r\nx\r\n--b--\r\n")]
    public async Task Post_BrokenForm_IsABadRequest(string type, string body)
    {
        using StringContent content = new(body);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);

        using HttpResponseMessage answer = await server.Program(StaffRoles.Operator).PostAsync("http/upload", content);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        await ProblemAsync(answer);
    }

    private static MultipartFormDataContent Form(params (string Name, string Type, string Content)[] files)
    {
        MultipartFormDataContent form = new() { { new StringContent("note"), "comment" } };
        foreach ((string name, string type, string content) in files)
        {
            StringContent file = new(content);
            file.Headers.ContentType = new(type);
            form.Add(file, "file", name);
        }

        return form;
    }

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
            Write(folder, "upload", Endpoint("upload", "POST", ", " + Answer.Replace("SCRIPT", UploadScript)));
            Write(folder, "checked", Checked());
            Write(folder, "small", Endpoint("small", "POST", """, { "id": "After", "type": "Elsa.WriteLine" }""", """, "requestSizeLimit": 10"""));
            Write(folder, "waits-small", """
                { "id": "Main", "type": "Elsa.Sequence", "activities": [
                  { "id": "Wait", "type": "Elsa.HttpEndpoint", "path": "later-small", "supportedMethods": ["POST"], "requestSizeLimit": 10 } ] }
                """);
            Write(folder, "silent", Endpoint("silent", "POST", ""));
            Write(folder, "open", Endpoint("open/{id}", "POST\", \"GET", ""));
            Write(folder, "waits-for-http", """
                { "id": "Main", "type": "Elsa.Sequence", "activities": [
                  { "id": "Wait", "type": "Elsa.HttpEndpoint", "path": "later", "supportedMethods": ["POST"] } ] }
                """);
        }

        private const string Answer = """{ "id": "Answer", "type": "Elsa.WriteHttpResponse", "content": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "SCRIPT" } } }""";

        private const string UploadScript = "const f = getOutputFrom('Endpoint', 'Files'), one = getOutputFrom('Endpoint', 'File'); "
            + "[getOutputFrom('Endpoint', 'ParsedContent').comment, f.length, one.fileName, one.contentType, one.size, bytesToString(one.content), f[1].fileName].join('|')";

        private static string Endpoint(string path, string methods, string then, string more = "") => $$"""
            { "id": "Main", "type": "Elsa.Sequence", "activities": [
              { "id": "Endpoint", "type": "Elsa.HttpEndpoint", "path": "{{path}}", "supportedMethods": ["{{methods}}"]{{more}}, "customProperties": { "canStartWorkflow": true } }{{then}} ] }
            """;

        private static string Checked()
        {
            string[] outcomes = ["Done", "File too large", "Invalid file extension", "Invalid file MIME type"];
            string answers = string.Concat(outcomes.Select((outcome, i) => $$""", { "id": "A{{i}}", "type": "Elsa.WriteHttpResponse", "content": "{{outcome}}" }"""));
            string connections = string.Join(',', outcomes.Select((outcome, i) => $$"""{ "source": { "activity": "Endpoint", "port": "{{outcome}}" }, "target": { "activity": "A{{i}}", "port": "In" } }"""));
            return $$"""
                { "id": "Main", "type": "Elsa.Flowchart", "activities": [
                  { "id": "Endpoint", "type": "Elsa.HttpEndpoint", "path": "checked", "supportedMethods": ["POST"], "customProperties": { "canStartWorkflow": true },
                    "fileSizeLimit": 10, "allowedFileExtensions": [".txt", "pdf"], "blockedFileExtensions": ["exe"], "allowedMimeTypes": ["text/plain"],
                    "exposeFileTooLargeOutcome": true, "exposeInvalidFileExtensionOutcome": true, "exposeInvalidFileMimeTypeOutcome": true }{{answers}} ],
                  "connections": [ {{connections}} ] }
                """;
        }

        private static void Write(string folder, string id, string root)
        {
            string process = Directory.CreateDirectory(Path.Combine(folder, "workflows", id)).FullName;
            File.WriteAllText(Path.Combine(process, $"{id}.json"), Definition(id, root));
        }
    }
}
