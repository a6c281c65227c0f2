using EngagementFlows.Engagements.Milestones;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Milestones;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Milestones;

/// <summary>Milestones on the real engine: a later plan moves and drops, and what people marked as reached stays.</summary>
public sealed class MilestoneTests(PostgresFixture database) : IClassFixture<PostgresFixture>, IAsyncLifetime, IDisposable
{
    private const string Client = "C-1001";

    // 17:00 in Shanghai, where the office of these tests is.
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Office = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private readonly string _folder = Directory.CreateTempSubdirectory("engagementflows-milestones-").FullName;
    private PlayedHouse _house = null!;

    private Guid Engagement => _house.Engagements[Client].EngagementId;

    public async Task InitializeAsync()
    {
        _house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        _house.Clock.Set(Monday);
    }

    public async Task DisposeAsync() => await _house.DisposeAsync();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Set_APlan_StoresItsMilestonesAndTellsTheTimeline()
    {
        await PlanAsync("one", "Design 2026-03-13", "Build 2026-04-30");

        (await StandingAsync()).Should().Equal("Design 2026-03-13 2026-03-13 Ahead", "Build 2026-04-30 2026-04-30 Ahead");
        (await ScalarAsync<string>("select text_en from timeline_entry where engagement_id = $1 and text_en like 'Milestones%'")).Should().Be("Milestones planned: 2 new, 0 moved, 0 withdrawn");
        (await _house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Set_ALaterPlan_KeepsWhatWasReachedAndTheFirstDates()
    {
        await PlanAsync("one", "Design 2026-03-13", "Build 2026-04-30", "Party 2026-05-01");
        Milestone design = await OneAsync("Design");
        (await ReachAsync(design.Id)).Should().BeOfType<MilestoneMark.Reached>().Which.IsNew.Should().BeTrue();

        await PlanAsync("two", "Build 2026-05-15", "Handover 2026-06-30");

        (await StandingAsync()).Should().Equal(
            "Design 2026-03-13 2026-03-13 InTime", "Party 2026-05-01 2026-05-01 Withdrawn", "Build 2026-05-15 2026-04-30 Ahead", "Handover 2026-06-30 2026-06-30 Ahead");
        (await ReachAsync((await OneAsync("Party")).Id)).Should().BeOfType<MilestoneMark.Gone>();

        await PlanAsync("three", "Design 2026-09-01", "Party 2026-07-07", "Build 2026-05-15", "Handover 2026-06-30");
        (await StandingAsync()).Should().Contain("Design 2026-03-13 2026-03-13 InTime").And.Contain("Party 2026-07-07 2026-05-01 Ahead", "it is planned again");
    }

    [Fact]
    public async Task Reach_Twice_IsOnceAndTheFirstDateStays()
    {
        await PlanAsync("one", "Design 2026-02-27");
        Milestone design = await OneAsync("Design");

        MilestoneMark[] marks = await Task.WhenAll(ReachAsync(design.Id, new(2026, 3, 1)), ReachAsync(design.Id, new(2026, 3, 1)));
        (await ReachAsync(design.Id)).Should().Match<MilestoneMark.Reached>(mark => !mark.IsNew && mark.Milestone.ReachedOn == new DateOnly(2026, 3, 1));
        (await ReachAsync(design.Id, new(2026, 2, 28))).Should().Be(new MilestoneMark.Otherwise(new(2026, 3, 1)));

        marks.Cast<MilestoneMark.Reached>().Count(mark => mark.IsNew).Should().Be(1);
        (await OneAsync("Design")).Should().Match<Milestone>(one => one.ReachedBy == "李伟" && one.StandingOn(new(2026, 3, 2)) == MilestoneStanding.ReachedLate);
        (await ScalarAsync<long>("select count(*) from audit where chain = 'engagement/' || $1::text and act = 'MilestoneReached'")).Should().Be(1);
        (await ScalarAsync<long>("select count(*) from timeline_entry where engagement_id = $1 and text_en = 'Milestone reached on 2026-03-01: Design'")).Should().Be(1);
        (await _house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Reach_ADateThatLiesAhead_IsRefusedByTheFirmsDay()
    {
        await PlanAsync("one", "Design 2026-03-13");
        Milestone design = await OneAsync("Design");

        (await ReachAsync(design.Id, new(2026, 3, 3))).Should().Be(new MilestoneMark.Ahead(new(2026, 3, 2)));
        _house.Clock.Set(Monday.AddHours(7));
        (await ReachAsync(design.Id, new(2026, 3, 3))).Should().BeOfType<MilestoneMark.Reached>("it is the next day in Shanghai");
    }

    [Fact]
    public async Task Reach_OfAnotherEngagement_IsNotFound()
    {
        await PlanAsync("one", "Design 2026-03-13");

        (await new ReachMilestone(_house.Queries, Office).ExecuteAsync(_house.Engagements["C-1002"].EngagementId, (await OneAsync("Design")).Id, null, null, "test", "test", Monday, default))
            .Should().BeOfType<MilestoneMark.NotFound>();
    }

    [Fact]
    public async Task Erase_TheClient_LeavesDatesAndTakesNames()
    {
        await PlanAsync("one", "Design of Mr Wang's house 2026-03-13", "Build 2026-04-30");
        Guid client = await ScalarAsync<Guid>("select client_id from engagement where id = $1");
        string name = await ScalarAsync<string>("select c.name from client c join engagement e on e.client_id = c.id where e.id = $1");

        (await new EraseClient(_house.Queries).ExecuteAsync(client, name, "test", "Asked for.", Monday, default)).Should().BeOfType<ClientErasure.Erased>();

        IReadOnlyList<Milestone> left = await new ListMilestones(_house.Queries).ExecuteAsync([Engagement], default);
        left.Should().HaveCount(2).And.OnlyContain(one => one.Name.StartsWith("Erased"));
        (await ReachAsync(left[0].Id)).Should().BeOfType<MilestoneMark.Gone>();
    }

    private Task<MilestoneMark> ReachAsync(Guid milestone, DateOnly? on = null) =>
        new ReachMilestone(_house.Queries, Office).ExecuteAsync(Engagement, milestone, on, _house.Staff["li.wei"].Id, "person/li.wei", "Li Wei", _house.Clock.GetUtcNow(), default);

    private async Task<Milestone> OneAsync(string name) => (await new ListMilestones(_house.Queries).ExecuteAsync([Engagement], default)).Single(one => one.Name == name);

    private async Task<IEnumerable<string>> StandingAsync() => (await new ListMilestones(_house.Queries).ExecuteAsync([Engagement], default))
        .Select(one => $"{one.Name} {one.PlannedOn:yyyy-MM-dd} {one.FirstPlannedOn:yyyy-MM-dd} {one.StandingOn(new(2026, 3, 2))}");

    private async Task PlanAsync(string id, params string[] milestones)
    {
        string list = string.Join(", ", milestones.Select(one => $$"""{ title: \"{{one[..^11]}}\", due: \"{{one[^10..]}}\" }"""));
        string folder = Directory.CreateDirectory(Path.Combine(_folder, id)).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, $"{id}.json"),
            $$"""
            { "definitionId": "{{id}}", "id": "{{id}}-v1", "name": "{{id}}", "version": 1, "root": { "id": "Root", "type": "Elsa.Sequence", "activities": [
              { "id": "Set", "type": "EngagementFlows.SetMilestones", "milestones": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "[{{list}}]" } } } ] } }
            """);
        await _house.PublishAsync(folder);
        Guid instance = await _house.StartAsync(id, Client);
        (await ScalarAsync<long>("select count(*) from incident where instance_id = $1", instance)).Should().Be(0);
    }

    private async Task<T> ScalarAsync<T>(string sql, Guid? id = null)
    {
        await using NpgsqlCommand command = _house.Queries.CreateCommand(sql);
        command.Parameters.Add(new() { Value = id ?? Engagement });
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
