using System.Net;
using EngagementFlows.Engagements.Clients;
using static EngagementFlows.Server.Tests.Api.ApiFixture;

namespace EngagementFlows.Server.Tests.Api;

public sealed class IdempotencyTests(ApiFixture server) : IClassFixture<ApiFixture>
{
    private int _keys;

    [Theory]
    [InlineData("api/instances", """{"definitionId":"waiting"}""", "select count(*) from instance")]
    [InlineData("api/instances/dispatch", """{"definitionId":"ending"}""", "select (select count(*) from instance) + (select count(*) from inbox where kind = 'start')")]
    [InlineData("api/events", """{"name":"Nobody waits"}""", "select count(*) from event")]
    [InlineData("api/definitions/import", """{"definitionId":"kept","id":"kept-v1","name":"kept","version":1,"root":{"id":"Main","type":"Elsa.WriteLine","text":"a"}}""", "select count(*) from definition")]
    public async Task SameKeySameBody_GivesTheSameAnswerAndDoesNothing(string path, string body, string count)
    {
        string key = NewKey();
        using HttpResponseMessage first = await PostAsync(path, body, key);
        long after = await server.Postgres.ScalarAsync<long>(count);

        using HttpResponseMessage second = await PostAsync(path, body, key);

        first.IsSuccessStatusCode.Should().BeTrue();
        second.StatusCode.Should().Be(first.StatusCode);
        (await second.Content.ReadAsStringAsync()).Should().Be(await first.Content.ReadAsStringAsync());
        second.Headers.GetValues("Idempotency-Replayed").Should().Equal("true");
        (await server.Postgres.ScalarAsync<long>(count)).Should().Be(after);
    }

    [Fact]
    public async Task SameKeyOtherBody_IsRefused()
    {
        string key = NewKey();
        (await PostAsync("api/instances", """{"definitionId":"waiting"}""", key)).EnsureSuccessStatusCode();

        using HttpResponseMessage other = await PostAsync("api/instances", """{"definitionId":"waiting","name":"other"}""", key);

        other.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await ProblemAsync(other)).Should().Contain(key);
    }

    [Fact]
    public async Task SameKeyOtherCaller_IsAnotherRequest()
    {
        string key = NewKey();
        using HttpResponseMessage first = await PostAsync("api/instances", """{"definitionId":"waiting"}""", key);

        using HttpResponseMessage other = await PostAsync("api/instances", """{"definitionId":"waiting"}""", key, StaffRoles.Administrator);

        other.StatusCode.Should().Be(HttpStatusCode.Created);
        (await other.Content.ReadAsStringAsync()).Should().NotBe(await first.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Race_OfTwenty_HasOneEffectAndOneAnswer()
    {
        string key = NewKey();
        long before = await server.Postgres.ScalarAsync<long>("select count(*) from instance");

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PostAsync("api/instances", """{"definitionId":"waiting"}""", key)));

        answers.Should().OnlyContain(answer => answer.StatusCode == HttpStatusCode.Created);
        (await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()))).Distinct().Should().ContainSingle();
        (await server.Postgres.ScalarAsync<long>("select count(*) from instance")).Should().Be(before + 1);
    }

    [Fact]
    public async Task Cancel_Repeated_GivesTheFirstAnswerThoughTheInstanceHasEnded()
    {
        Guid id = await server.StartAsync("waiting");
        string key = NewKey();
        using HttpResponseMessage first = await PostAsync($"api/instances/{id}/cancel", "{}", key);

        using HttpResponseMessage second = await PostAsync($"api/instances/{id}/cancel", "{}", key);

        second.StatusCode.Should().Be(HttpStatusCode.OK);
        (await second.Content.ReadAsStringAsync()).Should().Be(await first.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task RefusedRequest_LeavesItsKeyFree()
    {
        string key = NewKey();
        (await PostAsync("api/instances", """{"definitionId":"nowhere"}""", key)).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);

        (await PostAsync("api/instances", """{"definitionId":"waiting"}""", key)).StatusCode.Should().Be(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("with blank inside")]
    [InlineData("")]
    public async Task Key_NotUsable_IsRefused(string key)
    {
        using HttpResponseMessage answer = await PostAsync("api/instances", """{"definitionId":"waiting"}""", key);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await ProblemAsync(answer)).Should().Contain("Idempotency-Key");
    }

    private string NewKey() => $"{GetHashCode()}-{Interlocked.Increment(ref _keys)}";

    private async Task<HttpResponseMessage> PostAsync(string path, string body, string key, string role = StaffRoles.Operator)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = Json(body) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await server.Program(role).SendAsync(request);
    }
}
