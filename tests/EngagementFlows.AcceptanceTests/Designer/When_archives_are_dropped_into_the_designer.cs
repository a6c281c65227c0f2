using EngagementFlows.AcceptanceTests.Browser;
using EngagementFlows.Engagements.Clients;
using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Designer;

/// <summary>The Studio would take an archive apart and lose its mails; its page sends it to the server as it is.</summary>
[Collection(BrowserCollection.Name)]
public sealed class When_archives_are_dropped_into_the_designer(BrowserFixture browser, DesignerFirm firm) : BrowserTest(browser), IClassFixture<DesignerFirm>
{
    [Fact]
    public async Task Should_import_the_flow_with_its_mails_and_show_it_in_the_list()
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator);
        await designer.OpenDefinitionsAsync();

        await designer.Page.SetInputFilesAsync("#workflow-file-upload-button-wrapper input[type=file]", Archive());

        await designer.Page.Locator("#designer-notices", new() { HasTextString = "first-flow (new)" }).WaitForAsync();
        await designer.Rows.Filter(new() { HasTextString = "first-flow" }).WaitForAsync();
        (await firm.Postgres.ScalarAsync<long>("select count(*) from definition_asset where definition_version_id = 'first-flow-v1' and path like 'mail/%.md'")).Should().Be(4);
        (await designer.Page.Locator(".mud-snackbar", new() { HasTextString = "Failed to import" }).CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Should_say_that_a_file_is_no_flow_and_take_in_the_others()
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator, "zh-CN");
        await designer.OpenDefinitionsAsync();

        await designer.Page.SetInputFilesAsync("#workflow-file-upload-button-wrapper input[type=file]", new[]
        {
            new FilePayload { Name = "half.json", MimeType = "application/json", Buffer = "{\"name\":"u8.ToArray() },
            new FilePayload { Name = "a-walk.json", MimeType = "application/json", Buffer = WalkingFlow.Json },
        });

        await designer.Notices.GetByText("half.json: 这不是流程文件").WaitForAsync();
        await designer.Page.Locator(".mud-snackbar", new() { HasTextString = "已导入 1 个流程。" }).WaitForAsync();
        await designer.Rows.Filter(new() { HasTextString = "a-walk" }).WaitForAsync();
    }

    [Fact]
    public async Task Should_say_why_a_flow_was_not_deleted()
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator, "zh-CN");
        await designer.OpenDefinitionsAsync();

        await designer.Rows.First.Locator("button").Last.ClickAsync();
        await designer.Page.Locator(".mud-popover-open .mud-menu-item", new() { HasTextString = "删除" }).ClickAsync();
        await designer.Page.Locator(".mud-dialog button", new() { HasTextString = "删除" }).ClickAsync();

        await designer.Page.Locator("#designer-notices .fault", new() { HasTextString = "已发布，请先取消发布" }).WaitForAsync();
    }

    // The one that the guide for newcomers begins with.
    private static string Archive()
    {
        DirectoryInfo at = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "EngagementFlows.sln")))
            at = at.Parent!;
        return Path.Combine(at.FullName, "docs/guides/first-flow.zip");
    }
}
