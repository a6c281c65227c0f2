using System.Text.Json;
using EngagementFlows.AcceptanceTests.Browser;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Testing;
using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Designer;

/// <summary>An operator makes a flow, draws it and fills its fields; what he finds after loading the page anew is what he drew.</summary>
[Collection(BrowserCollection.Name)]
public sealed class When_a_flow_is_drawn_in_the_designer(BrowserFixture browser, DesignerFirm firm) : BrowserTest(browser), IClassFixture<DesignerFirm>
{
    private const string Managers = "Everybody with the role: Account manager";

    [Fact]
    public async Task Should_be_found_as_it_was_drawn()
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator);
        string flow = await CreateAsync(designer, "Drawn by hand");

        string line = await designer.DropAsync("Write line", 480, 320);
        string join = await designer.DropAsync("Join", 860, 320);
        await designer.ConnectAsync((line, "Done"), (join, "In"));
        await designer.SelectAsync(line);
        await designer.FillAsync("Text", "Hello from the canvas");
        await designer.SelectAsync(join);
        await designer.ChooseAsync("Mode", "The first to arrive");

        await designer.SavedAsync(flow, root =>
            CountOf(root, "activities") == 2 && CountOf(root, "connections") == 1
            && root.GetRawText().Contains("Hello from the canvas", StringComparison.Ordinal) && root.GetRawText().Contains("\"WaitAny\"", StringComparison.Ordinal));
        JsonElement drawn = await designer.RootOfAsync(flow);
        await designer.Page.ReloadAsync();

        await Eventually.BecomesAsync(() => designer.Nodes.CountAsync(), 2);
        await Eventually.BecomesAsync(() => designer.Page.Locator("#studio .x6-edge").CountAsync(), 1);
        (await designer.RootOfAsync(flow)).GetRawText().Should().Be(drawn.GetRawText(), "opening changes nothing");
        await designer.SelectAsync(line);
        (await designer.Field("Text").InputValueAsync()).Should().Be("Hello from the canvas");
        designer.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Should_offer_our_roles_and_keep_the_chosen_one()
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator);
        string flow = await CreateAsync(designer, "Drawn for a role");
        string approval = await designer.DropAsync("Request approval", 480, 320);
        await designer.SelectAsync(approval);

        await designer.ChooseAsync("Approver", Managers);
        await designer.SavedAsync(flow, root => CountOf(root, "activities") == 1 && root.GetRawText().Contains("role:account-manager", StringComparison.Ordinal));
        await designer.Page.ReloadAsync();
        await designer.Nodes.First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await designer.SelectAsync(approval);

        await Assertions.Expect(designer.Choice("Approver")).ToHaveValueAsync(Managers);
        designer.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Should_keep_what_the_Studio_does_not_show()
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator);
        await designer.OpenEditorAsync("change-request");
        int before = CountOf(await designer.RootOfAsync("change-request"), "activities");

        await designer.DropAsync("Write line", 480, 320);
        await designer.SavedAsync("change-request", root => CountOf(root, "activities") == before + 1);

        (await NamesOfInputsAsync(1)).Should().Contain("动机").And.Be(await NamesOfInputsAsync(2), "inputs have their Chinese names in custom properties of the flow");
        designer.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Should_say_until_it_is_closed_why_a_flow_was_not_handed_in()
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator);
        string flow = await CreateAsync(designer, "Not right yet");
        await designer.DropAsync("Assign task", 480, 320);
        await designer.SavedAsync(flow, root => CountOf(root, "activities") == 1);

        await designer.PublishButton.ClickAsync();
        ILocator reason = designer.Notices.GetByText("needs the input 'title'");
        await reason.WaitForAsync();
        await Eventually.BecomesAsync(() => designer.Page.Locator(".mud-snackbar").CountAsync(), 0);

        (await reason.IsVisibleAsync()).Should().BeTrue("the Studio's own message goes by itself");
        await designer.Notices.Locator(".designer-close").ClickAsync();
        (await reason.CountAsync()).Should().Be(0);
        (await firm.Postgres.ScalarAsync<string>("select state from definition where definition_id = $1", flow)).Should().Be("draft");
    }

    [Fact]
    public async Task Should_keep_the_first_of_two_editors_and_tell_the_second()
    {
        DesignerScreen first = await firm.SitDownAsync(Browser, StaffRoles.Operator);
        string flow = await CreateAsync(first, "Drawn by two");
        await first.DropAsync("Write line", 480, 320);
        await first.SavedAsync(flow, root => CountOf(root, "activities") == 1);
        DesignerScreen second = new(await first.Page.Context.NewPageAsync(), firm.Address);
        await second.OpenEditorAsync(flow);

        await first.Page.BringToFrontAsync();
        await first.DropAsync("Join", 860, 320);
        await first.SavedAsync(flow, root => CountOf(root, "activities") == 2);
        await second.Page.BringToFrontAsync();
        await second.DropAsync("Write line", 480, 460);

        await second.Page.Locator(".mud-snackbar", new() { HasTextString = "Samuel Osei" }).WaitForAsync();
        string[] types = [.. (await second.RootOfAsync(flow)).GetProperty("activities").EnumerateArray().Select(activity => activity.GetProperty("type").GetString()!)];
        types.Should().BeEquivalentTo("Elsa.WriteLine", "Elsa.FlowJoin");
    }

    // A flow that was just made has no list of activities yet, and one whose activities stand alone no list of connections.
    private static int CountOf(JsonElement root, string list) => root.TryGetProperty(list, out JsonElement all) ? all.GetArrayLength() : 0;

    private Task<string?> NamesOfInputsAsync(int version) =>
        firm.Postgres.ScalarAsync<string>("select json::jsonb #>> '{customProperties,inputs}' from definition where definition_id = 'change-request' and version = $1", version);

    private static async Task<string> CreateAsync(DesignerScreen designer, string name)
    {
        await designer.OpenDefinitionsAsync();
        await designer.Page.ClickAsync("#studio button:has-text('Create workflow')");
        await designer.Page.FillAsync(".mud-dialog input", name);
        await designer.Page.ClickAsync(".mud-dialog button:has-text('Ok')");
        await designer.Page.WaitForFunctionAsync("() => location.pathname.endsWith('/edit')");
        await designer.Page.Locator("#studio .x6-graph").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        return new Uri(designer.Page.Url).AbsolutePath.Split('/')[^2];
    }
}
