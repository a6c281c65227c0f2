using EngagementFlows.Testing;
using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Browser;

/// <summary>The main job, seen by somebody who has just started the server.</summary>
[Collection(BrowserCollection.Name)]
public sealed class When_a_newcomer_plays_an_intake_in_the_browser(BrowserFixture browser, SampleFirmAfterAMonth firm) : BrowserTest(browser), IClassFixture<SampleFirmAfterAMonth>
{
    [Theory]
    [InlineData("en", 1440, "Nordhafen Logistik GmbH", "mia.novak@linden.example", "clara.brandt@linden.example", "Complete", "Approve", "Finished")]
    [InlineData("zh-CN", 390, "华语设计有限公司", "chen.jing@linden.example", "li.wei@linden.example", "资料齐全", "批准", "已完成")]
    public async Task Should_lead_from_the_mailbox_to_the_confirmation(
        string language, int width, string client, string owner, string architect, string complete, string approve, string finished)
    {
        IPage ownersPage = await Browser.OpenAsync(firm.Address.AbsoluteUri, language, width);
        await firm.SignInAsync(ownersPage, owner);
        (await ownersPage.GetAttributeAsync("html", "lang")).Should().Be(language);

        IPage form = await FollowLinkAsync(ownersPage, client);
        await FillAsync(form);
        (await form.InnerTextAsync("h1")).Should().BeOneOf("Thank you, your answer has arrived", "谢谢，我们已收到您的回复");

        await DecideAsync(ownersPage, client, complete);
        IPage architectsPage = await Browser.OpenAsync(firm.Address.AbsoluteUri, language, width);
        await firm.SignInAsync(architectsPage, architect);
        await DecideAsync(architectsPage, client, approve);

        await RowsAsync(architectsPage, $"/instances?q={Uri.EscapeDataString(client)}", 2, "the yes begins the needs analysis");
        (await architectsPage.Locator(".list .state").Last.InnerTextAsync()).Should().Be(finished);
        await RowsAsync(architectsPage, $"/mailbox?to=client&q={Uri.EscapeDataString(client)}", 5, "welcome, question, and now the confirmation, the invitation to the needs meeting and its reminder that waits");
        await architectsPage.ClickAsync(".list tbody tr:nth-child(2) a");
        await architectsPage.WaitForSelectorAsync("iframe.mail-frame");
        (await architectsPage.FrameLocator("iframe.mail-frame").Locator("body").InnerTextAsync()).Should().NotBeNullOrWhiteSpace();
    }

    // What an event begins is there a moment later.
    private static Task RowsAsync(IPage page, string list, int rows, string because) => Eventually.TrueAsync(async () =>
    {
        await page.GotoAsync(list);
        int found = await page.Locator(".list tbody tr").CountAsync();
        found.Should().BeLessOrEqualTo(rows, because);
        return found == rows;
    });

    // From the list of mails to the client's own page, which opens beside the console.
    private static async Task<IPage> FollowLinkAsync(IPage page, string client)
    {
        await page.GotoAsync($"/mailbox?to=client&q={Uri.EscapeDataString(client)}");
        await page.ClickAsync(".list tbody tr:first-child a");
        await page.WaitForSelectorAsync(".page-act a");
        return await page.RunAndWaitForPopupAsync(() => page.ClickAsync(".page-act a"));
    }

    private static async Task FillAsync(IPage form)
    {
        await form.CheckAsync("input[name='q.projectType'][value=interior]");
        // What the next answer asks for appears without a press of a button.
        await form.CheckAsync("input[name='q.siteKnown'][value=true]");
        await form.FillAsync("input[name='q.siteAddress']", "1 Harbour Street");
        await form.ClickAsync("button.primary");
        await form.FillAsync("textarea[name='q.goals']", "明亮的办公室 / bright offices");
        await form.CheckAsync("input[name='q.priorities'][value=quality]");
        await form.ClickAsync("button.primary");
        await form.Locator("[name='q.budget']").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        if (await form.Locator("select[name='q.budget']").CountAsync() > 0)
            await form.SelectOptionAsync("select[name='q.budget']", "100k-500k");
        else
            await form.CheckAsync("input[name='q.budget'][value='100k-500k']");
        await form.FillAsync("[name='q.decisionMaker']", "Jonas Petersen");
        await form.ClickAsync("button.primary");
        await form.WaitForURLAsync(url => url.EndsWith("?sent", StringComparison.Ordinal));
    }

    private static async Task DecideAsync(IPage page, string client, string act)
    {
        await page.GotoAsync("/inbox");
        await page.ClickAsync($".row-link:has-text('{client}')");
        await page.ClickAsync($".decide button:has-text('{act}')");
        await page.WaitForSelectorAsync(".notice");
    }
}
