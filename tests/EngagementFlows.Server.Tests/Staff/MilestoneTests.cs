using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Tests.Api;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Staff;

/// <summary>Milestones on the client's page and by the API: plan beside actual, marked once, by those who may.</summary>
public sealed class MilestoneTests(HouseFixture house) : IClassFixture<HouseFixture>
{
    [Theory]
    [InlineData("en", "Late", "Planned", "Mark as reached")]
    [InlineData("zh-CN", "已逾期", "计划中", "标记为已达成")]
    public async Task Page_OfAClientWithMilestones_ShowsHowTheyStand(string language, string late, string ahead, string mark)
    {
        Known known = await SeedAsync();

        IDocument page = await house.ReadAsync($"/clients/{known.Client}", language);

        IElement[] lines = [.. page.QuerySelectorAll(".milestones > li")];
        lines.Select(line => line.QuerySelector(".state")!.TextContent).Should().Equal(late, ahead);
        lines[0].TextContent.Should().Contain("Design").And.Contain(mark);
        page.QuerySelectorAll("[id]").Select(element => element.Id).Should().OnlyHaveUniqueItems();
        page.QuerySelectorAll(".milestones input:not([type=hidden])").Should().OnlyContain(input => page.QuerySelector($"label[for='{input.Id}']") != null);
    }

    [Fact]
    public async Task Mark_Twice_IsDoneOnceAndBothAreTold()
    {
        Known known = await SeedAsync();

        using HttpResponseMessage first = await MarkAsync(house.Staff, known, "2026-01-15");
        (await house.Staff.GetStringAsync(first.Headers.Location)).Should().ContainAny("is marked as reached", "已将里程碑标记为达成");
        using HttpResponseMessage second = await MarkAsync(house.Staff, known, "2026-01-15");
        (await house.Staff.GetStringAsync(second.Headers.Location)).Should().ContainAny("was marked as reached before", "此前已标记为达成");
        IDocument page = await house.ReadAsync($"/clients/{known.Client}");

        page.QuerySelectorAll(".milestones > li")[0].TextContent.Should().Contain("Reached late").And.Contain("reached on").And.NotContain("Mark as reached");
        page.QuerySelector(".story")!.TextContent.Should().Contain("Milestone reached on 2026-01-15: Design");
        (await house.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'MilestoneReached' and subject = $1", $"milestone/{known.Late}")).Should().Be(1);
    }

    [Theory]
    [InlineData("2999-01-01", "lies ahead")]
    [InlineData("", "Give the date")]
    public async Task Mark_WithADateThatCannotBe_ChangesNothing(string on, string words)
    {
        Known known = await SeedAsync();

        using HttpResponseMessage answer = await MarkAsync(house.Staff, known, on);
        using HttpRequestMessage request = new(HttpMethod.Get, answer.Headers.Location);
        string page = await (await house.Staff.SendAsync(request)).Content.ReadAsStringAsync();

        page.Should().ContainAny(words, "尚未到来", "请填写达成日期");
        (await house.Postgres.ScalarAsync<long>("select count(*) from milestone where id = $1 and reached_on is null", known.Late)).Should().Be(1);
    }

    [Fact]
    public async Task Mark_ByAnAuditor_IsForbiddenAndNotOffered()
    {
        Known known = await SeedAsync();
        (HttpClient auditor, _) = await house.SignInAsync(StaffRoles.Auditor);

        using HttpResponseMessage answer = await MarkAsync(auditor, known, "2026-01-15");

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await HouseFixture.ParseAsync(await auditor.GetStringAsync($"/clients/{known.Client}"))).QuerySelectorAll(".milestones form").Should().BeEmpty();
    }

    [Fact]
    public async Task Api_ListsAndMarks_AndASecondTimeIsTheSame()
    {
        Known known = await SeedAsync();
        HttpClient program = house.Program("administrator");
        string address = $"api/engagements/{known.Engagement}/milestones";

        JsonElement first = await ApiFixture.ReadAsync(await program.GetAsync($"{address}?limit=1"));
        JsonElement rest = await ApiFixture.ReadAsync(await program.GetAsync($"{address}?limit=1&after={first.GetProperty("next").GetString()}"));
        (first.GetProperty("items")[0].GetProperty("standing").GetString(), rest.GetProperty("items")[0].GetProperty("name").GetString()).Should().Be(("late", "Build"));
        rest.GetProperty("next").ValueKind.Should().Be(JsonValueKind.Null);

        for (int i = 0; i < 2; i++)
        {
            using HttpResponseMessage marked = await program.PostAsJsonAsync($"{address}/{known.Late}/reached", new { on = "2025-12-31" });
            (await ApiFixture.ReadAsync(marked)).GetProperty("standing").GetString().Should().Be("inTime");
        }

        (await program.PostAsJsonAsync($"{address}/{known.Late}/reached", new { on = "2025-12-30" })).StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await program.PostAsJsonAsync($"{address}/{known.Ahead}/reached", new { on = "2999-12-30" })).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await program.PostAsJsonAsync($"{address}/{Guid.Empty}/reached", new { })).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await program.GetAsync($"api/engagements/{Guid.Empty}/milestones")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await ApiFixture.ReadAsync(await program.PostAsJsonAsync($"{address}/{known.Ahead}/reached", new { }))).GetProperty("reachedOn").GetString().Should().HaveLength(10, "without a date it is this day");
    }

    private Task<HttpResponseMessage> MarkAsync(HttpClient person, Known known, string on) => ServerFixture.PostFormAsync(
        person, $"/clients/{known.Client}", $"/clients/{known.Client}/milestones/{known.Late}/reached", new() { ["on"] = on, ["engagement"] = $"{known.Engagement}" });

    private async Task<Known> SeedAsync()
    {
        Guid engagement = await house.Postgres.ScalarAsync<Guid>("select e.id from engagement e where not exists (select 1 from milestone m where m.engagement_id = e.id) order by e.id limit 1");
        Guid client = await house.Postgres.ScalarAsync<Guid>("select client_id from engagement where id = $1", engagement);
        Guid late = await AddAsync("Design", "2026-01-01");
        return new(client, engagement, late, await AddAsync("Build", "2999-04-30"));

        Task<Guid> AddAsync(string name, string on) => house.Postgres.ScalarAsync<Guid>(
            "insert into milestone (id, engagement_id, instance_id, name, first_planned_on, planned_on) values (gen_random_uuid(), $1, gen_random_uuid(), $2, $3::date, $3::date) returning id", engagement, name, on);
    }

    private sealed record Known(Guid Client, Guid Engagement, Guid Late, Guid Ahead);
}
