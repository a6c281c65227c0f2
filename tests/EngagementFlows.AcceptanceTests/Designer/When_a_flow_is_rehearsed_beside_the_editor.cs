using EngagementFlows.AcceptanceTests.Browser;
using EngagementFlows.Engagements.Clients;
using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Designer;

/// <summary>Whoever draws a flow plays it in a panel beside the drawing, and nothing leaves the house.</summary>
[Collection(BrowserCollection.Name)]
public sealed class When_a_flow_is_rehearsed_beside_the_editor(BrowserFixture browser, DesignerFirm firm) : BrowserTest(browser), IClassFixture<DesignerFirm>
{
    private const string Button = "#designer-rehearse";

    [Fact]
    public async Task Should_play_it_to_the_approval_show_the_mails_and_keep_it_as_a_case()
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator);
        long mails = await firm.Postgres.ScalarAsync<long>("select count(*) from mail");
        await designer.OpenEditorAsync("client-intake");
        float before = await WidthAsync(designer);

        await designer.Page.ClickAsync(Button);
        IFrameLocator panel = designer.Page.FrameLocator("#designer-rehearsal iframe");
        await panel.Locator("button[value=start]").ClickAsync();
        await panel.Locator("button[value=answered]").ClickAsync();
        await panel.Locator("button[value=Complete]").ClickAsync();
        await panel.Locator("button[value=Approved]").WaitForAsync();
        await panel.Locator("details:has(.mail-frame) summary").First.ClickAsync();

        await panel.Locator(".mail-frame").First.ContentFrame.GetByText("Clara Client").First.WaitForAsync();
        await panel.Locator("#case-name").FillAsync("The brief is complete");
        await panel.Locator("form:has(#case-name) button").ClickAsync();
        await panel.Locator(".notice").GetByText("cases/the-brief-is-complete.json").WaitForAsync();
        (await firm.Postgres.ScalarAsync<long>("select count(*) from definition_asset where definition_version_id = 'client-intake-v1' and path = 'cases/the-brief-is-complete.json'")).Should().Be(1);
        (await WidthAsync(designer)).Should().BeLessThan(before - 400, "the drawing gives the panel its place");
        (await firm.Postgres.ScalarAsync<long>("select count(*) from mail")).Should().Be(mails);
        designer.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Should_stay_where_it_was_when_it_is_closed_and_opened_again()
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Auditor);
        await designer.OpenDefinitionsAsync();
        bool onTheList = await designer.Page.Locator(Button).IsVisibleAsync();
        await designer.OpenEditorAsync("client-intake");

        await designer.Page.ClickAsync(Button);
        IFrameLocator panel = designer.Page.FrameLocator("#designer-rehearsal iframe");
        await panel.Locator("button[value=start]").ClickAsync();
        await panel.Locator("button[value=answered]").PressAsync("Escape");
        bool closed = await designer.Page.Locator("#designer-rehearsal").IsHiddenAsync();
        string? expanded = await designer.Page.GetAttributeAsync(Button, "aria-expanded");
        await designer.Page.ClickAsync(Button);

        onTheList.Should().BeFalse("there is nothing to play");
        closed.Should().BeTrue();
        expanded.Should().Be("false");
        (await panel.Locator("button[value=answered]").IsVisibleAsync()).Should().BeTrue();
        designer.Complaints.Should().BeEmpty();
    }

    private static async Task<float> WidthAsync(DesignerScreen designer) => (await designer.Page.Locator("#studio").BoundingBoxAsync())!.Width;
}
