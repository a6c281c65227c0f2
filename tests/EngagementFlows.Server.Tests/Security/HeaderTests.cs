using System.Net;
using System.Text.RegularExpressions;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Tests.Staff;
using EngagementFlows.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Security;

/// <summary>What every answer carries, on every route, and what every cookie is allowed.</summary>
public sealed partial class HeaderTests(HouseFixture house) : IClassFixture<HouseFixture>
{
    [Fact]
    public async Task EveryRoute_ForEverybody_CarriesTheHeaders()
    {
        HttpClient[] visitors = [house.Anonymous(), house.Staff, house.Program(StaffRoles.Auditor)];
        int answers = 0;
        foreach (string path in Paths())
        {
            foreach (HttpClient visitor in visitors)
            {
                using HttpResponseMessage answer = await visitor.GetAsync(path);
                ShouldBeGuarded(answer, path);
                answers++;
            }
        }

        answers.Should().BeGreaterThan(150);
    }

    [Theory]
    [InlineData("/no/such/page", HttpStatusCode.NotFound)]
    [InlineData("/clients/00000000-0000-7000-8000-000000000000", HttpStatusCode.NotFound)]
    [InlineData("/c/nothing", HttpStatusCode.NotFound)]
    [InlineData("/api/nothing", HttpStatusCode.NotFound)]
    public async Task Refusals_CarryTheHeadersToo(string path, HttpStatusCode status)
    {
        using HttpResponseMessage answer = await house.Staff.GetAsync(path);

        answer.StatusCode.Should().Be(status);
        ShouldBeGuarded(answer, path);
    }

    [Fact]
    public async Task Pages_HoldNoScriptOrStyleOfTheirOwn()
    {
        (_, string form, string client) = await house.OpenLinkAsync((await house.NextLinkAsync()).Address);
        List<string> pages = [client, await house.Anonymous().GetStringAsync("sign-in")];
        foreach (string path in new[] { "/", "/inbox", "/clients", "/mailbox", "/instances", "/people", "/people/invite", "/api-keys", "/api-keys/new", "/no/such/page" })
            pages.Add(await (await house.Staff.GetAsync(path)).Content.ReadAsStringAsync());

        foreach (string page in pages)
        {
            AngleSharp.Dom.IDocument document = await HouseFixture.ParseAsync(page);
            document.QuerySelectorAll("script:not([src]), style, [style]").Should().BeEmpty();
            document.All.SelectMany(element => element.Attributes).Should().NotContain(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal));
            document.QuerySelectorAll("[src], link[href]").Select(element => element.GetAttribute("src") ?? element.GetAttribute("href")).Should().OnlyContain(address => address!.StartsWith('/'), "nothing comes from other hosts");
        }

        form.Should().StartWith("/c/form/");
    }

    [Fact]
    public async Task Cookies_AreForNoScriptAndNoOtherSite()
    {
        HttpClient browser = house.Anonymous();
        browser.DefaultRequestHeaders.Add("Origin", house.Address.GetLeftPart(UriPartial.Authority));
        List<string> cookies = [];
        foreach (string path in new[] { "sign-in", "welcome/abc", (await house.NextLinkAsync()).Address })
            cookies.AddRange(CookiesOf(await browser.GetAsync(path)));
        using (HttpResponseMessage kept = await ServerFixture.PostFormAsync(browser, "sign-in", "preferences", new() { ["language"] = "zh-CN", ["theme"] = "dark" }))
            cookies.AddRange(CookiesOf(kept));
        (HttpClient signedIn, Guid id) = await house.SignInAsync(StaffRoles.Operator);
        string email = (await house.Postgres.ScalarAsync<string>("select email from person where id = $1", id))!;
        using (HttpResponseMessage session = await ServerFixture.PostFormAsync(browser, "sign-in", "sign-in", new() { ["email"] = email, ["password"] = ServerFixture.Password }))
            cookies.AddRange(CookiesOf(session));

        cookies.Select(cookie => cookie.Split('=')[0]).Should().Contain(["ef-form", "ef-link", "ef-session", "ef-language", "ef-theme", "ef-welcome"]);
        cookies.Should().OnlyContain(cookie => cookie.Contains("httponly", StringComparison.OrdinalIgnoreCase) && cookie.Contains("samesite=lax", StringComparison.OrdinalIgnoreCase) && !cookie.Contains("domain=", StringComparison.OrdinalIgnoreCase));
        signedIn.Should().NotBeNull();
    }

    private static IEnumerable<string> CookiesOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? values) ? values : [];

    private static void ShouldBeGuarded(HttpResponseMessage answer, string path)
    {
        bool isClientPage = path.StartsWith("/c/", StringComparison.Ordinal) || path == "/c";
        string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        // The designer is WebAssembly, which takes a word of its own and lets no text be evaluated.
        string said = path.StartsWith("/designer", StringComparison.Ordinal) ? policy.Replace("'wasm-unsafe-eval'", "", StringComparison.Ordinal) : policy;
        said.Should().NotContain("unsafe-eval", path).And.NotMatchRegex("script-src[^;]*unsafe", path).And.Contain("frame-ancestors", path);
        if (isClientPage)
            policy.Should().Contain("default-src 'none'", path);
        answer.Headers.GetValues("X-Content-Type-Options").Should().Equal(["nosniff"], path);
        answer.Headers.GetValues("X-Frame-Options").Single().Should().BeOneOf(["DENY", "SAMEORIGIN"], path);
        answer.Headers.GetValues("Referrer-Policy").Single().Should().BeOneOf(["same-origin", "no-referrer"], path);
        answer.Headers.GetValues("Cross-Origin-Opener-Policy").Should().Equal(["same-origin"], path);
        answer.Headers.GetValues("Permissions-Policy").Should().ContainSingle(path);
        answer.Headers.Contains("Server").Should().BeFalse(path);
        answer.Headers.Contains("X-Powered-By").Should().BeFalse(path);
        bool isPublicFile = path.StartsWith("/assets", StringComparison.Ordinal) || path is "/designer/appsettings.json" or "/designer/Elsa.Studio.Host.CustomElements.styles.css";
        // What the Studio may draw with is large, asked for after each save, and compared with what that browser has.
        bool isCompared = path == "/elsa/api/descriptors/activities" && answer.Headers.CacheControl is { Private: true, NoCache: true };
        if (!isPublicFile && !isCompared)
            answer.Headers.CacheControl!.NoStore.Should().BeTrue(path);
    }

    private IEnumerable<string> Paths() =>
        (from source in house.Services.GetServices<EndpointDataSource>()
         from endpoint in source.Endpoints.OfType<RouteEndpoint>()
         where endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") != false
         select Part().Replace("/" + endpoint.RoutePattern.RawText!.Trim('/'), part => part.Value.Contains("guid", StringComparison.Ordinal) ? Guid.Empty.ToString() : "nothing"))
        .Where(path => !path.StartsWith("/_", StringComparison.Ordinal))
        .Distinct();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Part();
}

/// <summary>The same behind a proxy that ends TLS.</summary>
public sealed class TlsHeaderTests(TlsHeaderTests.Fixture server) : IClassFixture<TlsHeaderTests.Fixture>
{
    [Fact]
    public async Task Cookies_NeverGoOverAnOpenLine()
    {
        List<string> cookies = [];
        foreach (string path in new[] { "sign-in", "welcome/abc" })
            cookies.AddRange((await server.Anonymous().GetAsync(path)).Headers.GetValues("Set-Cookie"));

        cookies.Should().HaveCount(2).And.OnlyContain(cookie => cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Answers_KeepTheBrowserOnTls() =>
        (await server.Anonymous().GetAsync("sign-in")).Headers.GetValues("Strict-Transport-Security").Single().Should().StartWith("max-age=");

    [Fact]
    public async Task ForwardedHost_AndHost_NeverReachAnAddress()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "inbox");
        request.Headers.Host = "evil.example";
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");

        using HttpResponseMessage answer = await server.Anonymous().SendAsync(request);

        answer.Headers.Location!.OriginalString.Should().Be("/sign-in?returnTo=%2Finbox");
        server.Services.GetRequiredService<PublicAddresses>().ForClients.Should().Be("https://clients.example");
    }

    public sealed class Fixture : ServerFixture
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["EngagementFlows:PublicUrl"] = "https://clients.example" };
    }
}
