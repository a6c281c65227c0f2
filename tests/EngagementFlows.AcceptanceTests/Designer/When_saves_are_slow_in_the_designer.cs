using System.Text.Json;
using System.Text.RegularExpressions;
using EngagementFlows.AcceptanceTests.Browser;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Testing;
using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Designer;

/// <summary>Somebody goes on drawing while the server has not yet answered, or goes away before his last change was sent. All of it is stored.</summary>
[Collection(BrowserCollection.Name)]
public sealed class When_saves_are_slow_in_the_designer(BrowserFixture browser, DesignerFirm firm) : BrowserTest(browser), IClassFixture<DesignerFirm>
{
    // Every activity of the flows is in sight.
    private const int Wide = 3600;

    private const string Flow = "client-intake";
    private const string Asking = "AskIntake";
    private const string Deciding = "RoundsOver";

    [Fact]
    public async Task Should_keep_what_was_changed_on_another_tab_meanwhile()
    {
        DesignerScreen designer = await OpenAsync(Flow);
        await designer.SelectAsync(Asking);
        // The draft is there before; only then are answers kept from the Studio's copy.
        await designer.FillAsync("Due in", "3 working days");
        await designer.SavedAsync(Flow, root => DueOf(root) == "3 working days");
        await designer.SelectAsync(Deciding);
        await designer.SelectAsync(Asking);
        await designer.FillAsync("Due in", "4 working days");
        await designer.SavedAsync(Flow, root => DueOf(root) == "4 working days");
        await using HeldSave save = await HeldSave.NextAsync(designer.Page);

        await designer.FillAsync("Due in", "5 working days");
        await save.Arrived;
        await ClickTabAsync(designer, "Common");
        await designer.FillAsync("Display text", "Ask while the save is slow");
        save.Release();

        await designer.SavedAsync(Flow, root => DueOf(root) == "5 working days" && TextOf(root).Contains("Ask while the save is slow", StringComparison.Ordinal));
        designer.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Should_keep_what_was_changed_while_the_draft_was_made()
    {
        DesignerScreen designer = await OpenAsync("plan-approval");
        await designer.SelectAsync("AskClient");
        await using HeldSave save = await HeldSave.NextAsync(designer.Page);

        await designer.FillAsync("Due in", "6 working days");
        await save.Arrived;
        // Written, not yet left; the click on the tab waits, and hands it over before it is made.
        await designer.Field("Due in").ClickAsync();
        await designer.Page.Keyboard.PressAsync("Control+A");
        await designer.Page.Keyboard.TypeAsync("7 working days");
        await ClickTabAsync(designer, "Common");
        save.Release();
        await designer.FillAsync("Display text", "Ask for the plan");

        await designer.SavedAsync("plan-approval", root => root.GetRawText() is { } text && text.Contains("7 working days", StringComparison.Ordinal) && text.Contains("Ask for the plan", StringComparison.Ordinal));
        designer.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Should_go_on_drawing_while_the_draft_is_made()
    {
        DesignerScreen designer = await OpenAsync("change-request");
        await designer.SelectAsync("AskClient");
        await using HeldSave save = await HeldSave.NextAsync(designer.Page);

        await designer.FillAsync("Due in", "8 working days");
        await save.Arrived;
        await designer.Field("Due in").FillAsync("9 working days");
        await designer.DropAsync("Write line", 1400, 320);
        save.Release();

        await designer.SavedAsync("change-request", root => TextOf(root) is { } text && text.Contains("9 working days", StringComparison.Ordinal) && text.Contains("Elsa.WriteLine", StringComparison.Ordinal));
        designer.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Should_keep_a_script_that_is_left_with_its_last_letter()
    {
        DesignerScreen designer = await OpenAsync(Flow);
        await designer.SelectAsync(Deciding);

        await designer.WriteScriptAsync("getVariable('Round') >= 3 // left at once");
        await designer.SelectAsync(Asking);

        await designer.Field("Due in").WaitForAsync();
        await designer.SavedAsync(Flow, root => TextOf(root).Contains("left at once", StringComparison.Ordinal));
        designer.Complaints.Should().BeEmpty();
    }

    [Theory]
    [InlineData("a[href$='/inbox']", "main h1")]
    [InlineData("[data-view=definitions]", "#studio .mud-table-row")]
    public async Task Should_send_the_last_change_before_the_page_is_left(string link, string next)
    {
        DesignerScreen designer = await OpenAsync(Flow);
        await designer.SelectAsync(Asking);
        string written = $"{link.Length} working hours";

        await designer.Field("Due in").FillAsync(written);
        await designer.Page.Locator(link).First.ClickAsync();
        await designer.Page.Locator(next).First.WaitForAsync();

        DueOf(await designer.RootOfAsync(Flow)).Should().Be(written);
        designer.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Should_ask_before_a_change_is_left_that_is_not_saved_by_itself()
    {
        DesignerScreen designer = await OpenAsync("meeting-cycle");
        JsonElement before = await designer.RootOfAsync("meeting-cycle");
        await designer.Page.Locator("#studio .mud-switch input").First.UncheckAsync();
        await designer.DropAsync("Write line", 1400, 320);
        TaskCompletionSource<string> asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        designer.Page.Dialog += async (_, dialog) =>
        {
            await dialog.DismissAsync();
            asked.TrySetResult(dialog.Type);
        };

        await designer.Page.ClickAsync("[data-view=definitions]");

        (await asked.Task.WaitAsync(TimeSpan.FromMinutes(2))).Should().Be("beforeunload");
        designer.Page.Url.Should().EndWith("/meeting-cycle/edit");
        (await designer.RootOfAsync("meeting-cycle")).GetRawText().Should().Be(before.GetRawText());
        await designer.Page.Keyboard.PressAsync("Control+s");
        await designer.SavedAsync("meeting-cycle", root => TextOf(root).Contains("Elsa.WriteLine", StringComparison.Ordinal));
        designer.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Should_offer_the_forms_of_the_flow_that_is_drawn_and_say_when_there_are_more()
    {
        DesignerScreen designer = await OpenAsync(Flow);
        await designer.Page.ClickAsync("[data-view=definitions]");
        await designer.Rows.Filter(new LocatorFilterOptions { HasTextString = "periodic-review" }).First.ClickAsync();
        await designer.Page.Locator(".x6-node[data-cell-id='AskConfirm']").WaitForAsync();
        await designer.FitAsync();
        await designer.SelectAsync("AskConfirm");
        (await OfferedAsync(designer, "Form")).Should().Contain("forms/date.json").And.NotContain("forms/intake.json");

        await firm.Postgres.ExecuteAsync(
            """
            insert into definition_asset (definition_version_id, path, content)
            select definition_version_id, 'forms/made-meanwhile.json', content from definition_asset
            where path = 'forms/date.json' and definition_version_id = (select id from definition where definition_id = 'periodic-review' and state <> 'trial' order by version desc limit 1)
            """);
        await designer.Page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");
        await designer.Notices.GetByText("What can be chosen here has changed").WaitForAsync();
        await designer.Notices.GetByRole(AriaRole.Button, new() { Name = "Load the page again" }).ClickAsync();
        await designer.Notices.GetByText("What can be chosen here has changed").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await designer.Nodes.First.WaitForAsync();
        await designer.FitAsync();
        await designer.SelectAsync("AskConfirm");

        (await OfferedAsync(designer, "Form")).Should().Contain("forms/made-meanwhile.json");
        designer.Complaints.Should().BeEmpty();
    }

    private async Task<DesignerScreen> OpenAsync(string flow)
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator, width: Wide);
        await designer.OpenEditorAsync(flow);
        await designer.FitAsync();
        return designer;
    }

    private static string? DueOf(JsonElement root) => root.GetProperty("activities").EnumerateArray().Single(activity => activity.GetProperty("id").GetString() == Asking)
        .GetProperty("dueIn").GetProperty("expression").GetProperty("value").GetString();

    private static string TextOf(JsonElement root) => root.GetRawText();

    // By the hand: a click of a program is let through whatever is on its way.
    private static Task ClickTabAsync(DesignerScreen designer, string name) =>
        designer.Page.Locator("#studio .mud-tab").Filter(new LocatorFilterOptions { HasTextRegex = new($"^\\s*{Regex.Escape(name)}\\s*$") }).First.ClickAsync();

    private static async Task<IReadOnlyList<string>> OfferedAsync(DesignerScreen designer, string label)
    {
        await designer.Choice(label).Locator("xpath=ancestor::*[contains(@class, 'mud-input-control')][1]").Locator(".mud-input-slot").First.ClickAsync();
        ILocator entries = designer.Page.Locator(".mud-popover-open .mud-list-item, .mud-popover-open .mud-list-item-extended");
        await entries.First.WaitForAsync();
        IReadOnlyList<string> offered = await entries.AllInnerTextsAsync();
        await designer.Page.Keyboard.PressAsync("Escape");
        return [.. offered.Select(text => text.Trim())];
    }

    /// <summary>A save that has left the browser and does not reach the server until it is released.</summary>
    private sealed class HeldSave : IAsyncDisposable
    {
        private const string Saves = "**/elsa/api/workflow-definitions";

        private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly IPage _page;

        private HeldSave(IPage page) => _page = page;

        public Task Arrived => _arrived.Task.WaitAsync(TimeSpan.FromMinutes(2));

        public static async Task<HeldSave> NextAsync(IPage page)
        {
            HeldSave held = new(page);
            await page.RouteAsync(Saves, held.OnSaveAsync);
            return held;
        }

        public void Release() => _released.TrySetResult();

        public async ValueTask DisposeAsync()
        {
            Release();
            await _page.UnrouteAsync(Saves);
        }

        private async Task OnSaveAsync(IRoute route)
        {
            if (route.Request.Method == "POST")
            {
                _arrived.TrySetResult();
                await _released.Task;
            }

            await route.ContinueAsync();
        }
    }
}
