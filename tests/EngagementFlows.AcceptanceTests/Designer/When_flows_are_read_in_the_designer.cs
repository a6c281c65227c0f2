using EngagementFlows.AcceptanceTests.Browser;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Testing;
using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Designer;

/// <summary>The firm's flows are listed and drawn, by our server alone, without a complaint of the browser.</summary>
[Collection(BrowserCollection.Name)]
public sealed class When_flows_are_read_in_the_designer(BrowserFixture browser, DesignerFirm firm) : BrowserTest(browser), IClassFixture<DesignerFirm>
{
    [Fact]
    public async Task Should_list_the_flows_and_draw_one_whole()
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator);

        await designer.OpenDefinitionsAsync();
        (await designer.Rows.AllInnerTextsAsync()).Should().Contain(row => row.Contains("client-intake", StringComparison.Ordinal));
        await designer.Rows.Filter(new LocatorFilterOptions { HasTextString = "client-intake" }).ClickAsync();
        int activities = await ActivitiesOfAsync("client-intake");
        await Eventually.BecomesAsync(() => designer.Nodes.CountAsync(), activities);

        new Uri(designer.Page.Url).AbsolutePath.Should().Be(DesignerScreen.Editor("client-intake"));
        designer.Complaints.Should().BeEmpty("nothing comes from elsewhere, and no policy is broken");
    }

    [Fact]
    public async Task Should_draw_a_flow_by_its_address_and_change_nothing_by_that()
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator);
        long before = await VersionsAsync();

        await designer.OpenEditorAsync("client-intake");
        await designer.Page.Locator("#studio .mud-expand-panel").First.WaitForAsync();

        (await VersionsAsync()).Should().Be(before);
        designer.Complaints.Should().BeEmpty();
    }

    // Whatever moves unseen is laid out and drawn anew sixty times a second, in each tab that somebody left open.
    [Fact]
    public async Task Should_rest_while_nothing_happens()
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator);
        Guid instance = await firm.Postgres.ScalarAsync<Guid>("select id from instance where definition_id = 'client-intake' and status = 'suspended' order by id limit 1");

        foreach (string place in new[] { DesignerScreen.Editor("client-intake"), DesignerScreen.Viewer(instance.ToString()) })
        {
            await designer.Page.GotoAsync(place);
            await designer.Page.Locator("#studio .mud-progress-linear-bar").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
            await designer.Nodes.First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
            await Eventually.TrueAsync(() => designer.Page.EvaluateAsync<bool>("document.getAnimations().every(one => one.playState !== 'running')"));
        }
    }

    private Task<long> VersionsAsync() => firm.Postgres.ScalarAsync<long>("select count(*) from definition");

    private Task<int> ActivitiesOfAsync(string id) =>
        firm.Postgres.ScalarAsync<int>("select jsonb_array_length(json::jsonb -> 'root' -> 'activities') from definition where definition_id = $1 and state = 'published'", id);
}
