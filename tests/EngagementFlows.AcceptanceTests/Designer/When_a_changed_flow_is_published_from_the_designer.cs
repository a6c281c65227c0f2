using System.Text.Json;
using EngagementFlows.AcceptanceTests.Browser;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Testing;
using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Designer;

/// <summary>An operator changes a published flow and asks for its publication; an architect sees what changed, and lets it go live.</summary>
[Collection(BrowserCollection.Name)]
public sealed class When_a_changed_flow_is_published_from_the_designer(BrowserFixture browser, DesignerFirm firm) : BrowserTest(browser), IClassFixture<DesignerFirm>
{
    private const string Flow = "client-intake";
    private const string Script = "getVariable('Round') >= 4";
    private const string Form = "forms/meeting.json";

    [Fact]
    public async Task Should_keep_scripts_and_choices_and_go_live_by_another_pair_of_eyes()
    {
        // A large desk: the Studio makes no flow smaller than half its size, and this one of 38 activities is larger than a small window's canvas even then.
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator);
        await designer.Page.SetViewportSizeAsync(3200, 1600);
        await designer.OpenEditorAsync(Flow);
        await designer.FitAsync();
        await designer.SelectAsync("RoundsOver");
        await designer.WriteScriptAsync(Script);
        await designer.SavedAsync(Flow, root => Expression(root, "RoundsOver", "condition") == Script);
        await designer.SelectAsync("CallClient");
        await designer.ChooseAsync("Form", Form);
        await designer.SavedAsync(Flow, root => Expression(root, "CallClient", "form") == Form);
        string? drawn = await StoredAsync();

        await designer.ReloadAsync("zh-CN");
        await designer.Nodes.First.WaitForAsync();
        await designer.FitAsync();
        await designer.SelectAsync("RoundsOver");
        await designer.Script.WaitForAsync();
        await Eventually.BecomesAsync(designer.ReadScriptAsync, Script);
        await designer.SelectAsync("CallClient");
        await Eventually.BecomesAsync(() => designer.Choice("表单").InputValueAsync(), Form);
        (await StoredAsync()).Should().Be(drawn, "looking changes nothing");

        await designer.PublishButton.ClickAsync();
        await designer.Notices.GetByText("经架构师批准后生效").WaitForAsync();
        (await StateOfAsync(2)).Should().Be("submitted");
        (await StateOfAsync(1)).Should().Be("published", "until somebody else has looked");
        (await designer.Page.Locator(".mud-snackbar:visible", new() { HasTextString = "published" }).CountAsync()).Should().Be(0);
        designer.Complaints.Should().BeEmpty();

        await ApproveAsync();
    }

    private async Task ApproveAsync()
    {
        DesignerScreen architect = await firm.SitDownAsync(Browser, StaffRoles.Architect, person: DesignerFirm.Architect);
        await architect.Page.GotoAsync("/definitions/client-intake-v2/review");
        string review = await architect.Page.Locator("main").InnerTextAsync();
        review.Should().Contain("changed Asked three times?").And.Contain("getVariable('Round') >= 3").And.Contain(Script);
        review.Should().Contain("changed Call the silent client").And.Contain(Form);
        review.Should().NotContain("changed Welcome the client", "it stayed as it was");
        (await architect.Page.Locator("svg").CountAsync()).Should().BeGreaterThanOrEqualTo(2, "the picture before and after");
        await architect.Page.ClickAsync("form[action$='/approve'] button");
        await Eventually.BecomesAsync(() => StateOfAsync(2), "published");

        await architect.OpenDefinitionsAsync();
        ILocator row = architect.Rows.Filter(new LocatorFilterOptions { HasTextString = Flow });
        (await row.Locator("td[data-label='Published version']").InnerTextAsync()).Trim().Should().Be("2");
        architect.Complaints.Should().BeEmpty();
    }

    private static string? Expression(JsonElement root, string activity, string input) =>
        root.GetProperty("activities").EnumerateArray().Single(one => one.GetProperty("id").GetString() == activity).TryGetProperty(input, out JsonElement value)
            ? value.GetProperty("expression").GetProperty("value").GetString()
            : null;

    private Task<string?> StoredAsync() => firm.Postgres.ScalarAsync<string?>("select json from definition where definition_id = $1 and version = 2", Flow);

    private Task<string?> StateOfAsync(int version) => firm.Postgres.ScalarAsync<string?>("select state from definition where definition_id = $1 and version = $2", Flow, version);
}
