using EngagementFlows.AcceptanceTests.Browser;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Instances;
using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Designer;

/// <summary>The Studio knows English only; a reader of Chinese finds no word of it on any screen.</summary>
[Collection(BrowserCollection.Name)]
public sealed class When_the_designer_is_read_in_Chinese(BrowserFixture browser, DesignerFirm firm) : BrowserTest(browser), IClassFixture<DesignerFirm>
{
    [Fact]
    public async Task Should_show_no_English_in_the_lists()
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator, "zh-CN");

        await designer.OpenDefinitionsAsync();
        await designer.ShouldBeChineseAsync("list of flows");
        await designer.Rows.First.Locator("button").Last.ClickAsync();
        await designer.Page.Locator(".mud-popover-open .mud-menu-item").First.WaitForAsync();
        await designer.ShouldBeChineseAsync("menu of a flow");
        await designer.OpenDefinitionsAsync();
        await designer.Page.ClickAsync("#studio button:has-text('新建流程')");
        await designer.Page.Locator(".mud-dialog").WaitForAsync();
        await designer.ShouldBeChineseAsync("new flow");
    }

    [Fact]
    public async Task Should_show_no_English_in_the_list_of_instances_and_say_when_its_total_is_estimated()
    {
        await AddFinishedAsync(CountInstancesSought.MostExact + 1);
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator, "zh-CN");

        await designer.OpenInstancesAsync();
        await designer.ShouldBeChineseAsync("list of instances");
        (await designer.Page.Locator("#designer-total").InnerTextAsync()).Should().Be("实例较多，总数为估算值。");
        await designer.Rows.First.Locator("button").Last.ClickAsync();
        await designer.Page.Locator(".mud-popover-open").First.WaitForAsync();
        await designer.ShouldBeChineseAsync("menu of an instance");
    }

    [Fact]
    public async Task Should_show_no_English_around_an_instance()
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator, "zh-CN");
        Guid instance = await firm.Postgres.ScalarAsync<Guid>("select id from instance where definition_id = 'client-intake' and status = 'suspended' order by id limit 1");

        await designer.Page.GotoAsync(DesignerScreen.Viewer(instance.ToString()));
        await designer.Badge("AskIntake", "warning").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await designer.Journal.First.WaitForAsync();
        await designer.ShouldBeChineseAsync("an instance");
        await designer.Journal.First.ClickAsync();
        foreach (string tab in new[] { "调用栈", "异常", "变量", "输入和输出" })
        {
            await designer.OpenTabAsync(tab);
            await designer.ShouldBeChineseAsync($"{tab} of an instance");
        }
    }

    [Fact]
    public async Task Should_show_no_English_around_the_picture_and_leave_the_authors_words()
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator, "zh-CN");

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

    // As many as there were after years: none of them does anything any more.
    private async Task AddFinishedAsync(int count) => await firm.Postgres.ExecuteAsync(
        """
        insert into instance (id, definition_id, definition_version_id, version, status, revision, created_at, updated_at, finished_at, is_stalled, open_incidents, state)
        select gen_random_uuid(), like_it.definition_id, like_it.definition_version_id, like_it.version, 'finished', 1, now(), now(), now(), false, 0, like_it.state
        from (select * from instance where definition_id = 'client-intake' limit 1) like_it, generate_series(1, $1)
        """, count);
}
