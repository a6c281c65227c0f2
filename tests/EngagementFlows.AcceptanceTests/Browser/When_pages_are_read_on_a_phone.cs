using EngagementFlows.Testing;
using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Browser;

/// <summary>Every page fits a phone and a desk, loads nothing that is forbidden, and can be worked by the keyboard.</summary>
[Collection(BrowserCollection.Name)]
public sealed class When_pages_are_read_on_a_phone(BrowserFixture browser, SampleFirm firm) : BrowserTest(browser), IClassFixture<SampleFirm>
{
    private static readonly string[] Lists =
    [
        "/", "/inbox", "/clients", "/clients/import", "/mailbox", "/instances", "/incidents", "/definitions", "/definitions/import", "/people", "/people/invite", "/api-keys", "/api-keys/new",
        "/webhooks", "/webhooks/new", "/webhooks/new-hook", "/webhooks/hooks/long", "/held", "/more", "/search?q=a",
    ];

    [Theory]
    [InlineData("en", 390)]
    [InlineData("zh-CN", 390)]
    [InlineData("en", 1440)]
    public async Task Should_fit_without_scrolling_sideways(string language, int width)
    {
        IPage page = await Browser.OpenAsync(firm.Address.AbsoluteUri, language, width);
        List<string> complaints = [];
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                complaints.Add($"{page.Url}: {message.Text}");
        };
        await firm.Postgres.ExecuteAsync("update person set roles = '{operator,architect,account-manager,administrator,auditor}' where email = 'samuel.osei@linden.example'");
        await firm.SignInAsync(page, "samuel.osei@linden.example");
        await firm.Postgres.ExecuteAsync(
            "insert into hook (name, event_name, correlation_path, secret, created_at, created_by, changed_at, changed_by) values ('long', repeat('Heard', 50), repeat('data.', 50) || 'id', '', now(), 'test', now(), 'test') on conflict do nothing");
        // The longest names that the house allows.
        await firm.Postgres.ExecuteAsync("update client set name = repeat('Donaudampfschifffahrtsgesellschaft', 5) where external_id = 'C-1003'");
        await firm.Postgres.ExecuteAsync("update engagement set title = repeat('城市更新与既有建筑改造综合咨询服务项目', 10) where client_id = (select id from client where external_id = 'C-1003')");

        Guid engagement = await firm.Postgres.ScalarAsync<Guid>("select e.id from engagement e join client c on c.id = e.client_id where c.external_id = 'C-1003'");
        foreach (string path in (string[])[$"/engagements/{engagement}/meetings/new", "/meetings", "/people", .. Lists])
        {
            await page.GotoAsync(path);
            await ShouldFitAsync(page, path);
            string? detail = await page.EvaluateAsync<string?>("() => document.querySelector('main .list a, main .row-link')?.getAttribute('href') ?? null");
            if (detail is null)
                continue;
            await page.GotoAsync(detail);
            await ShouldFitAsync(page, detail);
        }

        complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Should_go_by_the_keyboard()
    {
        IPage page = await Browser.OpenAsync(firm.Address.AbsoluteUri, "en", 1440);
        await firm.SignInAsync(page, "samuel.osei@linden.example");

        await GoToClientsAsync(page);
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        (await page.Locator(".list tbody tr").Nth(1).GetAttributeAsync("class")).Should().Contain("at");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/clients/*");
        await page.Keyboard.PressAsync("/");
        (await page.EvaluateAsync<string>("document.activeElement.id")).Should().Be("search");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("?");
        (await page.Locator("#keys").IsVisibleAsync()).Should().BeTrue();
    }

    [Fact]
    public async Task Should_keep_language_and_colours_as_chosen()
    {
        IPage page = await Browser.OpenAsync(firm.Address.AbsoluteUri, "en", 1440);
        await firm.SignInAsync(page, "samuel.osei@linden.example");

        await page.ClickAsync("button[name=language]");
        await page.WaitForSelectorAsync("html[lang='zh-CN']");
        await page.ClickAsync("button[name=theme][value=dark]");
        await page.WaitForSelectorAsync("html[data-bs-theme=dark]");
        await page.GotoAsync("/clients");

        (await page.InnerTextAsync("h1")).Should().Be("客户");
        (await page.GetAttributeAsync("html", "data-bs-theme")).Should().Be("dark");
    }

    private static Task GoToClientsAsync(IPage page) => Eventually.TrueAsync(async () =>
    {
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("c");
        try
        {
            await page.WaitForURLAsync("**/clients", new() { Timeout = 20_000 });
            return true;
        }
        catch (TimeoutException)
        {
            // The second key counts for a moment only, which a busy machine lets pass between the two.
            return false;
        }
    });

    private static async Task ShouldFitAsync(IPage page, string path) =>
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).Should().BeLessThanOrEqualTo(0, path);
}
