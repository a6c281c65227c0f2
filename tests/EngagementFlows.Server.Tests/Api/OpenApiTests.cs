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
            select $"{method} {pattern.Replace(":guid", "", StringComparison.Ordinal)}";
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

    [Fact]
    public async Task PostsThatMakeSomething_TakeAnIdempotencyKey()
    {
        JsonElement start = (await DocumentAsync()).GetProperty("paths").GetProperty("/api/instances").GetProperty("post");

        start.GetProperty("parameters").EnumerateArray().Should().Contain(parameter => parameter.GetProperty("name").GetString() == "Idempotency-Key");
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
