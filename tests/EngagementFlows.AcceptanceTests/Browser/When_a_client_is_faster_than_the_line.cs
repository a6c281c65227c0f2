using EngagementFlows.Engagements.Mail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Browser;

/// <summary>The form is drawn anew when an answer asks for another question; what the client ticks while that is on its way is not lost.</summary>
[Collection(BrowserCollection.Name)]
public sealed class When_a_client_is_faster_than_the_line(BrowserFixture browser, SampleFirm firm) : BrowserTest(browser), IClassFixture<SampleFirm>
{
    [Fact]
    public async Task Should_keep_every_tick_and_ask_what_the_last_ones_ask_for()
    {
        IPage form = await Browser.OpenAsync(firm.Address.AbsoluteUri, "en", 390);
        Guid link = await firm.Postgres.ScalarAsync<Guid>("select id from link where state = 'open' order by id limit 1");
        await form.GotoAsync(new Uri(firm.Services.GetRequiredService<Func<MailAddresses>>()().LinkOf(link)).AbsolutePath);
        TaskCompletionSource<IRoute> asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await form.RouteAsync("**/c/form/**", async route =>
        {
            // The first question to the server waits; the later ones go through.
            if (route.Request.Method != "POST" || !asked.TrySetResult(route))
                await route.ContinueAsync();
        });

        await form.CheckAsync("input[name='q.siteKnown'][value=true]");
        IRoute first = await asked.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await form.CheckAsync("input[name='q.siteKnown'][value=false]");
        await form.CheckAsync("input[name='q.projectType'][value=interior]");
        await form.CheckAsync("input[name='q.siteKnown'][value=true]");
        await form.FillAsync("input[name='q.area']", "420");
        await first.ContinueAsync();

        await form.FillAsync("input[name='q.siteAddress']", "1 Harbour Street");
        (await form.IsCheckedAsync("input[name='q.siteKnown'][value=true]")).Should().BeTrue();
        (await form.IsCheckedAsync("input[name='q.projectType'][value=interior]")).Should().BeTrue();
        (await form.InputValueAsync("input[name='q.area']")).Should().Be("420");
        // What was filled in goes on with the form, out of sight.
        await form.CheckAsync("input[name='q.siteKnown'][value=false]");
        await form.Locator("#input-siteAddress").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }
}
