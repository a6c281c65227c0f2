using System.Net;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Tests.Staff;

namespace EngagementFlows.Server.Tests.Api;

[Collection(HouseCollection.Name)]
public sealed class TaskRepetitionTests(HouseFixture house)
{
    // A caller who got no answer asks again under his key, perhaps elsewhere, while his first request is being committed.
    [Fact]
    public async Task Complete_SameKeyAtOnce_GivesEveryoneTheFirstAnswer()
    {
        (HttpClient owner, Guid person) = await house.SignInAsync(StaffRoles.AccountManager);
        Guid task = await OpenTaskAsync();
        await house.Postgres.ExecuteAsync("update task set assignee_person_id = $1, assignee_role = null where id = $2", person, task);

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CompleteAsync(owner, task)));

        answers.Should().OnlyContain(answer => answer.StatusCode == HttpStatusCode.OK);
        (await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()))).Distinct().Should().ContainSingle();
    }

    private async Task<Guid> OpenTaskAsync()
    {
        (Guid link, string address) = await house.NextLinkAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);
        using HttpResponseMessage answered = await HouseFixture.AnswerAsync(browser, form, html);
        return await house.Postgres.ScalarAsync<Guid>("select t.id from task t join link l on l.instance_id = t.instance_id where l.id = $1 and t.state = 'open'", link);
    }

    private static async Task<HttpResponseMessage> CompleteAsync(HttpClient owner, Guid task)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"api/tasks/{task:D}/complete") { Content = ApiFixture.Json("""{"outcome":"Complete"}""") };
        request.Headers.Add("Idempotency-Key", $"once-{task:N}");
        return await owner.SendAsync(request);
    }
}
