using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using EngagementFlows.Engagements;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Server.Staff.Instances;
using EngagementFlows.Server.Studio.Definitions;
using EngagementFlows.Server.Studio.Hosting;
using EngagementFlows.Server.Tests.Architecture;
using EngagementFlows.Server.Tests.Staff;
using EngagementFlows.Server.Tests.Studio.Definitions;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Studio.Hosting;

/// <summary>The page around the Studio: what it may load, where its links lead, whatever folder a proxy puts it into.</summary>
public sealed class DesignerPageTests(DesignerPageTests.Fixture server) : IClassFixture<DesignerPageTests.Fixture>
{
    private static readonly string[] Pages =
    [
        "designer", "designer/", "designer/workflows/definitions", "designer/workflows/definitions/a-flow/edit", "designer/workflows/instances",
    ];

    [Fact]
    public async Task Page_LoadsScriptsOfOurOwnOnlyAndLetsNoneStandInIt()
    {
        await DesignFixture.SavedAsync(server.Program(StaffRoles.Operator), DesignFixture.NewModel("A flow"));
        foreach (string page in Pages)
        {
            using HttpResponseMessage answer = await server.Program(StaffRoles.Operator).GetAsync(page);
            IDocument document = await HouseFixture.ParseAsync(await answer.Content.ReadAsStringAsync());

            string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            policy.Should().Contain("script-src 'self' 'wasm-unsafe-eval' 'sha256-").And.NotMatchRegex("script-src[^;]*'unsafe-inline'").And.NotContain("'unsafe-eval'").And.NotContain("http");
            policy.Should().Contain("frame-src 'self'", "the rehearsal stands beside the editor");
            document.QuerySelectorAll("script:not([src])").Should().BeEmpty(page);
            document.QuerySelectorAll("script[src]").Select(script => script.GetAttribute("src")!).Should().OnlyContain(address => address.StartsWith("/assets/", StringComparison.Ordinal) || address.StartsWith('_'));
            document.QuerySelectorAll("script[src*='blazor.web.js']").Should().BeEmpty();
            document.QuerySelector("base")!.GetAttribute("href").Should().Be("/designer/");
        }
    }

    [Theory]
    [InlineData("designer/workflows/definitions/nothing-here/edit")]
    [InlineData("designer/workflows/instances/1/view")]
    [InlineData("designer/workflows/instances/01a2063d-78d3-7a10-bf7e-56dd17db18df/view")]
    public async Task Page_OfWhatThereIsNot_SaysSoAndLeadsHome(string page)
    {
        using HttpResponseMessage answer = await server.Program(StaffRoles.Operator).GetAsync(page);
        IDocument document = await HouseFixture.ParseAsync(await answer.Content.ReadAsStringAsync());

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        document.QuerySelector("h1").Should().NotBeNull();
        document.QuerySelector("a.btn-primary")!.GetAttribute("href").Should().Be("/");
        document.QuerySelector("#studio").Should().BeNull();
    }

    [Fact]
    public async Task Page_BehindAFolderOfAProxy_KnowsItInAllAddresses()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "designer/workflows/definitions");
        request.Headers.Add("X-Forwarded-Prefix", "/flows");
        using HttpResponseMessage answer = await server.Program(StaffRoles.Operator).SendAsync(request);
        IDocument document = await HouseFixture.ParseAsync(await answer.Content.ReadAsStringAsync());

        document.QuerySelector("base")!.GetAttribute("href").Should().Be("/flows/designer/");
        // Relative to the base are the Studio's own files and what leads from one of its parts to another.
        document.QuerySelectorAll("[href^='/'], [src^='/'], [action^='/'], [formaction^='/']").Should().NotBeEmpty()
            .And.OnlyContain(element => (element.GetAttribute("href") ?? element.GetAttribute("src") ?? element.GetAttribute("formaction") ?? element.GetAttribute("action"))!.StartsWith("/flows/", StringComparison.Ordinal));
        document.QuerySelector("style")!.TextContent.Should().Contain("/flows/assets/").And.NotContain("\"/assets/");
    }

    [Fact]
    public async Task LinksToIt_AskForAWholePage()
    {
        IDocument home = await HouseFixture.ParseAsync(await (await server.SignInAsync(StaffRoles.Architect)).Client.GetStringAsync("more"));

        home.QuerySelectorAll("a[href='/designer']").Should().HaveCount(2).And.OnlyContain(link => link.GetAttribute("data-enhance-nav") == "false");
        home.QuerySelectorAll("a[href='/clients'][data-enhance-nav]").Should().BeEmpty();
    }

    [Fact]
    public async Task Words_AreInTheReadersLanguage()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "designer");
        request.Headers.Add("Cookie", "ef-language=zh-CN");
        using HttpResponseMessage answer = await server.Program(StaffRoles.Operator).SendAsync(request);
        IDocument chinese = await HouseFixture.ParseAsync(await answer.Content.ReadAsStringAsync());
        IDocument english = await HouseFixture.ParseAsync(await server.Program(StaffRoles.Operator).GetStringAsync("designer"));

        chinese.QuerySelector("#blazor-error-ui")!.TextContent.Should().Contain("出错");
        chinese.QuerySelector("#studio")!.GetAttribute("data-dictionary").Should().EndWith("/designer.zh-CN.json");
        english.QuerySelector("#blazor-error-ui")!.TextContent.Should().Contain("has failed");
        english.QuerySelector("#studio")!.HasAttribute("data-dictionary").Should().BeFalse();
    }

    [Fact]
    public void Notices_HaveWordsInBothLanguages()
    {
        foreach (string code in (string[])[DesignNotice.Unchanged, DesignNotice.Late, DesignNotice.Submitted, DesignNotice.Published, DesignNotice.Retracted, DesignNotice.Conflict, DesignNotice.Refused, DesignNotice.CannotStart])
        {
            LocalizedText words = DesignerTexts.ForScript.Should().ContainKey($"notice-{code}").WhoseValue;
            words.ZhCn.Should().NotBe(words.En);
        }
    }

    [Fact]
    public void WaysOut_ThatTheStudioNamesByItself_AreKnownInChinese()
    {
        using JsonDocument dictionary = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "src/EngagementFlows.Server/wwwroot/designer.zh-CN.json")));
        Dictionary<string, string> words = dictionary.RootElement.GetProperty("outcomes").EnumerateObject().ToDictionary(word => word.Name, word => word.Value.GetString()!);
        ActivityCatalog activities = new([.. ElsaActivities.All, .. EngagementActivities.All]);

        // All ways of activities whose ways the Studio works out itself, and its own words for one that has none.
        string[] ways = [.. activities.All.Where(activity => activity.Descriptor.HasDynamicOutcomes).SelectMany(activity => activity.Descriptor.Outcomes), "Done", "Default"];
        foreach (string way in ways.Distinct())
            words.Should().ContainKey(way).WhoseValue.Should().Be(OutcomeWords.Of(way).ZhCn, "the journal calls it so");
    }

    public sealed class Fixture : ServerFixture
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["EngagementFlows:TrustedProxies"] = "127.0.0.0/8,::1" };
    }
}
