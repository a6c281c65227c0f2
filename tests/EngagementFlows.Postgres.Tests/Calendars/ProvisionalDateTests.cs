using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Postgres.Bookmarks;
using EngagementFlows.Postgres.Calendars;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Tasks;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Calendars;

/// <summary>Dates that were computed from a year whose holidays are not published: they carry a mark, and are computed anew when the year is.</summary>
public sealed class ProvisionalDateTests(PostgresFixture database) : IClassFixture<PostgresFixture>, IAsyncLifetime, IDisposable
{
    private const string InShanghai = "C-1001";

    // Five working days before China's year ends: the year after is not in the data of 2026.
    private static readonly DateTimeOffset Winter = new(HolidayTables.Find("CN")!.PublishedThrough, 12, 24, 2, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("engagementflows-provisional-").FullName;
    private PlayedHouse _house = null!;

    public async Task InitializeAsync()
    {
        _house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        _house.Clock.Set(Winter);
        await ExecuteAsync("update calendar set country = 'CN', zone = 'Asia/Shanghai' where id = 'firm'");
    }

    public async Task DisposeAsync() => await _house.DisposeAsync();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Task_DueInAYearThatIsNotPublished_CarriesTheMarkIntoItsRowItsWaitsAndItsMail()
    {
        await PublishAsync("check", Task("10 working days", "7 working days"));

        Guid instance = await _house.StartAsync("check", InShanghai);

        TaskLine line = (await new ListTasks(_house.Queries).ExecuteAsync(null, TaskState.Open, null, null, 10, default)).Items.Single();
        line.DueIsProvisional.Should().BeTrue();
        (await new GetTask(_house.Queries).ExecuteAsync(line.Id, default))!.Task.DueIsProvisional.Should().BeTrue();
        (await ListWaits.ExecuteAsync(_house.Queries, instance, default)).Where(wait => wait.DueAt is not null).Should().OnlyContain(wait => wait.IsProvisional).And.HaveCount(2);
        InstanceListRow row = (await new ReadInstancesPage(_house.Queries).ExecuteAsync(new(null, "check", false, null, null, 5), default)).Single();
        row.Waits.Should().Contain(wait => wait.Name == WaitNames.TimeOut && wait.IsProvisional).And.Contain(wait => wait.Name == WaitNames.Task && !wait.IsProvisional);
        (await ScalarAsync("select text from mail where instance_id = $1 limit 1", instance) as string).Should().Contain($"暂定：{Winter.Year + 1}年节假日安排尚未公布");
    }

    [Fact]
    public async Task Task_DueInAPublishedYear_CarriesNone()
    {
        await PublishAsync("check", Task("2 working days", "1 working day"));

        Guid instance = await _house.StartAsync("check", InShanghai);

        (await ScalarAsync("select count(*) from provisional_date where instance_id = $1", instance)).Should().Be(0L);
        (await ScalarAsync("select string_agg(text, ' ') from mail where instance_id = $1", instance) as string).Should().NotContain("尚未公布");
    }

    [Fact]
    public async Task ComputeDatesAnew_WhenTheYearIsPublished_MovesTaskAndTimersAndTakesTheMark()
    {
        await PublishAsync("check", Task("10 working days", "7 working days"));
        Guid instance = await _house.StartAsync("check", InShanghai);
        DateTimeOffset before = (await TaskAsync()).DueAt!.Value;
        (await ComputeAsync()).Should().Be(new DatesComputedAnew(0, 2), "nothing is published yet");

        await PublishYearAsync("firm", new DateOnly(Winter.Year + 1, 1, 4));
        (await ComputeAsync()).Should().Be(new DatesComputedAnew(2, 0));

        TaskLine task = await TaskAsync();
        task.DueAt.Should().Be(before.AddDays(1), "one day off more");
        task.DueIsProvisional.Should().BeFalse();
        (await ScalarAsync("select due_at from bookmark where instance_id = $1 and name = 'EngagementFlows.TimeOut'", instance)).Should().Be(task.DueAt!.Value.UtcDateTime);
        (await ScalarAsync("select count(*) from audit where act = 'DateComputedAnew' and subject like 'task/%' and $1 is not null", instance)).Should().Be(1L);
        (await _house.ViolationsAsync()).Should().BeEmpty();
        await _house.PassAsync(task.DueAt!.Value - _house.Clock.GetUtcNow() - TimeSpan.FromMinutes(1));
        (await StatusAsync(instance)).Should().Be("suspended");
        await _house.PassAsync(TimeSpan.FromMinutes(2));
        (await StatusAsync(instance)).Should().Be("finished", "the timer moved with the date");
        (await ComputeAsync()).Should().Be(new DatesComputedAnew(0, 0));
    }

    [Fact]
    public async Task ComputeDatesAnew_OfALink_MovesItsDateAndThatOfTheNextReminder()
    {
        string intake = Path.Combine(PlayedHouse.Workflows, "client-intake");
        string copy = Path.Combine(_folder, "ask");
        foreach (string file in Directory.GetFiles(intake, "*", SearchOption.AllDirectories).Where(file => file.Contains("/mail/") || file.Contains("/forms/")))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(intake, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        await PublishAsync("ask", $$"""
            { "id": "Ask", "type": "EngagementFlows.AskClient", "form": {{Text("forms/intake.json")}}, "mail": {{Text("ask")}}, "dueIn": {{Text("12 working days")}}, "remindEvery": {{Text("8 working days")}} }
            """);
        Guid instance = await _house.StartAsync("ask", InShanghai);
        DateTimeOffset before = At(await ScalarAsync("select expires_at from link where instance_id = $1", instance));
        (await ScalarAsync("select text from mail where instance_id = $1", instance) as string).Should().Contain($"{Winter.Year + 1}年节假日安排尚未公布");

        // Clients of China go by the firm's own edition of its holidays.
        await ExecuteAsync("""
            insert into calendar (id, name_en, name_zh, country, week, serves_clients, changed_at, changed_by)
            select 'china', 'China', '中国', 'CN', week, true, now(), 'test' from calendar where id = 'firm'
            """);
        await PublishYearAsync("china", new DateOnly(Winter.Year + 1, 1, 4));
        (await ComputeAsync()).Should().Be(new DatesComputedAnew(1, 0));

        DateTimeOffset after = At(await ScalarAsync("select expires_at from link where instance_id = $1", instance));
        after.Should().BeAfter(before);
        await _house.PassAsync(TimeSpan.FromDays(16));
        string reminder = (string)(await ScalarAsync("select text from mail where instance_id = $1 order by sequence desc limit 1", instance))!;
        reminder.Should().Contain($"{after.ToOffset(TimeSpan.FromHours(8)):yyyy年M月d日}").And.NotContain("尚未公布");
    }

    [Fact]
    public async Task Wait_WhoseYearIsPublishedMeanwhile_LooksAgainWhenItEnds()
    {
        await PublishAsync("wait", $$"""{ "id": "Wait", "type": "EngagementFlows.WaitWorkingTime", "time": {{Text("10 working days")}}, "calendar": {{Text("firm")}} }""");
        Guid instance = await _house.StartAsync("wait", InShanghai);
        DateTimeOffset before = At(await ScalarAsync("select due_at from bookmark where instance_id = $1", instance));
        await PublishYearAsync("firm", new DateOnly(Winter.Year + 1, 1, 4));

        await _house.PassAsync(before - Winter + TimeSpan.FromMinutes(1));

        At(await ScalarAsync("select due_at from bookmark where instance_id = $1", instance)).Should().Be(before.AddDays(1));
        (await ListWaits.ExecuteAsync(_house.Queries, instance, default)).Single().IsProvisional.Should().BeFalse();
        await _house.PassAsync(TimeSpan.FromDays(1));
        (await StatusAsync(instance)).Should().Be("finished");
        (await _house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task ComputeDatesAnew_OfAWaitForAnOccurrence_WakesItAndItWaitsUntilTheInstantThatHolds()
    {
        await PublishAsync(
            "rhythm",
            $$"""{ "id": "Next", "type": "EngagementFlows.WaitForRecurrence", "rule": {{Text("FREQ=MONTHLY;BYMONTHDAY=4")}}, "calendar": {{Text("firm")}} }""");
        Guid instance = await _house.StartAsync("rhythm", InShanghai);
        DateTimeOffset before = At(await ScalarAsync("select due_at from bookmark where instance_id = $1", instance));
        (await ListWaits.ExecuteAsync(_house.Queries, instance, default)).Single().IsProvisional.Should().BeTrue();
        (await new ListProvisionalDates(_house.Queries).ExecuteAsync(null, 4, default)).Items.Should().ContainSingle()
            .Which.Should().Match<ProvisionalDate>(date => date.Kind == ProvisionalKind.Wait && date.Duration == null && date.BegunAt == before && date.DueAt == before);
        (await ComputeAsync()).Should().Be(new DatesComputedAnew(0, 1), "nothing is published yet");

        await PublishYearAsync("firm", new DateOnly(Winter.Year + 1, 1, 4));
        (await ComputeAsync()).Should().Be(new DatesComputedAnew(1, 0));
        await _house.PassAsync(TimeSpan.FromMinutes(1));

        At(await ScalarAsync("select due_at from bookmark where instance_id = $1", instance)).Should().Be(before.AddDays(1));
        (await ListWaits.ExecuteAsync(_house.Queries, instance, default)).Single().IsProvisional.Should().BeFalse();
        (await new ListProvisionalDates(_house.Queries).ExecuteAsync(null, 4, default)).Items.Should().BeEmpty();
        (await _house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task ListProvisionalDates_Pages_InOrderOfTheDates()
    {
        await PublishAsync("check", Task("10 working days", "7 working days"));
        for (int i = 0; i < 3; i++)
            await _house.StartAsync("check", InShanghai);
        ListProvisionalDates list = new(_house.Queries);

        ListPage<ProvisionalDate> first = await list.ExecuteAsync(null, 4, default);
        ListPage<ProvisionalDate> second = await list.ExecuteAsync(first.Next, 4, default);

        first.Items.Should().HaveCount(4);
        second.Items.Should().HaveCount(2);
        second.Next.Should().BeNull();
        first.Items.Concat(second.Items).Should().BeInAscendingOrder(date => date.DueAt).And.OnlyHaveUniqueItems(date => date.ReferenceId);
        second.Items[^1].Should().Match<ProvisionalDate>(date => date.Kind == ProvisionalKind.Task && date.Title!.En == "Check it" && date.Calendar == "firm" && date.Duration == "10 working days");
    }

    private async Task<TaskLine> TaskAsync() => (await new ListTasks(_house.Queries).ExecuteAsync(null, null, null, null, 10, default)).Items.Single();

    private Task<DatesComputedAnew> ComputeAsync() => new ComputeDatesAnew(_house.Queries, TimeZoneInfo.Utc).ExecuteAsync("test", _house.Clock.GetUtcNow(), default);

    private async Task PublishYearAsync(string calendar, DateOnly off)
    {
        await ExecuteAsync($"insert into calendar_day (calendar_id, date, is_working_day, name_en, name_zh) values ('{calendar}', '{off:yyyy-MM-dd}', false, 'Day off', '放假')");
        await ExecuteAsync($"update calendar set published_through = {off.Year}, revision = revision + 1 where id = '{calendar}'");
    }

    private static string Text(string value) => $$"""{ "typeName": "String", "expression": { "type": "Literal", "value": "{{value}}" } }""";

    private static string Task(string dueIn, string escalateAfter) => $$"""
        { "id": "Check", "type": "EngagementFlows.AssignTask", "title": {{Text("Check it")}}, "titleZh": {{Text("请检查")}}, "dueIn": {{Text(dueIn)}}, "escalateAfter": {{Text(escalateAfter)}} }
        """;

    private async Task PublishAsync(string id, string activity)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, id)).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, $"{id}.json"),
            $$"""{ "definitionId": "{{id}}", "id": "{{id}}-v1", "name": "{{id}}", "version": 1, "root": { "id": "Root", "type": "Elsa.Sequence", "activities": [{{activity}}] } }""");
        await _house.PublishAsync(folder);
    }

    private static DateTimeOffset At(object? value) => new((DateTime)value!, TimeSpan.Zero);

    private async Task<string?> StatusAsync(Guid instance) => await ScalarAsync("select status from instance where id = $1", instance) as string;

    private async Task<object?> ScalarAsync(string sql, Guid instance)
    {
        await using NpgsqlCommand command = _house.Queries.CreateCommand(sql);
        command.Parameters.Add(new() { Value = instance });
        return await command.ExecuteScalarAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using NpgsqlCommand command = _house.Queries.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
