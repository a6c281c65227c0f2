using System.Net;
using System.Text;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Api;

/// <summary>Every route of the API against every role: what no policy allows is refused, and nobody gets in without a name.</summary>
public sealed class AuthorizationMatrixTests(ApiFixture server) : IClassFixture<ApiFixture>
{
    private const string UnknownId = "00000000-0000-7000-8000-000000000000";

    [Fact]
    public async Task Anonymous_OnEveryRoute_IsRefused()
    {
        foreach ((string method, string path, _) in Routes())
            (await SendAsync(server.Anonymous(), method, path)).Should().Be(HttpStatusCode.Unauthorized, $"{method} {path}");
    }

    [Fact]
    public async Task WrongKey_OnEveryRoute_IsRefused()
    {
        HttpClient client = server.Anonymous();
        client.DefaultRequestHeaders.Add("X-Api-Key", new string('0', 40));

        foreach ((string method, string path, _) in Routes())
            (await SendAsync(client, method, path)).Should().Be(HttpStatusCode.Unauthorized, $"{method} {path}");
    }

    [Fact]
    public async Task EveryRole_OnEveryRoute_GetsWhatItsPoliciesAllow()
    {
        int cells = 0;
        foreach (string role in StaffRoles.All)
        {
            HttpClient client = server.Program(role);
            foreach ((string method, string path, IReadOnlyList<string> policies) in Routes())
            {
                bool allowed = policies.All(policy => Policies.Allows(policy, [role]));
                HttpStatusCode status = await SendAsync(client, method, path);
                (status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized).Should().Be(!allowed, $"{role}: {method} {path} gave {status}");
                cells++;
            }
        }

        cells.Should().BeGreaterThan(100);
    }

    [Fact]
    public void EveryRoute_ThatChangesSomething_NamesMoreThanReading()
    {
        foreach ((string method, string path, IReadOnlyList<string> policies) in Routes().Where(route => route.Method != "GET" && !route.Path.EndsWith("validate", StringComparison.Ordinal)))
            policies.Should().Contain(policy => policy != Policies.Read, $"{method} {path}");
    }

    [Fact]
    public void Auditor_ChangesNothing() =>
        Policies.All.Where(policy => policy != Policies.Read).Should().OnlyContain(policy => !Policies.Allows(policy, new[] { StaffRoles.Auditor }));

    // Ids that do not exist and empty bodies: who is let in gets 4xx of another kind, and nothing changes.
    private IEnumerable<(string Method, string Path, IReadOnlyList<string> Policies)> Routes() =>
        from source in server.Services.GetServices<EndpointDataSource>()
        from endpoint in source.Endpoints.OfType<RouteEndpoint>()
        where endpoint.RoutePattern.RawText?.StartsWith("/api", StringComparison.Ordinal) == true
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        let path = endpoint.RoutePattern.RawText!.TrimStart('/')
            .Replace("{id:guid}", UnknownId, StringComparison.Ordinal)
            .Replace("{incidentId:guid}", UnknownId, StringComparison.Ordinal)
            .Replace("{definitionId}", "nowhere", StringComparison.Ordinal)
            .Replace("{versionId}", "nowhere-v1", StringComparison.Ordinal)
        select (method, path, (IReadOnlyList<string>)[.. endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy ?? Policies.Read)]);

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, string method, string path)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        if (method != "GET")
            request.Content = path.EndsWith("clients/import", StringComparison.Ordinal) ? new StringContent("", Encoding.UTF8, "text/csv") : ApiFixture.Json("{}");
        using HttpResponseMessage answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
