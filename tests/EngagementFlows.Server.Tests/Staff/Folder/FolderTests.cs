using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Server.Tests.Architecture;
using EngagementFlows.Testing;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Staff.Folder;

/// <summary>In a folder of somebody else's host: whatever leads on leads to where we are.</summary>
public sealed partial class FolderTests(FolderFixture server) : IClassFixture<FolderFixture>
{
    private static readonly string[] Attributes = ["href", "src", "action", "formaction", "poster"];

    // What is reached by a form or a script, or only on days on which something is held.
    private static readonly string[] Beginnings = ["/", "/search?q=a", "/held", "/calendars/provisional", "/designer/rehearsals/client-intake"];

    // The page of failures has no address of its own that anybody would go to.
    private static readonly string[] WithoutAddress = ["/problem"];

    /// <summary>Follows every link from the home page on: each page of the console is seen, and each of its addresses begins with the folder.</summary>
    [Fact]
    public async Task Addresses_OfAllPages_BeginWithTheFolder()
    {
        await FillAsync();
        Queue<string> ahead = new(Beginnings.Select(path => FolderFixture.Console + path));
        HashSet<string> seen = [];
        List<string> strays = [];
        List<string> paths = [];
        while (ahead.TryDequeue(out string? address))
        {
            using HttpResponseMessage answer = await server.Staff.GetAsync(address);
            answer.StatusCode.Should().Be(HttpStatusCode.OK, address);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html")
                continue;
            paths.Add(address[FolderFixture.Console.Length..].Split('?', '#')[0]);
            IDocument page = await HouseFixture.ParseAsync(await answer.Content.ReadAsStringAsync());
            foreach (string found in AddressesOf(page))
            {
                if (IsStray(found, FolderFixture.Console))
                    strays.Add($"{address}: {found}");
            }

            foreach (string next in page.QuerySelectorAll("a[href], iframe[src]").Select(link => link.GetAttribute("href") ?? link.GetAttribute("src")!).Where(IsPage))
            {
                if (seen.Add(Kind(next)))
                    ahead.Enqueue(next.Split('#')[0]);
            }
        }

        strays.Distinct().Should().BeEmpty("an address in a page goes through Site.Link");
        NotSeen(paths).Should().BeEmpty("a page that nothing leads to is not tested here, and nobody finds it");
    }

    [Theory]
    [InlineData(FolderFixture.Console + "/inbox", null)] // A proxy that hands the path over as it is,
    [InlineData("/inbox", FolderFixture.Console)] // and one that cuts the folder off and says so.
    public async Task SignIn_ComesBackIntoTheFolder(string path, string? cutOff)
    {
        HttpClient browser = server.Anonymous();
        if (cutOff is not null)
            browser.DefaultRequestHeaders.Add("X-Forwarded-Prefix", cutOff);

        using HttpResponseMessage sent = await browser.GetAsync(path);

        sent.Headers.Location!.OriginalString.Should().StartWith($"{FolderFixture.Console}/sign-in?returnTo={Uri.EscapeDataString(FolderFixture.Console + "/inbox")}");
    }

    [Fact]
    public async Task Acts_LeadOnInTheFolder()
    {
        using HttpResponseMessage kept = await PostAsync("/preferences", ("language", "en"), ("returnTo", $"{FolderFixture.Console}/clients?search=a"));
        using HttpResponseMessage elsewhere = await PostAsync("/preferences", ("language", "en"), ("returnTo", "//evil.example"));
        using HttpResponseMessage cancelled = await PostAsync($"/instances/{await AnyAsync("instance")}/cancel", ("reason", ""));
        (HttpClient leaving, _) = await server.SignInAsync("auditor");
        using HttpResponseMessage signedOut = await ServerFixture.PostFormAsync(leaving, $"{FolderFixture.Console}/", $"{FolderFixture.Console}/sign-out", []);

        kept.Headers.Location!.OriginalString.Should().Be($"{FolderFixture.Console}/clients?search=a");
        elsewhere.Headers.Location!.OriginalString.Should().Be($"{FolderFixture.Console}/");
        cancelled.Headers.Location!.OriginalString.Should().StartWith($"{FolderFixture.Console}/instances/");
        signedOut.Headers.Location!.OriginalString.Should().Be($"{FolderFixture.Console}/sign-in");
    }

    [Fact]
    public async Task MadeThings_AreInTheFolder()
    {
        HttpClient program = server.Program("administrator");

        using HttpResponseMessage made = await program.PostAsJsonAsync($"{FolderFixture.Console}/api/webhooks", new { name = "Made", url = "https://books.example.com/made", kinds = new[] { "task.completed" } });

        made.Headers.Location!.OriginalString.Should().StartWith($"{FolderFixture.Console}/api/webhooks/");
    }

    [Fact]
    public async Task Links_ToClients_OpenInTheirOwnFolder()
    {
        Guid link = await server.Postgres.ScalarAsync<Guid>("select id from link where state = 'open' order by id limit 1");
        string mailed = server.Services.GetRequiredService<Func<MailAddresses>>()().LinkOf(link);
        mailed.Should().StartWith($"{FolderFixture.Host}{FolderFixture.Clients}/c/");
        HttpClient browser = server.Anonymous();

        using HttpResponseMessage opened = await browser.GetAsync(new Uri(mailed).AbsolutePath);
        string form = opened.Headers.Location!.OriginalString;
        form.Should().StartWith($"{FolderFixture.Clients}/c/form/");
        opened.Headers.GetValues("Set-Cookie").Should().ContainSingle(cookie => cookie.Contains($"path={form}", StringComparison.OrdinalIgnoreCase));

        // The browser brings the cookie of the folder.
        IDocument page = await HouseFixture.ParseAsync(await browser.GetStringAsync(form));
        page.QuerySelectorAll("form[action]").Should().NotBeEmpty();
        AddressesOf(page).Where(address => IsStray(address, FolderFixture.Clients)).Should().BeEmpty();
    }

    [Fact]
    public async Task FolderOfClients_IsNotThePageOfTheConsole()
    {
        using HttpResponseMessage list = await server.Staff.GetAsync($"{FolderFixture.Console}/clients");

        IDocument page = await HouseFixture.ParseAsync(await list.Content.ReadAsStringAsync());
        page.QuerySelectorAll($"main a[href^='{FolderFixture.Console}/clients/']").Should().NotBeEmpty();
    }

    private async Task FillAsync()
    {
        HttpClient program = server.Program("administrator");
        Guid instance = await AnyAsync("instance");
        await server.Postgres.ExecuteAsync(
            "insert into incident (instance_id, id, message, innermost, attempt, opened_at) values ($1, gen_random_uuid(), 'x', 'x', 1, now())", instance);
        foreach ((string address, object made) in new (string, object)[]
        {
            ("webhooks", new { name = "Book-keeping", url = "https://books.example.com/flows", kinds = new[] { "task.completed" } }),
            ("hooks", new { name = "payments", eventName = "PaymentArrived", correlationPath = "data.order" }),
            ("schedules", new { name = "Yearly", definitionId = "client-intake", kind = "cron", expression = "0 0 1 1 *", zone = "UTC" }),
        })
        {
            using HttpResponseMessage answer = await program.PostAsJsonAsync($"api/{address}", made);
            answer.StatusCode.Should().Be(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        }

        await UploadAsync("/clients/import", Path.Combine(Repository.Root, "workflows", "samples", "clients.csv"));
        await UploadAsync("/definitions/import", Path.Combine(Repository.Root, "docs", "guides", "first-flow.zip"));
    }

    private async Task UploadAsync(string path, string file)
    {
        string address = FolderFixture.Console + path;
        using MultipartFormDataContent content = new();
        using StringContent token = new(HouseFixture.TokenOf(await server.Staff.GetStringAsync(address)));
        using ByteArrayContent bytes = new(await File.ReadAllBytesAsync(file));
        content.Add(token, "__RequestVerificationToken");
        content.Add(bytes, "file", Path.GetFileName(file));

        using HttpResponseMessage answer = await server.Staff.PostAsync(address + "/upload", content);

        answer.Headers.Location!.OriginalString.Should().StartWith($"{address}s/");
    }

    private Task<Guid> AnyAsync(string table) => server.Postgres.ScalarAsync<Guid>($"select id from {table} order by id limit 1");

    private async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        await ServerFixture.PostFormAsync(server.Staff, $"{FolderFixture.Console}/", FolderFixture.Console + path, fields.ToDictionary(field => field.Name, field => field.Value));

    private static IEnumerable<string> AddressesOf(IDocument page) =>
        from element in page.All
        from name in Attributes
        let value = element.GetAttribute(name)
        where value is not null
        select value;

    // What begins with no slash is relative, or on another host.
    private static bool IsStray(string address, string folder) => address.StartsWith('/') && !address.StartsWith(folder + "/", StringComparison.Ordinal);

    private static bool IsPage(string address) =>
        address.StartsWith(FolderFixture.Console + "/", StringComparison.Ordinal) && !address.EndsWith(".ics", StringComparison.Ordinal) && !address.Contains("/files/", StringComparison.Ordinal);

    // Two pages of one kind show the same things of two objects.
    private static string Kind(string address) => Value().Replace(Id().Replace(address, "*"), "=*");

    private static IEnumerable<string> NotSeen(List<string> paths) =>
        from page in typeof(ServerHost).Assembly.GetTypes()
        from route in page.GetCustomAttributes<RouteAttribute>().Take(1)
        where !WithoutAddress.Contains(route.Template)
        let pattern = $"^{Parameter().Replace(route.Template, "[^/]+")}/?$"
        where !paths.Any(path => Regex.IsMatch(path, pattern, RegexOptions.IgnoreCase))
        select route.Template;

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Id();

    [GeneratedRegex("=[^&]*")]
    private static partial Regex Value();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
