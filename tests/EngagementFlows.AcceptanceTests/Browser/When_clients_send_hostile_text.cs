using EngagementFlows.Engagements.Mail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Browser;

/// <summary>Script in everything that comes from outside: names of an imported file, answers, reasons, comments, bodies of the API. It stays text on every page and in every mail.</summary>
[Collection(BrowserCollection.Name)]
public sealed class When_clients_send_hostile_text(BrowserFixture browser, SampleFirm firm) : BrowserTest(browser), IClassFixture<SampleFirm>
{
    private const string Payload = HostileText.Payload;

    [Fact]
    public async Task Should_show_it_as_text_and_run_nothing()
    {
        List<string> fired = [];
        await PoisonAsync();
        IPage client = await Browser.OpenAsync(firm.Address.AbsoluteUri, "en", 390);
        IPage staff = await Browser.OpenAsync(firm.Address.AbsoluteUri, "en", 1280);
        foreach (IPage page in new[] { client, staff })
            HostileText.Watch(page, fired);

        await AnswerAsync(client);
        await firm.Postgres.ExecuteAsync("update person set roles = '{operator,architect,account-manager,administrator,auditor}' where email = 'samuel.osei@linden.example'");
        await firm.SignInAsync(staff, "samuel.osei@linden.example");
        await CommentAsync(staff);
        string shown = await HostileText.CrawlAsync(
            staff,
            [
                "/", "/inbox", "/clients", "/mailbox", "/instances", "/incidents", "/people", "/api-keys", $"/search?q={Uri.EscapeDataString(Payload)}",
                $"/clients?q={Uri.EscapeDataString(Payload)}", $"/no/{Uri.EscapeDataString(Payload)}", await AnsweredClientAsync(),
            ],
            most: 45);

        shown.Should().Contain("Comment " + Payload, "the comment stands in the client's history, as text");
        await ReadMailsAsync(staff);
        fired.Should().BeEmpty();
    }

    // Every text that a file, a form, a task or a program may bring, with the payload in it.
    private async Task PoisonAsync()
    {
        await firm.Postgres.ExecuteAsync("update client set name = 'Hostile ' || $1, industry = $1", Payload);
        await firm.Postgres.ExecuteAsync("update contact set name = 'Hostile ' || $1", Payload);
        await firm.Postgres.ExecuteAsync("update engagement set title = 'Hostile ' || $1", Payload);
        await firm.Postgres.ExecuteAsync("update instance set name = $1", Payload);
        await firm.Postgres.ExecuteAsync("update person set name = 'Hostile ' || $1 where email = 'mia.novak@linden.example'", Payload);
        await firm.Postgres.ExecuteAsync("update link set message = $1", Payload);
        await firm.Postgres.ExecuteAsync("update engagement set owner_id = (select id from person where email = 'samuel.osei@linden.example')");
    }

    private async Task AnswerAsync(IPage client)
    {
        Guid link = await firm.Postgres.ScalarAsync<Guid>("select id from link where state = 'open' order by id limit 1");
        await client.GotoAsync(new Uri(firm.Services.GetRequiredService<Func<MailAddresses>>()().LinkOf(link)).AbsolutePath);
        await HostileText.ShouldBeTextAsync(client, "the form");
        await client.CheckAsync("input[name='q.projectType'][value=interior]");
        await client.CheckAsync("input[name='q.siteKnown'][value=true]");
        await client.FillAsync("input[name='q.siteAddress']", Payload);
        await client.FillAsync("input[name='q.area']", Payload);
        await client.ClickAsync("button.primary");
        await client.WaitForSelectorAsync("#faults");
        await HostileText.ShouldBeTextAsync(client, "the form with a fault");
        await client.FillAsync("input[name='q.area']", "");
        await client.ClickAsync("button.primary");
        await client.FillAsync("textarea[name='q.goals']", Payload);
        await client.CheckAsync("input[name='q.priorities'][value=quality]");
        await client.ClickAsync("button.primary");
        await client.Locator("[name='q.budget']").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        if (await client.Locator("select[name='q.budget']").CountAsync() > 0)
            await client.SelectOptionAsync("select[name='q.budget']", "100k-500k");
        else
            await client.CheckAsync("input[name='q.budget'][value='100k-500k']");
        await client.FillAsync("[name='q.decisionMaker']", Payload);
        await client.ClickAsync("button.primary");
        await client.WaitForURLAsync(url => url.EndsWith("?sent", StringComparison.Ordinal));
        await HostileText.ShouldBeTextAsync(client, "the end page");
        Guid other = await firm.Postgres.ScalarAsync<Guid>("select id from link where state = 'open' order by id limit 1");
        await client.GotoAsync(new Uri(firm.Services.GetRequiredService<Func<MailAddresses>>()().LinkOf(other)).AbsolutePath);
        await client.ClickAsync(".decline a");
        await client.FillAsync("#reason", Payload);
        await client.ClickAsync("button.primary");
        await client.WaitForURLAsync(url => url.EndsWith("?sent", StringComparison.Ordinal));
    }

    // The owner decides about the client's answer and says why.
    private static async Task CommentAsync(IPage staff)
    {
        await staff.GotoAsync("/inbox");
        await staff.Locator("main a[href*='/inbox/']").First.ClickAsync();
        await staff.FillAsync("#comment", "Comment " + Payload);
        await HostileText.ShouldBeTextAsync(staff, "a task");
        await staff.Locator("form.decide button[name=outcome]").First.ClickAsync();
        // Tells that it was decided; the address of the task would be there before.
        await staff.WaitForSelectorAsync(".notice");
    }

    private async Task<string> AnsweredClientAsync() => "/clients/" + await firm.Postgres.ScalarAsync<Guid>(
        "select e.client_id from task t join engagement e on e.id = t.engagement_id where t.comment is not null order by t.id limit 1");

    // Mails that were written after the poison: their HTML as a mail program would show it, without the console's sandbox.
    private async Task ReadMailsAsync(IPage staff)
    {
        string[] mails = (await firm.Postgres.ScalarAsync<string[]>("select array(select html from mail where html like '%Hostile%' or subject like '%Hostile%' order by sequence desc limit 5)"))!;
        mails.Should().NotBeEmpty();
        string[] texts = (await firm.Postgres.ScalarAsync<string[]>("select array(select text from mail where text like '%Hostile%' order by sequence desc limit 5)"))!;
        texts.Should().NotBeEmpty().And.OnlyContain(text => text.Contains("<script>alert(1)</script>", StringComparison.Ordinal), "a text part needs no encoding, and has none");
        foreach (string html in mails)
        {
            await staff.GotoAsync("about:blank");
            await staff.SetContentAsync(html);
            await HostileText.ShouldBeTextAsync(staff, "a mail");
        }
    }
}
