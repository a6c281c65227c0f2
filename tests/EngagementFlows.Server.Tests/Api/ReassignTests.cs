using System.Net;
using System.Net.Http.Json;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Tests.Staff;
using static EngagementFlows.Server.Tests.Api.ApiFixture;

namespace EngagementFlows.Server.Tests.Api;

/// <summary>A task is given to somebody else by one who saw how it stands, and by nobody who did not.</summary>
public sealed class ReassignTests(HouseFixture house) : IClassFixture<HouseFixture>
{
    [Fact]
    public async Task Reassign_WithTheTagThatWasSeen_GivesItOnAndIsAudited()
    {
        (Guid task, string tag) = await TaskAsync();

        using HttpResponseMessage answer = await ReassignAsync(task, tag, new { role = StaffRoles.Architect });

        answer.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await house.Postgres.ScalarAsync<string>("select assignee_role from task where id = $1", task)).Should().Be(StaffRoles.Architect);
        (await house.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'TaskReassigned' and subject = $1", $"task/{task}")).Should().Be(1);
    }

    [Fact]
    public async Task Reassign_OfAnOldView_IsRefusedWithWhoAndWhen()
    {
        (Guid task, string tag) = await TaskAsync();
        (await ReassignAsync(task, tag, new { role = StaffRoles.Operator })).EnsureSuccessStatusCode();

        using HttpResponseMessage answer = await ReassignAsync(task, tag, new { role = StaffRoles.Architect });

        answer.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
        (await ProblemAsync(answer)).Should().Contain("'TaskReassigned' by 'key:operator' at 20");
        answer.Headers.ETag!.Tag.Should().NotBe(tag);
        (await house.Postgres.ScalarAsync<string>("select assignee_role from task where id = $1", task)).Should().Be(StaffRoles.Operator);
    }

    [Fact]
    public async Task Reassign_WithoutATag_IsAskedForOne()
    {
        (Guid task, _) = await TaskAsync();

        using HttpResponseMessage answer = await ReassignAsync(task, tag: null, new { role = StaffRoles.Architect });

        answer.StatusCode.Should().Be((HttpStatusCode)428);
        (await ProblemAsync(answer)).Should().Contain("'If-Match'");
    }

    [Fact]
    public async Task Reassign_TwentyAtOnceWithOneTag_OneHolds()
    {
        (Guid task, string tag) = await TaskAsync();

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => ReassignAsync(task, tag, new { role = n % 2 == 0 ? StaffRoles.Architect : StaffRoles.Operator })));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.NoContent).Should().Be(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed).Should().Be(19);
    }

    private async Task<HttpResponseMessage> ReassignAsync(Guid task, string? tag, object to)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"api/tasks/{task}/reassign") { Content = JsonContent.Create(to) };
        if (tag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        return await house.Program(StaffRoles.Operator).SendAsync(request);
    }

    private async Task<(Guid Task, string Tag)> TaskAsync()
    {
        (_, string address) = await house.NextLinkAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);
        (await HouseFixture.AnswerAsync(browser, form, html)).StatusCode.Should().Be(HttpStatusCode.Found);
        Guid task = await house.Postgres.ScalarAsync<Guid>("select id from task where state = 'open' order by opened_at desc, id desc limit 1");
        using HttpResponseMessage seen = await house.Program(StaffRoles.Operator).GetAsync($"api/tasks/{task}");
        return (task, seen.Headers.ETag!.Tag);
    }
}
