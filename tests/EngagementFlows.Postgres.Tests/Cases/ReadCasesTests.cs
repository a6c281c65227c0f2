using EngagementFlows.Engagements.Cases;
using EngagementFlows.Postgres.Cases;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Cases;

/// <summary>What the lists of cases show.</summary>
public sealed class ReadCasesTests(PostgresFixture database) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private PlayedHouse _house = null!;

    private ReadCases Cases => new(_house.Queries);

    public async Task InitializeAsync() => _house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync(), "complaint-escalation");

    public async Task DisposeAsync() => await _house.DisposeAsync();

    [Fact]
    public async Task List_PageByPage_ShowsEachOnceTheLatestFirst()
    {
        for (int i = 0; i < 5; i++)
        {
            await RaiseAsync("C-1001", $"Number {i}", "normal");
            _house.Clock.Set(_house.Clock.GetUtcNow().AddMinutes(1));
        }

        List<string> subjects = [];
        string? after = null;
        do
        {
            ListPage<CaseLine> page = await Cases.ListAsync(new(), after, 2, default);
            subjects.AddRange(page.Items.Select(line => line.Case.Subject));
            after = page.Next;
        }
        while (after is not null);

        subjects.Should().Equal("Number 4", "Number 3", "Number 2", "Number 1", "Number 0");
    }

    [Fact]
    public async Task List_Filtered_ShowsWhatWasWanted()
    {
        await RaiseAsync("C-1001", "Urgent here", "urgent");
        await RaiseAsync("C-1002", "Normal there", "normal");
        Guid there = _house.Engagements["C-1002"].EngagementId;
        Guid closed = (await Cases.ListAsync(new(EngagementId: there), null, 10, default)).Items.Single().Case.Id;
        await ExecuteAsync("update engagement_case set state = 'closed', closed_at = now(), outcome = 'accepted', lesson = 'Call first.' where id = $1", closed);

        (await SubjectsAsync(new(State: CaseState.Open))).Should().Equal("Urgent here");
        (await SubjectsAsync(new(State: CaseState.Closed))).Should().Equal("Normal there");
        (await SubjectsAsync(new(Class: "urgent"))).Should().Equal("Urgent here");
        (await SubjectsAsync(new(Kind: "question"))).Should().BeEmpty();
        (await SubjectsAsync(new(EngagementId: there))).Should().Equal("Normal there");
        (await SubjectsAsync(new(ClientId: _house.Engagements["C-1001"].ClientId))).Should().Equal("Urgent here");
        (await SubjectsAsync(new(OwnerId: _house.Staff["chen.jing"].Id))).Should().Contain("Urgent here");
        (await SubjectsAsync(new(OwnerId: TimeOrderedId.Create(TimeProvider.System.GetUtcNow())))).Should().BeEmpty();
        (await SubjectsAsync(new(HasLesson: true))).Should().Equal("Normal there");
    }

    [Fact]
    public async Task Find_ACaseThatClimbed_TellsPromiseHistoryAndWhoWasTold()
    {
        await RaiseAsync("C-1001", "Too late", "high");
        Guid id = (await Cases.ListAsync(new(), null, 1, default)).Items.Single().Case.Id;
        CaseLine begun = (await Cases.FindAsync(id, default))!;

        await _house.PassAsync(TimeSpan.FromDays(1));
        CaseLine climbed = (await Cases.FindAsync(id, default))!;

        (begun.Case.Owner, begun.Case.Rung, begun.Promise!.IsRunning, begun.Promise.IsKept).Should().Be(("陈静", 0, true, null));
        climbed.Case.Rung.Should().BePositive();
        climbed.Promise!.DueAt.Should().BeBefore(_house.Clock.GetUtcNow(), "it is late, and the clock still runs");
        (await Cases.HistoryAsync(id, default)).Select(happened => happened.Text.En).Should().Contain(text => text.StartsWith("Complaint: Too late", StringComparison.Ordinal))
            .And.Contain(text => text.StartsWith("Escalated to", StringComparison.Ordinal));
        (await Cases.NotifiedAsync(id, default)).Select(one => one.Name).Should().StartWith("陈静").And.HaveCountGreaterThan(1);
        (await Cases.FindAsync(TimeOrderedId.Create(TimeProvider.System.GetUtcNow()), default)).Should().BeNull();
    }

    private Task<Guid> RaiseAsync(string client, string subject, string urgency) =>
        _house.StartAsync("complaint-escalation", client, ComplaintFlow.Inputs(subject, "And nobody told us.", urgency, "王芳"));

    private async Task<IEnumerable<string>> SubjectsAsync(CasesWanted wanted) => (await Cases.ListAsync(wanted, null, 10, default)).Items.Select(line => line.Case.Subject);

    private async Task ExecuteAsync(string sql, Guid id)
    {
        await using NpgsqlCommand command = _house.Queries.CreateCommand(sql);
        command.Parameters.AddWithValue(id);
        await command.ExecuteNonQueryAsync();
    }
}
