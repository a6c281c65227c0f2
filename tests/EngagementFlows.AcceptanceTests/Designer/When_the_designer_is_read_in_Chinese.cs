using EngagementFlows.AcceptanceTests.Browser;
using EngagementFlows.Engagements.Clients;

namespace EngagementFlows.AcceptanceTests.Designer;

/// <summary>The Studio knows English only; a reader of Chinese finds no word of it on any screen.</summary>
[Collection(BrowserCollection.Name)]
public sealed class When_the_designer_is_read_in_Chinese(BrowserFixture browser, DesignerFirm firm) : IClassFixture<DesignerFirm>
{
    [Fact]
    public async Task Should_show_no_English_in_the_lists()
    {
        DesignerScreen designer = await firm.SitDownAsync(browser, StaffRoles.Operator, "zh-CN");

        await designer.OpenDefinitionsAsync();
        await designer.ShouldBeChineseAsync("list of flows");
        await designer.Rows.First.Locator("button").Last.ClickAsync();
        await designer.Page.Locator(".mud-popover-open .mud-menu-item").First.WaitForAsync();
        await designer.ShouldBeChineseAsync("menu of a flow");
        await designer.OpenDefinitionsAsync();
        await designer.Page.ClickAsync("#studio button:has-text('新建流程')");
        await designer.Page.Locator(".mud-dialog").WaitForAsync();
        await designer.ShouldBeChineseAsync("new flow");
        await designer.Page.GotoAsync(DesignerScreen.Instances);
        await designer.Rows.First.WaitForAsync();
        await designer.ShouldBeChineseAsync("list of instances");
    }

    [Fact]
    public async Task Should_show_no_English_around_the_picture_and_leave_the_authors_words()
    {
        DesignerScreen designer = await firm.SitDownAsync(browser, StaffRoles.Operator, "zh-CN");

        await designer.OpenEditorAsync("client-intake");
        await designer.ShouldBeChineseAsync("editor");
        foreach (string tab in new[] { "变量", "输入和输出", "版本历史", "通用", "日志", "属性" })
        {
            await designer.OpenTabAsync(tab);
            await designer.ShouldBeChineseAsync(tab);
        }

        string name = (await firm.Postgres.ScalarAsync<string>("select coalesce(name_zh, name) from definition where definition_id = 'client-intake' and state = 'published'"))!;
        (await designer.Page.Locator("#studio .mud-tab", new() { HasTextString = name }).CountAsync()).Should().BePositive("the name of a flow is its author's, and no word of ours");
    }
}
