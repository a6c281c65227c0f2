using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Tests.Api;
using EngagementFlows.Server.Tests.Architecture;
using EngagementFlows.Testing;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Security;

/// <summary>Every route of the running server × everybody who could call it, each really requested, compared with <c>routes.txt</c>.</summary>
/// <remarks>A new route, or another answer to one, shows as a changed line of that file: <c>EF_WRITE_ROUTES=1 dotnet test … --filter RouteTable</c> writes it, a reviewer reads it.</remarks>
public sealed partial class RouteTableTests(RouteTableTests.Fixture server) : IClassFixture<RouteTableTests.Fixture>
{
    private const string UnknownId = "00000000-0000-7000-8000-000000000000";
    private static readonly string TablePath = Path.Combine(Repository.Root, "tests/EngagementFlows.Server.Tests/Security/routes.txt");

    [Fact]
    public async Task EveryRoute_ForEverybody_AnswersAsTheTableSays()
    {
        List<(string Name, HttpClient Client)> callers = await CallersAsync();
        StringBuilder table = new();
        table.AppendLine("# Who is let in where: + let in, . refused. Written and compared by RouteTableTests; people by role, then keys by scope.");
        table.AppendLine($"# {"method",-7}{"route",-62}{string.Join(' ', callers.Select(caller => caller.Name))}");
        foreach ((string method, string route, string? type) in Routes())
        {
            StringBuilder line = new($"{method,-9}{route,-62}");
            foreach ((string name, HttpClient client) in callers)
                line.Append((await IsLetInAsync(client, method, route, type) ? "+" : ".").PadRight(name.Length + 1));
            table.AppendLine(line.ToString().TrimEnd());
        }

        string actual = table.ToString().ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("EF_WRITE_ROUTES") == "1")
            await File.WriteAllTextAsync(TablePath, actual);

        (await File.ReadAllTextAsync(TablePath)).ReplaceLineEndings("\n").Should().Be(actual);
    }

    [Fact]
    public async Task WrongKey_OpensNothingThatIsClosedToStrangers()
    {
        HttpClient stranger = server.Anonymous();
        HttpClient[] wrong = [WithKey(new string('0', 40)), WithKey(ApiKeys.NewSecret()), WithKey("password")];
        foreach ((string method, string route, string? type) in Routes())
        {
            if (await IsLetInAsync(stranger, method, route, type))
                continue;
            foreach (HttpClient client in wrong)
                (await IsLetInAsync(client, method, route, type)).Should().BeFalse($"{method} {route}");
        }
    }

    [Fact]
    public void Auditor_IsAllowedNothingButToRead() =>
        Policies.All.Where(policy => Policies.Allows(policy, [StaffRoles.Auditor], [])).Should().BeEquivalentTo([Policies.Read, Policies.SeeDesigner, Policies.WatchTasks, Policies.SeeAccounts]);

    [Fact]
    public void NobodyAndNothing_IsAllowedNothing() =>
        Policies.All.Should().OnlyContain(policy => !Policies.Allows(policy, Array.Empty<string>(), Array.Empty<string>()) && !Policies.Allows(policy, new[] { "owner" }, new[] { "*" }));

    private async Task<List<(string Name, HttpClient Client)>> CallersAsync()
    {
        List<(string, HttpClient)> callers = [("stranger", server.Anonymous())];
        foreach (string role in StaffRoles.All)
            callers.Add((role, (await server.SignInAsync(role)).Client));
        KeyDesk keys = server.Services.GetRequiredService<KeyDesk>();
        foreach (string scope in ApiScopes.All)
        {
            (string? secret, _) = await keys.MakeAsync(new($"only-{scope}", [scope], ActsFor: null, Days: null), "test", CancellationToken.None);
            callers.Add(($"key:{scope}", WithKey(secret!)));
        }

        return callers;
    }

    private HttpClient WithKey(string key)
    {
        HttpClient client = server.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    // The real endpoints, whatever somebody wrote down elsewhere.
    private IEnumerable<(string Method, string Route, string? ContentType)> Routes() =>
        (from source in server.Services.GetServices<EndpointDataSource>()
         from endpoint in source.Endpoints.OfType<RouteEndpoint>()
         from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
         select (method, "/" + endpoint.RoutePattern.RawText!.Trim('/'), endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes[0]))
        .Distinct()
        .OrderBy(route => route.Item2, StringComparer.Ordinal)
        .ThenBy(route => route.method, StringComparer.Ordinal);

    // Ids that do not exist and empty bodies: who is let in is told 4xx of another kind, and nothing changes.
    private static async Task<bool> IsLetInAsync(HttpClient client, string method, string route, string? type)
    {
        string path = Part().Replace(route, part => part.Value.Contains("guid", StringComparison.Ordinal) ? UnknownId : "nothing");
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        if (method is "POST" or "PUT" or "PATCH" or "DELETE")
        {
            // A body of a kind that the route does not take would be refused before anybody asks who sent it.
            request.Content = type is not null and not "application/x-www-form-urlencoded" and not "multipart/form-data" ? new StringContent("{}", Encoding.UTF8, type)
                : route.StartsWith("/api/", StringComparison.Ordinal) || route.StartsWith("/http/", StringComparison.Ordinal) ? ApiFixture.Json("{}")
                : new FormUrlEncodedContent([]);
        }

        using HttpResponseMessage answer = await client.SendAsync(request);
        answer.StatusCode.Should().NotBe(HttpStatusCode.InternalServerError, $"{method} {route}").And.NotBe(HttpStatusCode.TooManyRequests).And.NotBe(HttpStatusCode.UnsupportedMediaType);
        bool isSentToSignIn = answer.Headers.Location?.OriginalString.StartsWith("/sign-in?returnTo", StringComparison.Ordinal) == true;
        return !isSentToSignIn && answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Part();

    public sealed class Fixture : ServerFixture
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
        {
            ["EngagementFlows:SignIn:AttemptsPerMinute"] = "10000",
            ["EngagementFlows:Links:RequestsPerMinute"] = "10000",
            ["EngagementFlows:Links:RequestsPerMinuteAndLink"] = "10000",
        };
    }
}
