using System.Net;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Staff;

/// <summary>What people do on the pages: done once, audited, and only by those who may.</summary>
public sealed class ActTests(HouseFixture house) : IClassFixture<HouseFixture>
{
    [Fact]
    public async Task Cancel_WithAReason_EndsTheInstanceAndIsAudited()
    {
        Guid instance = await WaitingAsync();

        using HttpResponseMessage answer = await CancelAsync(house.Staff, instance, "The client went to somebody else.");
        IDocument page = await house.ReadAsync($"/instances/{instance}");

        answer.Headers.Location!.OriginalString.Should().Be($"/instances/{instance}");
        page.QuerySelector(".page-line")!.TextContent.Should().Contain("Cancelled");
        (await house.Postgres.ScalarAsync<string>("select status from instance where id = $1", instance)).Should().Be("cancelled");
        (await house.Postgres.ScalarAsync<string>("select state from link where instance_id = $1", instance)).Should().Be("ended", "its links die with it");
        (await house.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'InstanceCancelled' and subject = $1 and detail->>'reason' like 'The client went%'", $"instance/{instance}")).Should().Be(1);
    }

    [Fact]
    public async Task Cancel_Twice_IsAuditedOnce()
    {
        Guid instance = await WaitingAsync();
        (await CancelAsync(house.Staff, instance, "First.")).Dispose();

        (await CancelAsync(house.Staff, instance, "Second.")).Dispose();

        (await house.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'InstanceCancelled' and subject = $1", $"instance/{instance}")).Should().Be(1);
    }

    [Fact]
    public async Task Cancel_WithoutAReason_ChangesNothingAndSaysWhy()
    {
        Guid instance = await WaitingAsync();

        using HttpResponseMessage answer = await CancelAsync(house.Staff, instance, "  ");
        string page = await house.Staff.GetStringAsync(answer.Headers.Location);

        page.Should().ContainAny("say why, so that the audit is complete", "请填写原因，以便审计完整");
        (await house.Postgres.ScalarAsync<string>("select status from instance where id = $1", instance)).Should().Be("suspended");
    }

    [Theory]
    [InlineData(StaffRoles.Auditor)]
    [InlineData(StaffRoles.Architect)]
    [InlineData(StaffRoles.AccountManager)]
    public async Task Cancel_ByARoleThatMayNot_IsForbiddenAndNotOffered(string role)
    {
        Guid instance = await WaitingAsync();
        (HttpClient person, _) = await house.SignInAsync(role);

        using HttpResponseMessage answer = await CancelAsync(person, instance, "I want to.");
        IDocument page = await HouseFixture.ParseAsync(await person.GetStringAsync($"/instances/{instance}"));

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        page.QuerySelectorAll("form[action$='/cancel']").Should().BeEmpty();
        (await house.Postgres.ScalarAsync<string>("select status from instance where id = $1", instance)).Should().Be("suspended");
    }

    [Fact]
    public async Task Task_OfSomebodyElse_LooksLikeNone()
    {
        (_, string address) = await house.NextLinkAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);
        (await HouseFixture.AnswerAsync(browser, form, html)).Dispose();
        Guid task = await house.Postgres.ScalarAsync<Guid>("select id from task where state = 'open' order by opened_at desc limit 1");
        (HttpClient stranger, _) = await house.SignInAsync(StaffRoles.AccountManager);

        using HttpResponseMessage answer = await stranger.GetAsync($"/inbox/{task}");

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await stranger.GetStringAsync("/inbox")).Should().Contain("Nothing waits for you");
    }

    [Fact]
    public async Task Task_ByTheAddressInAMail_LeadsThroughSignInToTheTask()
    {
        (_, string address) = await house.NextLinkAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);
        (await HouseFixture.AnswerAsync(browser, form, html)).Dispose();
        Guid task = await house.Postgres.ScalarAsync<Guid>("select id from task where state = 'open' order by opened_at desc limit 1");
        (_, Guid person) = await house.SignInAsync(StaffRoles.AccountManager);
        await house.Postgres.ExecuteAsync("update task set assignee_person_id = $2, assignee_role = null where id = $1", task, person);
        string email = (await house.Postgres.ScalarAsync<string>("select email from person where id = $1", person))!;
        string mailed = new Uri(house.Services.GetRequiredService<Func<MailAddresses>>()().Fill(MailAddresses.TaskPlaceholder(task), null)).PathAndQuery;
        HttpClient reader = house.Anonymous();
        reader.DefaultRequestHeaders.Add("Origin", house.Address.GetLeftPart(UriPartial.Authority));

        using HttpResponseMessage stopped = await reader.GetAsync(mailed);
        string returnTo = (await HouseFixture.ParseAsync(await reader.GetStringAsync(stopped.Headers.Location))).QuerySelector("form[action='/sign-in'] input[name=returnTo]")!.GetAttribute("value")!;
        using HttpResponseMessage signedIn = await ServerFixture.PostFormAsync(
            reader, stopped.Headers.Location!.OriginalString, "/sign-in", new() { ["email"] = email, ["password"] = ServerFixture.Password, ["returnTo"] = returnTo });
        IDocument page = await HouseFixture.ParseAsync(await reader.GetStringAsync(signedIn.Headers.Location));

        returnTo.Should().Be(mailed);
        signedIn.Headers.Location!.OriginalString.Should().Be(mailed);
        page.QuerySelectorAll($"form.decide[action='/inbox/{task}']").Should().ContainSingle("the task itself is open, ready to be decided");
    }

    private async Task<Guid> WaitingAsync()
    {
        (Guid link, _) = await house.NextLinkAsync();
        return await house.Postgres.ScalarAsync<Guid>("select instance_id from link where id = $1", link);
    }

    private static Task<HttpResponseMessage> CancelAsync(HttpClient person, Guid instance, string reason) =>
        ServerFixture.PostFormAsync(person, $"/instances/{instance}", $"/instances/{instance}/cancel", new() { ["reason"] = reason });
}
