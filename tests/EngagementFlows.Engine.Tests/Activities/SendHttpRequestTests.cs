using System.Text;
using EngagementFlows.Engine.Activities.Http;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Tests.Definitions;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Tests.Activities;

public sealed class SendHttpRequestTests
{
    private const string Nested = """
        { "id": "Main", "type": "Elsa.Sequence", "activities": [
          { "id": "Call", "type": "Elsa.SendHttpRequest", "url": "https://api.example.com/", "method": "post", "content": "hello", "authorization": "Bearer x",
            "expectedStatusCodes": [
              { "statusCode": 200, "activity": { "id": "On200", "type": "Elsa.WriteLine", "text": "200" } },
              { "statusCode": 404, "activity": { "id": "On404", "type": "Elsa.WriteLine", "text": "404" } },
              { "statusCode": 204, "activity": null } ],
            "unmatchedStatusCode": { "id": "Other", "type": "Elsa.WriteLine", "text": "unmatched" },
            "failedToConnect": { "id": "NoLine", "type": "Elsa.WriteLine", "text": "no connection" },
            "timeout": { "id": "Late", "type": "Elsa.WriteLine", "text": "timeout" } },
          { "id": "After", "type": "Elsa.WriteLine", "text": "after" } ] }
        """;

    private const string Flow = """
        { "id": "Main", "type": "Elsa.Flowchart",
          "activities": [
            { "id": "Call", "type": "Elsa.FlowSendHttpRequest", "url": "https://api.example.com/", "expectedStatusCodes": [200, 404] },
            { "id": "A", "type": "Elsa.WriteLine", "text": "200" }, { "id": "B", "type": "Elsa.WriteLine", "text": "404" }, { "id": "C", "type": "Elsa.WriteLine", "text": "unmatched" },
            { "id": "D", "type": "Elsa.WriteLine", "text": "no connection" }, { "id": "E", "type": "Elsa.WriteLine", "text": "timeout" }, { "id": "F", "type": "Elsa.WriteLine", "text": "after" } ],
          "connections": [
            { "source": { "activity": "Call", "port": "200" }, "target": { "activity": "A" } }, { "source": { "activity": "Call", "port": "404" }, "target": { "activity": "B" } },
            { "source": { "activity": "Call", "port": "Unmatched status code" }, "target": { "activity": "C" } }, { "source": { "activity": "Call", "port": "Failed to connect" }, "target": { "activity": "D" } },
            { "source": { "activity": "Call", "port": "Timeout" }, "target": { "activity": "E" } }, { "source": { "activity": "Call", "port": "Done" }, "target": { "activity": "F" } } ] }
        """;

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly PlainObject NoConnection = HttpProtocol.Failed(HttpCallFailure.Connect, "Nobody listens.");
    private static readonly PlainObject Late = HttpProtocol.Failed(HttpCallFailure.Timeout, "No answer came.");

    private readonly InstanceRunner _runner = new(EngineSettings.Default);

    [Fact]
    public void Execute_Nested_AsksForTheCallOnce()
    {
        InstanceChange change = _runner.Run(Catalogue(Nested), [], Start(), Now).Changes[0];

        HttpCallRequested call = change.Effects.OfType<HttpCallRequested>().Should().ContainSingle().Subject;
        call.Method.Should().Be("POST");
        call.Content.Should().Be("hello");
        call.ContentType.Should().StartWith("text/plain");
        call.Headers["Authorization"].Should().Be("Bearer x");
    }

    [Theory]
    [InlineData(200, "200,after")]
    [InlineData(404, "404,after")]
    [InlineData(204, "after")]
    [InlineData(500, "unmatched,after")]
    public void Resume_Nested_RunsTheActivityOfTheStatus(int status, string expected) => Lines(Nested, Answer(status)).Should().Be(expected);

    [Fact]
    public void Resume_NestedWithoutAnswer_RunsTheActivityOfTheFailure()
    {
        Lines(Nested, NoConnection).Should().Be("no connection,after");
        Lines(Nested, Late).Should().Be("timeout,after");
    }

    [Theory]
    [InlineData(200, "200,after")]
    [InlineData(404, "404,after")]
    [InlineData(500, "unmatched,after")]
    public void Resume_Flow_TakesTheOutcomeOfTheStatusAndDone(int status, string expected) => Lines(Flow, Answer(status)).Should().Be(expected);

    [Fact]
    public void Resume_FlowWithoutAnswer_TakesTheOutcomeOfTheFailureOnly()
    {
        Lines(Flow, NoConnection).Should().Be("no connection");
        Lines(Flow, Late).Should().Be("timeout");
    }

    [Fact]
    public void Resume_CallThatTheRulesRefuse_IsAnIncident()
    {
        InstanceChange change = Resume(Nested, HttpProtocol.Failed(HttpCallFailure.Refused, "The host is not allowed."));

        change.IncidentsOpened.Should().ContainSingle().Which.Innermost.Should().Contain("The host is not allowed.");
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("application/problem+json", """{"status":500}""", """{"status":500}""")]
    [InlineData("application/json", "{broken", "\"{broken\"")]
    [InlineData("text/plain", "{\"a\":1}", "\"{\\u0022a\\u0022:1}\"")]
    [InlineData(null, "text", "\"text\"")]
    public void Resume_Answer_IsJsonOrTextByItsType(string? type, string body, string expected)
    {
        string flow = Nested.Replace("\"text\": \"200\"", "\"text\": { \"typeName\": \"String\", \"expression\": { \"type\": \"JavaScript\", \"value\": \"toJson(getOutputFrom('Call', 'ParsedContent'))\" } }");

        Lines(flow, HttpProtocol.Answered(200, new PlainObject(), type, Encoding.UTF8.GetBytes(body))).Should().StartWith(expected + ",");
    }

    private static PlainObject Answer(int status) => HttpProtocol.Answered(status, new PlainObject(), "text/plain", "x"u8.ToArray());

    private static StartRequested Start() => new(new Guid("0198c0de-0000-7000-8000-000000000001"), "flow");

    private static DefinitionCatalogue Catalogue(string root) => Flows.Catalogue(Flows.Of(root));

    private string Lines(string root, PlainObject input)
    {
        InstanceChange change = Resume(root, input);
        change.Instance.Status.Should().Be(InstanceStatus.Finished, change.IncidentsOpened.Count > 0 ? change.IncidentsOpened[0].Innermost : "it goes on to its end");
        return string.Join(',', change.Journal.Where(entry => entry.Event == "Line").Select(entry => entry.Text));
    }

    private InstanceChange Resume(string root, PlainObject input)
    {
        InstanceChange started = _runner.Run(Catalogue(root), [], Start(), Now).Changes[0];
        return _runner.Run(Catalogue(root), [started.Instance], new BookmarkResumed(started.Instance.Id, started.BookmarksMade.Single().Id, input), Now).Changes[0];
    }
}
