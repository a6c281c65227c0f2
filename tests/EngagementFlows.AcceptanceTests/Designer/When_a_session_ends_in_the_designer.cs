using EngagementFlows.AcceptanceTests.Browser;
using EngagementFlows.Engagements.Clients;
using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Designer;

/// <summary>A session that ends under the designer leads to the sign-in and back, not to a white page.</summary>
[Collection(BrowserCollection.Name)]
public sealed class When_a_session_ends_in_the_designer(BrowserFixture browser, DesignerFirm firm) : BrowserTest(browser), IClassFixture<DesignerFirm>
{
    [Fact]
    public async Task Should_lead_from_a_list_to_the_sign_in_and_back()
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator);
        await designer.OpenDefinitionsAsync();
        await designer.Page.Context.ClearCookiesAsync();

        await designer.Page.ClickAsync("[data-view=instances]");
        await designer.Page.WaitForURLAsync("**/sign-in?*");

        (await designer.Page.Locator(".notice").InnerTextAsync()).Should().Contain("session has ended");
        await SignInAsync(designer.Page);
        await designer.Page.Locator("elsa-workflow-instance-list").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        new Uri(designer.Page.Url).AbsolutePath.Should().Be(DesignerScreen.Instances);
    }

    [Fact]
    public async Task Should_keep_what_was_drawn_until_somebody_has_signed_in_again()
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator);
        await designer.OpenEditorAsync("client-intake");
        int before = (await designer.RootOfAsync("client-intake")).GetProperty("activities").GetArrayLength();
        await designer.Page.Context.ClearCookiesAsync();

        await designer.DropAsync("Write line", 700, 480);
        await designer.Page.Locator("#designer-session[open]").WaitForAsync();
        IPage other = await designer.Page.RunAndWaitForPopupAsync(() => designer.Page.ClickAsync("#designer-session a"));
        await SignInAsync(other);
        await other.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/designer");
        await other.CloseAsync();
        await designer.Page.BringToFrontAsync();
        if (await designer.Page.Locator("#designer-session[open]").CountAsync() > 0)
            await designer.Page.ClickAsync("#designer-session [data-again]");

        await designer.SavedAsync("client-intake", root => root.GetProperty("activities").GetArrayLength() == before + 1);
        (await designer.Page.Locator("#designer-session[open]").CountAsync()).Should().Be(0);
    }

    private static async Task SignInAsync(IPage page)
    {
        await page.FillAsync("#email", DesignerFirm.Person);
        await page.FillAsync("#password", DesignerFirm.Password);
        await page.ClickAsync("main button");
    }
}
