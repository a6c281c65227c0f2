using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace EngagementFlows.Server.Tests.Staff;

/// <summary>The markup of each page of the console, with real data, in both languages.</summary>
[Collection(HouseCollection.Name)]
public sealed partial class PageTests(HouseFixture house)
{
    private static readonly string[] Lists = ["/", "/inbox", "/clients", "/mailbox", "/instances", "/incidents", "/definitions", "/more", "/search?q=a"];

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public async Task Lists_InALanguage_AreWholeAndInThatLanguage(string language)
    {
        foreach (string path in Lists)
        {
            IDocument page = await house.ReadAsync(path, language);

            page.DocumentElement.GetAttribute("lang").Should().Be(language, path);
            page.QuerySelectorAll("h1").Should().ContainSingle(path).Which.TextContent.Should().NotBeNullOrWhiteSpace();
            page.Title.Should().NotBeNullOrWhiteSpace(path);
            page.QuerySelectorAll("[id]").Select(element => element.Id).Should().OnlyHaveUniqueItems(path);
            foreach (IElement field in page.QuerySelectorAll("main input:not([type=hidden]), main select, main textarea"))
                (field.HasAttribute("aria-label") || page.QuerySelector($"label[for='{field.Id}']") is not null || field.Closest("label") is not null).Should().BeTrue($"{path}: {field.OuterHtml} needs a label");
            page.QuerySelectorAll("main [style], main [onclick]").Should().BeEmpty("the content security policy forbids them");
            page.DocumentElement.TextContent.Should().NotContain("{0}");
        }
    }

    [Theory]
    [InlineData("/clients", "华语设计有限公司", "Nordhafen Logistik GmbH")]
    [InlineData("/mailbox", "Your project: a few questions", "您的项目：几个简短的问题")]
    [InlineData("/definitions", "client-intake", "1")]
    public async Task List_OfTheSampleFirm_ShowsWhatIsThere(string path, string first, string second)
    {
        string text = (await house.ReadAsync(path)).QuerySelector("main")!.TextContent;

        text.Should().Contain(first).And.Contain(second);
    }

    [Fact]
    public async Task Details_OfEveryLinkInTheLists_AreThere()
    {
        foreach (string path in Lists)
        {
            IDocument list = await house.ReadAsync(path);
            string[] details = [.. list.QuerySelectorAll("main a[href]").Select(link => link.GetAttribute("href")!).Where(href => Detail().IsMatch(href)).Distinct().Take(3)];
            foreach (string detail in details)
            {
                IDocument page = await house.ReadAsync(detail, "zh-CN");
                page.QuerySelector("h1")!.TextContent.Should().NotBeNullOrWhiteSpace(detail);
            }
        }
    }

    [Theory]
    [InlineData("/clients/")]
    [InlineData("/instances/")]
    [InlineData("/incidents/")]
    [InlineData("/mailbox/")]
    [InlineData("/inbox/")]
    public async Task Detail_OfNothing_SaysSoWithoutDetails(string prefix)
    {
        IDocument page = await house.ReadAsync($"{prefix}018f0000-0000-7000-8000-000000000000", expected: HttpStatusCode.NotFound);

        page.Body!.TextContent.Should().Contain("There is nothing at this address");
    }

    [Fact]
    public async Task Address_OfNoPage_IsNotFoundInTheReadersLanguage()
    {
        IDocument page = await house.ReadAsync("/nowhere/at/all", "zh-CN", HttpStatusCode.NotFound);

        page.QuerySelector("h1")!.TextContent.Should().Be("这个地址没有内容");
    }

    [Theory]
    [InlineData("/instances?state=nonsense&flow=%27;drop&before=1&q=%25%5F")]
    [InlineData("/clients?after=!!!&stage=x&q=%00abc")]
    [InlineData("/mailbox?after=zzz&state=x&to=y&q='")]
    [InlineData("/incidents?before=nothing")]
    [InlineData("/definitions/%27%20or%201=1")]
    [InlineData("/search?q=%F0%9F%99%82")]
    public async Task Query_WithNonsense_BreaksNothing(string path)
    {
        using HttpResponseMessage answer = await house.Staff.GetAsync(path);

        ((int)answer.StatusCode).Should().BeLessThan(500);
    }

    [Fact]
    public async Task Instance_ThatWaits_SaysForWhatAndUntilWhen()
    {
        Guid instance = await house.Postgres.ScalarAsync<Guid>("select l.instance_id from link l where l.state = 'open' order by l.id desc limit 1");

        IDocument page = await house.ReadAsync($"/instances/{instance}");

        string line = page.QuerySelector(".page-line")!.TextContent;
        line.Should().Contain("Waits for the client's answer since").And.Contain("reminder on").And.Contain("gives up on");
        page.QuerySelectorAll(".story p").Select(entry => entry.TextContent).Should().Contain(entry => entry.Contains("began to wait"));
        page.QuerySelectorAll("details.raw").Should().NotBeEmpty();
    }

    [Fact]
    public async Task Mail_WithALink_IsFramedWithoutRightsAndShowsTheWay()
    {
        Guid mail = await house.Postgres.ScalarAsync<Guid>("select id from mail where link_id is not null order by id limit 1");

        IDocument page = await house.ReadAsync($"/mailbox/{mail}");
        using HttpResponseMessage framed = await house.Staff.GetAsync($"/mailbox/{mail}/html");

        page.QuerySelector("iframe")!.GetAttribute("sandbox").Should().NotContain("allow-scripts").And.NotContain("allow-same-origin");
        page.QuerySelector(".page-act a")!.GetAttribute("href").Should().Contain("/c/");
        framed.Headers.GetValues("Content-Security-Policy").Single().Should().StartWith("sandbox").And.Contain("default-src 'none'");
        (await framed.Content.ReadAsStringAsync()).Should().NotContain("link.invalid");
    }

    [Fact]
    public async Task Assets_AreCompressedAndKeptForEver()
    {
        IDocument page = await house.ReadAsync("/");
        string[] addresses = [.. page.QuerySelectorAll("link[href], script[src]").Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!)];

        addresses.Should().HaveCountGreaterThan(3).And.OnlyContain(address => address.StartsWith("/assets/", StringComparison.Ordinal));
        foreach (string address in addresses)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, address);
            request.Headers.Add("Accept-Encoding", "br");
            using HttpResponseMessage answer = await house.Anonymous().SendAsync(request);
            answer.StatusCode.Should().Be(HttpStatusCode.OK);
            answer.Headers.CacheControl!.ToString().Should().Contain("immutable");
            answer.Content.Headers.ContentEncoding.Should().Contain("br");
        }
    }

    [GeneratedRegex("^/(clients|instances|incidents|mailbox|inbox|definitions)/[^/?]+$")]
    private static partial Regex Detail();
}
