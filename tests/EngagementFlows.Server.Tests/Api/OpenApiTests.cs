using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Api;

public sealed class OpenApiTests(ApiFixture server) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Document_NamesExactlyTheRoutes()
    {
        JsonElement document = await DocumentAsync();

        IEnumerable<string> documented =
            from path in document.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            select $"{operation.Name.ToUpperInvariant()} {path.Name}";
        IEnumerable<string> mapped =
            from source in server.Services.GetServices<EndpointDataSource>()
            from endpoint in source.Endpoints.OfType<RouteEndpoint>()
            let pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/')
            where pattern.StartsWith("/api/", StringComparison.Ordinal) || pattern.StartsWith("/health/", StringComparison.Ordinal) || pattern.StartsWith("/hooks/", StringComparison.Ordinal)
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
            select $"{method} {pattern.Replace(":guid", "", StringComparison.Ordinal).Replace(":int", "", StringComparison.Ordinal)}";
        documented.Should().BeEquivalentTo(mapped);
    }

    [Fact]
    public async Task Operations_HaveASummaryEach()
    {
        JsonElement document = await DocumentAsync();

        foreach (JsonProperty path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (JsonProperty operation in path.Value.EnumerateObject())
                operation.Value.GetProperty("summary").GetString().Should().EndWith(".", $"{operation.Name} {path.Name}");
        }
    }

    // What makes nothing, or can be done once only whatever is sent.
    private static readonly Dictionary<string, string> NeedNoKey = new(StringComparer.Ordinal)
    {
        ["/api/definitions/validate"] = "stores nothing",
        ["/api/definitions/versions/{versionId}/submit"] = "moves a version from state to state: a repetition is refused with the state",
        ["/api/definitions/versions/{versionId}/return"] = "moves a version from state to state: a repetition is refused with the state",
        ["/api/definitions/versions/{versionId}/publish"] = "moves a version from state to state: a repetition is refused with the state",
        ["/api/definitions/versions/{versionId}/retract"] = "moves a version from state to state: a repetition is refused with the state",
        ["/api/definitions/versions/{versionId}/migration"] = "moves instances to a version: one that is there already stays",
        ["/api/clients/imports/{id}/confirm"] = "an import is confirmed once: a repetition is refused with its state",
        ["/api/clients/imports/{id}/cancel"] = "an import is dropped once: a repetition is refused with its state",
        ["/api/instances/{id}/calls/{callId}/settle"] = "names the attempt that it decides about: a repetition is refused",
        ["/api/clients/{id}/erase"] = "twice is the same as once",
        ["/api/engagements/{id}/milestones/{milestone}/reached"] = "marked twice is the same as once",
        ["/api/links/{id}/revoke"] = "twice is the same as once",
        ["/api/engagements/{id}/standing-links"] = "whoever has a link keeps it: twice is the same as once",
        ["/api/standing-links/{id}/revoke"] = "twice is the same as once",
        ["/api/tasks/{id}/reassign"] = "asks for If-Match: a repetition is told that the task has changed, and by whom",
        ["/api/meetings/{id}/move"] = "asks for If-Match: a repetition is told that the meeting has changed, and by whom",
        ["/api/meetings/{id}/cancel"] = "asks for If-Match: a repetition is told that the meeting has changed, and by whom",
        ["/api/meetings/{id}/answer"] = "a later answer replaces an earlier one: twice is the same as once",
        ["/api/schedules/preview"] = "stores nothing",
        ["/api/schedules/{id}/pause"] = "asks for If-Match: a repetition is told that the schedule has changed, and by whom",
        ["/api/schedules/{id}/resume"] = "asks for If-Match: a repetition is told that the schedule has changed, and by whom",
        ["/api/webhooks/{id}/secret"] = "asks for If-Match: a repetition is told that the webhook has changed, and by whom",
        ["/api/hooks/{name}/secret"] = "asks for If-Match: a repetition is told that the hook has changed, and by whom",
        ["/api/people/{id}/personnel-file/readers"] = "names the readers outright: a repetition finds them named",
        ["/hooks/{name}"] = "the message's own webhook-id is its key",
    };

    [Fact]
    public async Task PostsThatMakeSomething_TakeAnIdempotencyKey()
    {
        JsonElement document = await DocumentAsync();
        List<string> without = [];
        foreach (JsonProperty path in document.GetProperty("paths").EnumerateObject().Where(path => path.Value.TryGetProperty("post", out _)))
        {
            JsonElement post = path.Value.GetProperty("post");
            bool takesKey = post.TryGetProperty("parameters", out JsonElement parameters)
                && parameters.EnumerateArray().Any(parameter => parameter.GetProperty("name").GetString() == "Idempotency-Key" && parameter.GetProperty("in").GetString() == "header");
            if (!takesKey)
                without.Add(path.Name);
        }

        without.Should().BeEquivalentTo(NeedNoKey.Keys, "each POST makes something and takes a key, or says here why it needs none");
    }

    [Fact]
    public async Task UnknownAddress_IsAProblemNotAPage()
    {
        using HttpResponseMessage answer = await server.Program("auditor").GetAsync("api/nothing/here");

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await ApiFixture.ProblemAsync(answer)).Should().Contain("'/api/nothing/here'");
    }

    [Fact]
    public async Task WrongMethod_IsAProblem()
    {
        using HttpResponseMessage answer = await server.Program("auditor").DeleteAsync("api/instances");

        answer.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        await ApiFixture.ProblemAsync(answer);
    }

    [Theory]
    [InlineData("sign-in")]
    [InlineData("api/instances")]
    [InlineData("health/live")]
    [InlineData("mailbox")]
    public async Task EveryAnswer_HasTheSecurityHeaders(string path)
    {
        using HttpResponseMessage answer = await server.Anonymous().GetAsync(path);

        answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        answer.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("default-src 'self'").And.Contain("frame-ancestors").And.NotContain("unsafe-eval");
        answer.Headers.GetValues("Referrer-Policy").Should().Equal("same-origin");
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        answer.Headers.Contains("Server").Should().BeFalse();
    }

    private async Task<JsonElement> DocumentAsync() =>
        JsonDocument.Parse(await server.Anonymous().GetStringAsync("openapi/v1.json")).RootElement;
}
