using EngagementFlows.AcceptanceTests.Browser;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Testing;
using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Designer;

/// <summary>Who may see the designer comes in and finds it in the console's frame; nobody else is shown anything of it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class When_staff_open_the_designer(BrowserFixture browser, DesignerFirm firm) : BrowserTest(browser), IClassFixture<DesignerFirm>
{
    [Theory]
    [InlineData(StaffRoles.Operator)]
    [InlineData(StaffRoles.Architect)]
    [InlineData(StaffRoles.Auditor)]
    public async Task Should_show_it_to_operators_architects_and_auditors(string role)
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, role);

        await designer.Page.ClickAsync(".side a[data-key=f]");
        await designer.Part("elsa-workflow-definition-list").WaitForAsync(new() { State = WaitForSelectorState.Attached });

        new Uri(designer.Page.Url).AbsolutePath.Should().Be("/designer");
        (await designer.Page.Locator(".side a.here").GetAttributeAsync("href")).Should().Be("/designer");
    }

    [Fact]
    public async Task Should_refuse_account_managers()
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.AccountManager);

        (await designer.Page.Locator(".side a[data-key=f]").CountAsync()).Should().Be(0);
        IResponse? answer = await designer.Page.GotoAsync(DesignerScreen.Definitions);

        answer!.Status.Should().Be(403);
        (await designer.Page.Locator("#studio").CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Should_lead_strangers_to_sign_in_and_name_the_way_back()
    {
        IPage page = await Browser.OpenAsync(firm.Address.AbsoluteUri, "en", 1440);

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
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator, language, width: 390);

        await designer.Page.GotoAsync(DesignerScreen.Definitions);
        await designer.Part("elsa-workflow-definition-list").WaitForAsync(new() { State = WaitForSelectorState.Attached });

        (await designer.Page.Locator(".designer-narrow").IsVisibleAsync()).Should().BeTrue();
        (await designer.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).Should().BeLessThanOrEqualTo(0);
    }

    [Theory]
    [InlineData("en", "Created")]
    [InlineData("zh-CN", "创建时间")]
    public async Task Should_reach_all_of_a_list_on_a_phone_and_name_its_cells(string language, string created)
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator, language, width: 390);

        await designer.OpenDefinitionsAsync();
        (await OutsideAsync(designer.Page, "#studio .mud-table-toolbar :is(button, input)")).Should().BeEmpty("flows are sought and made on a phone too");
        await designer.OpenInstancesAsync();

        (await OutsideAsync(designer.Page, "#studio .mud-table-toolbar :is(button, input)")).Should().BeEmpty();
        await Eventually.TrueAsync(async () => await designer.Page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('#studio td[data-label=CreatedAt]'), '::before').content") == $"\"{created}\"");
        (await designer.Page.EvaluateAsync<bool>("() => [...document.querySelectorAll('#studio td[data-words]')].every(cell => cell.dataset.words === cell.closest('table').tHead.rows[0].cells[cell.cellIndex].textContent.trim())"))
            .Should().BeTrue("a cell is called as its column is");
    }

    [Fact]
    public async Task Should_break_long_ids_of_an_instance_and_lay_its_panes_one_below_the_other_on_a_phone()
    {
        Guid instance = await firm.Postgres.ScalarAsync<Guid>("select id from instance where definition_id = 'client-intake' and status = 'suspended' order by id limit 1");
        DesignerScreen wide = await firm.SitDownAsync(Browser, StaffRoles.Operator);

        await wide.Page.GotoAsync(DesignerScreen.Viewer(instance.ToString()));
        await wide.Page.Locator("#studio tr.hover-row", new() { HasTextString = instance.ToString() }).First.WaitForAsync();

        (await wide.Page.EvaluateAsync<int>("() => Math.max(...[...document.querySelectorAll('#studio table:has(tr.hover-row)')].filter(table => table.checkVisibility()).map(table => table.scrollWidth - table.parentElement.clientWidth))"))
            .Should().BeLessThanOrEqualTo(0, "nothing of a table of facts is cut off");

        await wide.Page.SetViewportSizeAsync(390, 844);
        await Eventually.TrueAsync(async () => await wide.Page.EvaluateAsync<bool>("() => document.querySelector('#studio .x6-graph').getBoundingClientRect().width > 300"));
        (await wide.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).Should().BeLessThanOrEqualTo(0);
    }

    [Fact]
    public async Task Should_open_a_menu_below_its_button()
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator);
        await designer.OpenDefinitionsAsync();

        ILocator button = designer.Page.Locator("#studio button", new() { HasTextString = "Bulk actions" });
        await button.ClickAsync();
        ILocator menu = designer.Page.Locator(".mud-popover-open").First;
        await menu.WaitForAsync();

        LocatorBoundingBoxResult above = (await button.BoundingBoxAsync())!;
        await Eventually.TrueAsync(async () => await menu.BoundingBoxAsync() is { } box && Math.Abs(box.X - above.X) < 8 && Math.Abs(box.Y - above.Y - above.Height) < 8);
    }

    // What lies beyond the window's edges, or under something else.
    private static Task<string[]> OutsideAsync(IPage page, string selector) => page.EvaluateAsync<string[]>(
        """
        selector => [...document.querySelectorAll(selector)].filter(element => element.checkVisibility() && element.type !== 'hidden').filter(element => {
          const box = element.getBoundingClientRect();
          const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return box.left < 0 || box.right > innerWidth || !(element.contains(top) || top?.contains(element));
        }).map(element => element.textContent || element.placeholder)
        """, selector);
}
