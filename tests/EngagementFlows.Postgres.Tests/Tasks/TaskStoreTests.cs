using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Tasks;
using EngagementFlows.Testing;

namespace EngagementFlows.Postgres.Tests.Tasks;

public sealed class TaskStoreTests(PostgresFixture database) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task ListTasks_PageByPage_GivesThoseWithoutDueInstantLast()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        Person mia = house.Staff["mia.novak"];
        Guid engagement = house.Engagements["C-1002"].EngagementId;
        for (int i = 0; i < 7; i++)
            await InsertAsync(house, engagement, i % 3 == 0 ? null : house.Clock.GetUtcNow().AddDays(i % 2), new(mia.Id, null));
        await InsertAsync(house, engagement, null, new(null, StaffRoles.Architect));
        ListTasks list = new(house.Queries);

        List<TaskLine> all = [];
        string? after = null;
        do
        {
            ListPage<TaskLine> page = await list.ExecuteAsync(mia, TaskState.Open, null, after, 2, default);
            all.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);

        all.Should().HaveCount(7).And.OnlyHaveUniqueItems(line => line.Id);
        all.Select(line => line.DueAt ?? DateTimeOffset.MaxValue).Should().BeInAscendingOrder();
        all.Should().OnlyContain(line => line.Assignee == "Mia Novak");
        (await new CountTasks(house.Queries).ExecuteAsync(mia, default)).Should().Be(7);
        (await new CountTasks(house.Queries).ExecuteAsync(house.Staff["clara.brandt"], default)).Should().Be(1, "she has the role");
        (await list.ExecuteAsync(null, null, engagement, null, 500, default)).Items.Should().HaveCount(8);
    }

    [Fact]
    public async Task ReassignTask_OpenTask_MovesItAndIsAudited()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        Guid engagement = house.Engagements["C-1002"].EngagementId;
        Guid task = await InsertAsync(house, engagement, null, new(house.Staff["mia.novak"].Id, null));

        bool moved = await new ReassignTask(house.Queries).ExecuteAsync(task, new(house.Staff["owen.hughes"].Id, null), "samuel.osei@linden.example", null, default);

        moved.Should().BeTrue();
        (await new GetTask(house.Queries).ExecuteAsync(task, default))!.Holders.Should().Equal("Owen Hughes");
        AuditRecord act = (await ReadAudit.ExecuteAsync(house.Queries, $"engagement/{engagement:D}", null, 10, default)).Should().ContainSingle().Subject;
        act.Entry.Act.Should().Be("TaskReassigned");
        act.Entry.Actor.Should().Be("samuel.osei@linden.example");
        (await new ReassignTask(house.Queries).ExecuteAsync(Guid.Empty, new(null, StaffRoles.Architect), "x", null, default)).Should().BeFalse();
    }

    [Fact]
    public async Task PrepareTaskAnswer_UnknownTaskOrFaultyComment_SaysSo()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        Person mia = house.Staff["mia.novak"];
        Guid task = await InsertAsync(house, house.Engagements["C-1002"].EngagementId, null, new(mia.Id, null));
        PrepareTaskAnswer prepare = new(house.Queries);

        (await prepare.ExecuteAsync(new(Guid.Empty, "Done", null, null), mia, house.Clock.GetUtcNow(), default)).Verdict.Should().BeNull();
        (await prepare.ExecuteAsync(new(task, "Done", "a\0b", null), mia, house.Clock.GetUtcNow(), default)).Verdict.Should().Be(TaskVerdict.CommentFaulty);
        (await prepare.ExecuteAsync(new(task, "Finished", null, null), mia, house.Clock.GetUtcNow(), default)).Verdict.Should().Be(TaskVerdict.UnknownOutcome);
    }

    private static async Task<Guid> InsertAsync(PlayedHouse house, Guid engagement, DateTimeOffset? dueAt, TaskHolder assignee)
    {
        HumanTask task = new()
        {
            Id = TimeOrderedId.Create(house.Clock.GetUtcNow()),
            InstanceId = TimeOrderedId.Create(house.Clock.GetUtcNow()),
            BookmarkId = TimeOrderedId.Create(house.Clock.GetUtcNow()),
            EngagementId = engagement,
            DefinitionVersionId = "v1",
            Kind = TaskKind.Work,
            Title = new("Do it", "去做"),
            Outcomes = ["Done"],
            Assignee = assignee,
            State = TaskState.Open,
            OpenedAt = house.Clock.GetUtcNow(),
            DueAt = dueAt,
        };
        await using Npgsql.NpgsqlConnection connection = await house.Queries.OpenConnectionAsync();
        await using Npgsql.NpgsqlBatch batch = new(connection);
        batch.BatchCommands.Add(InsertTask.Create(task));
        await batch.ExecuteNonQueryAsync();
        return task.Id;
    }
}
