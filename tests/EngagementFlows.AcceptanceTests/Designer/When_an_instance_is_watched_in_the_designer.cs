using System.Net.Http.Json;
using EngagementFlows.AcceptanceTests.Browser;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Testing;
using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Designer;

/// <summary>Whoever draws a flow takes it in from a file, asks for its publication, runs it, watches it walk over the picture and takes it back.</summary>
[Collection(BrowserCollection.Name)]
public sealed class When_an_instance_is_watched_in_the_designer(BrowserFixture browser, DesignerFirm firm) : BrowserTest(browser), IClassFixture<DesignerFirm>
{
    private const string Flow = "a-walk";
    private const string Name = "A walk";

    [Fact]
    public async Task Should_walk_over_the_picture_and_stop_when_it_is_cancelled()
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator);
        await designer.OpenDefinitionsAsync();
        await designer.Page.SetInputFilesAsync("#studio input[type=file]", new FilePayload { Name = "a-walk.json", MimeType = "application/json", Buffer = WalkingFlow.Json });
        await designer.Rows.Filter(new() { HasTextString = Name }).ClickAsync();
        await designer.Nodes.Nth(4).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await designer.PublishButton.ClickAsync();
        await designer.Notices.GetByText("It goes live when an architect approves it.").WaitForAsync();

        await designer.RunButton.ClickAsync();
        await designer.Page.WaitForURLAsync("**/view");
        await designer.Badge("Sign", "warning").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await designer.Badge("First", "success").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        (await designer.Badge("Second", "success").CountAsync()).Should().Be(0, "it waits before it");
        int lines = await designer.Journal.CountAsync();

        await PublishAsync("signed");
        await designer.Badge("Stamp", "warning").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await designer.Badge("Sign", "success").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await designer.Badge("Second", "success").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await Eventually.TrueAsync(async () => await designer.Journal.CountAsync() > lines);

        await designer.Page.ClickAsync("[data-view=instances]");
        ILocator row = designer.Rows.Filter(new() { HasTextString = Name });
        await row.Locator("button").Last.ClickAsync();
        await designer.Page.Locator(".mud-popover-open .mud-menu-item", new() { HasTextString = "Cancel" }).ClickAsync();
        await designer.Page.Locator(".mud-dialog-actions button").Last.ClickAsync();
        await row.GetByText("Cancelled").WaitForAsync();
        await row.ClickAsync();

        await designer.Page.Locator("#studio tr", new() { HasTextString = "Sub status" }).GetByText("Cancelled").WaitForAsync();
        await designer.Badge("Second", "success").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        (await designer.Badge("Stamp", "success").CountAsync()).Should().Be(0, "it was begun, and never done");
        (await designer.Badge("Stamp", "warning").CountAsync()).Should().Be(0, "it waits no more");
        (await designer.Badge("Last", "success").CountAsync()).Should().Be(0);
        designer.Complaints.Should().BeEmpty();
    }

    private async Task PublishAsync(string name)
    {
        using HttpResponseMessage answer = await firm.Program(StaffRoles.Operator).PostAsJsonAsync("api/events", new { name });
        answer.EnsureSuccessStatusCode();
    }
}
