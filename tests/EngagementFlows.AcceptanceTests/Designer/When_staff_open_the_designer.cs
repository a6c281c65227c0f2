using EngagementFlows.AcceptanceTests.Browser;
using EngagementFlows.Engagements.Clients;
using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Designer;

/// <summary>Who may see the designer comes in and finds it in the console's frame; nobody else is shown anything of it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class When_staff_open_the_designer(BrowserFixture browser, DesignerFirm firm) : IClassFixture<DesignerFirm>
{
    [Theory]
    [InlineData(StaffRoles.Operator)]
    [InlineData(StaffRoles.Architect)]
    [InlineData(StaffRoles.Auditor)]
    public async Task Should_show_it_to_operators_architects_and_auditors(string role)
    {
        DesignerScreen designer = await firm.SitDownAsync(browser, role);

        await designer.Page.ClickAsync(".side a[data-key=f]");
        await designer.Part("elsa-workflow-definition-list").WaitForAsync(new() { State = WaitForSelectorState.Attached });

        new Uri(designer.Page.Url).AbsolutePath.Should().Be("/designer");
        (await designer.Page.Locator(".side a.here").GetAttributeAsync("href")).Should().Be("/designer");
    }

    [Fact]
    public async Task Should_refuse_account_managers()
    {
        DesignerScreen designer = await firm.SitDownAsync(browser, StaffRoles.AccountManager);

        (await designer.Page.Locator(".side a[data-key=f]").CountAsync()).Should().Be(0);
        IResponse? answer = await designer.Page.GotoAsync(DesignerScreen.Definitions);

        answer!.Status.Should().Be(403);
        (await designer.Page.Locator("#studio").CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Should_lead_strangers_to_sign_in_and_name_the_way_back()
    {
        IPage page = await browser.OpenAsync(firm.Address.AbsoluteUri, "en", 1440);

        await page.GotoAsync(DesignerScreen.Editor("client-intake"));

        Uri at = new(page.Url);
        at.AbsolutePath.Should().Be("/sign-in");
        Uri.UnescapeDataString(at.Query).Should().Be("?returnTo=" + DesignerScreen.Editor("client-intake"));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public async Task Should_say_on_a_phone_that_drawing_wants_width_and_fit_all_the_same(string language)
    {
        DesignerScreen designer = await firm.SitDownAsync(browser, StaffRoles.Operator, language, width: 390);

        await designer.Page.GotoAsync(DesignerScreen.Definitions);
        await designer.Part("elsa-workflow-definition-list").WaitForAsync(new() { State = WaitForSelectorState.Attached });

        (await designer.Page.Locator(".designer-narrow").IsVisibleAsync()).Should().BeTrue();
        (await designer.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).Should().BeLessThanOrEqualTo(0);
    }
}
