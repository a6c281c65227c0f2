using AngleSharp.Dom;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Scripts;
using EngagementFlows.Server.Forms;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Tests.Staff;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EngagementFlows.Server.Tests.Forms;

/// <summary>Answers read as a document on pages of clients and staff.</summary>
public sealed class AnswerViewTests
{
    private static readonly FormDefinition Form = FormReader.Read(RegisterFixture.RegisterForm).Form!;

    [Fact]
    public async Task View_OfChanges_SaysThemInWordsAndEscapesThem()
    {
        PlainObject before = new() { ["project"] = "North", ["goals"] = new PlainList([Goal("Light", "2026-03-03"), Goal("Quiet", null)]), ["pain"] = "Noise" };
        PlainObject now = new() { ["project"] = "North", ["goals"] = new PlainList([Goal("Light", "2026-03-05"), Goal("<script>alert(1)</script>", null)]) };

        IDocument page = await RenderAsync(AnswerDocument.Of(Form, now, before), Language.English);

        page.QuerySelectorAll("script").Should().BeEmpty();
        page.QuerySelectorAll(".answer-mark").Select(mark => mark.TextContent).Should().Equal("Changed", "Removed", "New", "Removed");
        page.QuerySelectorAll("tbody tr").Select(row => string.Join(" | ", row.QuerySelectorAll("td").Select(Words))).Should().Equal(
            "Light | Changed Thu 5 Mar 2026 Before: Tue 3 Mar 2026", "Removed Quiet | ", "New <script>alert(1)</script> | ");
        page.QuerySelectorAll("tbody del").Select(gone => gone.TextContent).Should().Equal("Tue 3 Mar 2026", "Quiet");
        Words(page.QuerySelectorAll("dl.answers > div > dd")[^1]).Should().Be("Removed Before: Noise");
        page.QuerySelectorAll("td").Select(cell => cell.GetAttribute("data-label")).Distinct().Should().Equal("What should be better", "By when");
    }

    [Fact]
    public async Task View_InChinese_HasNoMarksWithoutEarlierAnswers()
    {
        IDocument page = await RenderAsync(AnswerDocument.Of(Form, new() { ["goals"] = new PlainList([Goal("光", "2026-03-03")]) }), Language.Chinese);

        page.QuerySelectorAll(".answer-mark").Should().BeEmpty();
        page.QuerySelector("thead")!.TextContent.Should().Contain("希望改善什么").And.Contain("期限");
        page.QuerySelector("tbody")!.TextContent.Should().Contain("2026年3月3日（周二）");
    }

    [Fact]
    public async Task View_OfNothing_SaysSo() =>
        (await RenderAsync(AnswerDocument.Of(Form, new()), Language.Chinese)).Body!.TextContent.Should().Contain("未填写");

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static PlainObject Goal(string goal, string? by)
    {
        PlainObject row = new() { ["goal"] = goal };
        if (by is not null)
            row["by"] = by;
        return row;
    }

    private static async Task<IDocument> RenderAsync(AnswerDocument document, Language language)
    {
        await using ServiceProvider services = new ServiceCollection().AddSingleton(new Reader(language, TimeZoneInfo.Utc, DateTimeOffset.UnixEpoch)).AddSingleton(new Site("")).BuildServiceProvider();
        await using HtmlRenderer renderer = new(services, NullLoggerFactory.Instance);
        string html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<AnswerView>(ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(AnswerView.Document)] = document }))).ToHtmlString());
        return await HouseFixture.ParseAsync(html);
    }
}
