using System.Net;
using System.Text.RegularExpressions;
using AngleSharp;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Server.Samples;
using EngagementFlows.Server.Tests.Architecture;
using EngagementFlows.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Staff;

/// <summary>A running server with the sample firm: twenty clients, an intake under way for each.</summary>
public partial class HouseFixture : ServerFixture, IAsyncLifetime
{
    /// <summary>Gets a browser of somebody who may do everything.</summary>
    public HttpClient Staff { get; private set; } = null!;

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        await Services.GetRequiredService<SampleData>().FillAsync(CancellationToken.None);
        (Staff, _) = await SignInAsync([.. StaffRoles.All]);
    }

    /// <summary>Reads a page as the person sees it.</summary>
    public async Task<IDocument> ReadAsync(string path, string language = "en", HttpStatusCode expected = HttpStatusCode.OK)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.Add("Cookie", $"ef-language={language}");
        using HttpResponseMessage answer = await Staff.SendAsync(request);
        string html = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.Should().Be(expected, html.Length < 2000 ? html : html[..2000]);
        return await ParseAsync(html);
    }

    public static Task<IDocument> ParseAsync(string html) =>
        BrowsingContext.New(AngleSharp.Configuration.Default).OpenAsync(response => response.Content(html));

    /// <summary>Makes a link's address for a client whose intake waits; each call takes another one.</summary>
    public async Task<(Guid Link, string Address)> NextLinkAsync()
    {
        Guid link = await Postgres.ScalarAsync<Guid>(
            "update link set openings = 1000 where id = (select id from link where state = 'open' and openings = 0 order by id limit 1) returning id");
        await Postgres.ExecuteAsync("update link set openings = 1 where id = $1", link);
        return (link, Services.GetRequiredService<Func<MailAddresses>>()().LinkOf(link));
    }

    /// <summary>Opens a link as a client's browser does and returns that browser, the clean address and the page.</summary>
    public async Task<(HttpClient Browser, string Form, string Html)> OpenLinkAsync(string address)
    {
        HttpClient browser = Anonymous();
        using HttpResponseMessage opened = await browser.GetAsync(address);
        opened.StatusCode.Should().Be(HttpStatusCode.Found);
        string form = opened.Headers.Location!.OriginalString;
        return (browser, form, await browser.GetStringAsync(form));
    }

    /// <summary>Returns the fields of a whole and sensible answer to the intake form, with the anti-forgery token of the page.</summary>
    public static List<KeyValuePair<string, string>> Brief(string html, string goals = "Brighter rooms for sixty people.") =>
    [
        new("__RequestVerificationToken", TokenOf(html)),
        new("page", "project"),
        new("q.projectType", "interior"),
        new("q.siteKnown", "true"),
        new("q.siteAddress", "1 West Nanjing Road, Shanghai"),
        new("q.area", "420"),
        new("q.goals", goals),
        new("q.priorities", "quality"),
        new("q.priorities", "time"),
        new("q.budget", "100k-500k"),
        new("q.decisionMaker", "Wang Fang, director"),
    ];

    /// <summary>Fills and sends the whole form, page by page, as a browser without scripts does.</summary>
    public static async Task<HttpResponseMessage> AnswerAsync(HttpClient browser, string form, string html, string goals = "Brighter rooms for sixty people.")
    {
        for (int press = 0; press < 10; press++)
        {
            IDocument page = await ParseAsync(html);
            List<KeyValuePair<string, string>> fields = [.. Brief(html, goals).Where(field => field.Key != "page")];
            fields.Add(new("page", page.QuerySelector("input[name=page]")!.GetAttribute("value")!));
            fields.AddRange(page.QuerySelectorAll("input[name=shown]").Select(shown => new KeyValuePair<string, string>("shown", shown.GetAttribute("value")!)));
            fields.Add(new("go", page.QuerySelector("button.primary")!.GetAttribute("value")!));
            using FormUrlEncodedContent content = new(fields);
            HttpResponseMessage answer = await browser.SendAsync(SameOrigin(new(HttpMethod.Post, form) { Content = content }, browser));
            if (answer.StatusCode != HttpStatusCode.OK)
                return answer;
            html = await answer.Content.ReadAsStringAsync();
            answer.Dispose();
        }

        throw new InvalidOperationException("The form never came to its end.");
    }

    /// <summary>Adds what a browser says of a post from our own page.</summary>
    public static HttpRequestMessage SameOrigin(HttpRequestMessage request, HttpClient browser)
    {
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Headers.Add("Origin", browser.BaseAddress!.GetLeftPart(UriPartial.Authority));
        return request;
    }

    public static string TokenOf(string html) => Token().Match(html).Groups[1].Value;

    /// <summary>Copies the processes and samples of the repository into a server's folder.</summary>
    internal static void CopyProcesses(string folder)
    {
        string source = Path.Combine(Repository.Root, "workflows");
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(folder, "workflows", Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    protected override void WriteFiles(string folder) => CopyProcesses(folder);

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

/// <summary>The classes that look at the same firm share it; they change only what is their own.</summary>
[CollectionDefinition(Name)]
public sealed class HouseCollection : ICollectionFixture<HouseFixture>
{
    public const string Name = "house";
}
