using EngagementFlows.Engagements.Schedules;
using EngagementFlows.Postgres.Incarnations;
using EngagementFlows.Postgres.Schedules;
using EngagementFlows.Postgres.Tests.Definitions;
using EngagementFlows.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Schedules;

/// <summary>Recurring schedules on a real database with a played clock: each instant starts one instance, whoever fires it, how often and however late.</summary>
public sealed class ScheduleFirerTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task FireDue_AtItsInstants_StartsOneInstanceEach()
    {
        await using ScheduleHouse house = await OpenAsync();
        Guid id = await house.AddAsync(Draft("*/10 * * * *"));

        await house.PassAsync(TimeSpan.FromMinutes(35), Minute);

        (await house.FiredAsync(id)).Should().Equal(10, 20, 30);
        (await house.ScalarAsync<long>("select count(*) from instance where definition_id = 'flow' and correlation_id = 'E-1'")).Should().Be(3);
        (await house.ScalarAsync<DateTime>("select next_due_at from recurring_schedule")).Should().Be(new DateTime(2026, 3, 2, 9, 40, 0, DateTimeKind.Utc));
        await house.HoldsAsync();
    }

    [Theory]
    [InlineData("run_once", new[] { 30 })]
    [InlineData("run_all", new[] { 10, 20, 30 })]
    [InlineData("skip", new int[0])]
    public async Task FireDue_DownOverThreeInstants_FollowsTheMisfirePolicy(string policy, int[] fired)
    {
        await using ScheduleHouse house = await OpenAsync();
        Guid id = await house.AddAsync(Draft("*/10 * * * *") with { Misfire = policy });

        house.Engine.Time.Advance(TimeSpan.FromMinutes(35));
        await house.Firer.FireDueAsync(default);

        (await house.FiredAsync(id)).Should().Equal(fired);
        await house.PassAsync(TimeSpan.FromMinutes(6), Minute);
        (await house.FiredAsync(id)).Should().Equal([.. fired, 40]);
    }

    [Fact]
    public async Task FireDue_ManyProcessesAtTheInstant_FireEachOnce()
    {
        await using ScheduleHouse house = await OpenAsync();
        await using PlayedEngine other = new(house.ConnectionString, house.Engine.Time);
        for (int i = 0; i < 40; i++)
            await house.AddAsync(Draft("*/10 * * * *") with { Name = $"s{i}" });
        house.Engine.Time.Advance(TimeSpan.FromMinutes(10));
        ScheduleFirer second = house.FirerOf(other);

        int[] fired = await Task.WhenAll(house.Firer.FireDueAsync(default), second.FireDueAsync(default), house.Firer.FireDueAsync(default), second.FireDueAsync(default));

        fired.Sum().Should().Be(40);
        (await house.ScalarAsync<long>("select count(*) from inbox where kind = 'start'")).Should().Be(40);
        await house.HoldsAsync();
    }

    [Fact]
    public async Task FireDue_ProcessDiedInTheMiddle_TheNextOneFiresOnce()
    {
        await using ScheduleHouse house = await OpenAsync();
        Guid id = await house.AddAsync(Draft("*/10 * * * *"));
        house.Engine.Time.Advance(TimeSpan.FromMinutes(10));

        // A process that has claimed the schedule and written its rows, and dies before its commit.
        await using NpgsqlDataSource dying = NpgsqlDataSource.Create(house.ConnectionString + ";Pooling=false");
        await using NpgsqlConnection connection = await dying.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        (await ClaimDueRecurring.ExecuteAsync(transaction, house.Engine.Clock, 10, default)).Should().HaveCount(1);
        RecurringSchedule schedule = (await ListSchedules.FindAsync(transaction, id, default))!;
        WantedFiring wanted = new(id, schedule.NextDueAt!.Value, ScheduleStarts.PayloadOf(schedule.Settings), null, "E-1", "start", true);
        (await FireSchedules.ExecuteAsync(transaction, [wanted], null, house.Engine.Clock.Now, house.Engine.Clock.Now, default)).Should().HaveCount(1);
        (await house.Firer.FireDueAsync(default)).Should().Be(0, "it is claimed");
        await house.ScalarAsync<bool>($"select pg_terminate_backend({connection.ProcessID}, 5000)");

        await Eventually.BecomesAsync(async () => await house.Firer.FireDueAsync(default), 1);
        (await house.Firer.FireDueAsync(default)).Should().Be(0);
        (await house.ScalarAsync<long>("select count(*) from inbox where kind = 'start'")).Should().Be(1);
        (await house.FiredAsync(id)).Should().Equal(10);
    }

    [Fact]
    public async Task FireDue_InstantThatWasFiredBefore_PutsNothingIntoTheInboxAgain()
    {
        await using ScheduleHouse house = await OpenAsync();
        Guid id = await house.AddAsync(Draft("*/10 * * * *"));
        await house.PassAsync(TimeSpan.FromMinutes(10), Minute);
        long instances = await house.ScalarAsync<long>("select count(*) from instance");

        // As if the advance had been lost.
        await house.ExecuteAsync("update recurring_schedule set next_due_at = '2026-03-02 09:10+00'");
        await house.Firer.FireDueAsync(default);
        await house.Engine.Engine.ServeDueAsync(default);

        (await house.ScalarAsync<long>("select count(*) from instance")).Should().Be(instances).And.Be(1);
        (await house.FiredAsync(id)).Should().Equal(10);
    }

    [Fact]
    public async Task FireDue_PausedAtTheSameMoment_FiresBeforeThePauseOrNotAtAll()
    {
        await using ScheduleHouse house = await OpenAsync();
        List<Guid> ids = [];
        for (int i = 0; i < 30; i++)
            ids.Add(await house.AddAsync(Draft("*/10 * * * *") with { Name = $"s{i}" }));
        house.Engine.Time.Advance(TimeSpan.FromMinutes(10));

        await Task.WhenAll([house.Firer.FireDueAsync(default), .. ids.Select(id => house.PauseAsync(id))]);
        await house.Firer.FireDueAsync(default);

        (await house.ScalarAsync<long>("select count(*) from recurring_schedule where state = 'paused' and next_due_at is null")).Should().Be(30);
        long fired = await house.ScalarAsync<long>("select count(*) from schedule_firing");
        (await house.ScalarAsync<long>("select count(*) from inbox")).Should().Be(fired);
        (await house.ScalarAsync<long>("select count(*) from schedule_firing f join recurring_schedule s on s.id = f.schedule_id where s.last_due_at is distinct from f.due_at")).Should().Be(0);
        await house.HoldsAsync();
    }

    [Theory]
    [InlineData("start", new[] { "fired", "fired", "fired" }, 3)]
    [InlineData("skip", new[] { "fired", "skipped", "skipped" }, 1)]
    [InlineData("queue", new[] { "fired", "queued", "queued" }, 1)]
    public async Task FireDue_LastInstanceStillRuns_FollowsTheOverlapPolicy(string policy, string[] states, int instances)
    {
        await using ScheduleHouse house = await OpenAsync();
        await house.AddAsync(Draft("*/10 * * * *") with { DefinitionId = "waiting", Overlap = policy });

        await house.PassAsync(TimeSpan.FromMinutes(31), Minute);

        (await house.ScalarAsync<string[]>("select array_agg(state order by due_at) from schedule_firing")).Should().Equal(states);
        (await house.ScalarAsync<long>("select count(*) from instance")).Should().Be(instances);
        await house.HoldsAsync();
    }

    [Fact]
    public async Task FireQueued_InstanceBeforeItEnds_StartsTheNextOneOnly()
    {
        await using ScheduleHouse house = await OpenAsync();
        await house.AddAsync(Draft("*/10 * * * *") with { DefinitionId = "waiting", Overlap = "queue" });
        await house.PassAsync(TimeSpan.FromMinutes(31), Minute);
        (await house.Firer.FireQueuedAsync(default)).Should().Be(0);

        for (int ended = 1; ended <= 2; ended++)
        {
            await house.EndRunningAsync();
            (await house.Firer.FireQueuedAsync(default)).Should().Be(1);
            (await house.Firer.FireQueuedAsync(default)).Should().Be(0, "its start waits in the inbox");
            await house.Engine.Engine.ServeDueAsync(default);
            (await house.ScalarAsync<long>("select count(*) from instance")).Should().Be(ended + 1);
        }

        await house.EndRunningAsync();
        (await house.Firer.FireQueuedAsync(default)).Should().Be(0);
        await house.HoldsAsync();
    }

    [Fact]
    public async Task FireDue_EachEngagementOfASet_StartsOneInstanceForEach()
    {
        await using ScheduleHouse house = await OpenAsync();
        await house.AddEngagementsAsync(60);
        await house.AddAsync(Draft("*/10 * * * *") with { CorrelationId = null, IsForEach = true, Stages = ["delivery"], Tiers = [1, 3] });

        await house.PassAsync(TimeSpan.FromMinutes(11), Minute);
        await house.ExecuteAsync("update recurring_schedule set next_due_at = '2026-03-02 09:10+00'");
        await house.PassAsync(Minute, Minute);

        long wanted = await house.ScalarAsync<long>("select count(*) from engagement e join client c on c.id = e.client_id where e.stage = 'delivery' and c.tier in (1, 3)");
        wanted.Should().BeGreaterThan(5);
        (await house.ScalarAsync<long>("select started from schedule_firing")).Should().Be(wanted);
        (await house.ScalarAsync<long>("select count(distinct i.correlation_id) from instance i join engagement e on e.id::text = i.correlation_id join client c on c.id = e.client_id where e.stage = 'delivery' and c.tier in (1, 3)"))
            .Should().Be(wanted);
        (await house.ScalarAsync<long>("select count(*) from instance")).Should().Be(wanted);
        await house.HoldsAsync();
    }

    [Fact]
    public async Task FireDue_SetWhoseLastInstancesRun_LeavesThemOut()
    {
        await using ScheduleHouse house = await OpenAsync();
        await house.AddEngagementsAsync(12);
        await house.AddAsync(Draft("*/10 * * * *") with { DefinitionId = "waiting", CorrelationId = null, IsForEach = true, Overlap = "skip" });
        await house.PassAsync(TimeSpan.FromMinutes(11), Minute);
        await house.ExecuteAsync("update instance set status = 'cancelled', finished_at = now() where id in (select id from instance order by id limit 5)");

        await house.PassAsync(TimeSpan.FromMinutes(10), Minute);

        (await house.ScalarAsync<long[]>("select array_agg(started order by due_at) from schedule_firing")).Should().Equal(12, 5);
    }

    [Fact]
    public async Task FireDue_Event_ReachesThoseWhoWaitForIt()
    {
        await using ScheduleHouse house = await OpenAsync();
        await house.Engine.StartAsync("waiting", "E-1");
        await house.Engine.StartAsync("waiting", "E-2");
        await house.AddAsync(Draft("*/10 * * * *") with { DefinitionId = null, EventName = "GoOn" });

        await house.PassAsync(TimeSpan.FromMinutes(11), Minute);

        (await house.ScalarAsync<string>("select correlation_id from instance where status = 'finished'")).Should().Be("E-1");
        (await house.ScalarAsync<long>("select count(*) from instance where status = 'finished'")).Should().Be(1);
        (await house.ScalarAsync<long>("select count(*) from event")).Should().Be(1);
        await house.HoldsAsync();
    }

    [Fact]
    public async Task FireNow_OutsideItsInstants_FiresOnceAndLeavesTheNextInstant()
    {
        await using ScheduleHouse house = await OpenAsync();
        Guid id = await house.AddAsync(Draft("*/10 * * * *") with { DefinitionId = "waiting", Overlap = "skip" });
        house.Engine.Time.Advance(TimeSpan.FromMinutes(3));

        await house.RunNowAsync(id);
        await house.Engine.Engine.ServeDueAsync(default);
        await house.PassAsync(TimeSpan.FromMinutes(8), Minute);

        (await house.FiredAsync(id)).Should().Equal(3);
        (await house.ScalarAsync<string>("select asked_by from schedule_firing where due_at = '2026-03-02 09:03+00'")).Should().Be("person:x");
        (await house.ScalarAsync<string>("select state from schedule_firing where due_at = '2026-03-02 09:10+00'")).Should().Be("skipped", "the instance that the person started still runs");
    }

    [Fact]
    public async Task FollowCalendars_NewHoliday_MovesWhatWasComputedBefore()
    {
        await using ScheduleHouse house = await OpenAsync();
        Guid id = await house.AddAsync(Draft("0 10 * * *") with { Calendar = "firm", FreeDays = "after" });
        (await house.NextAsync()).Should().Be(new DateTime(2026, 3, 2, 10, 0, 0, DateTimeKind.Utc));

        await house.ExecuteAsync("insert into calendar_day values ('firm', '2026-03-02', false, 'Outing', '团建'); update calendar set revision = revision + 1 where id = 'firm'");
        (await house.Firer.FollowCalendarsAsync(default)).Should().Be(1);

        (await house.NextAsync()).Should().Be(new DateTime(2026, 3, 3, 10, 0, 0, DateTimeKind.Utc));
        (await house.Firer.FollowCalendarsAsync(default)).Should().Be(0);
        await house.PassAsync(TimeSpan.FromHours(26), TimeSpan.FromHours(1));
        (await house.FiredAsync(id)).Should().Equal(25 * 60);
    }

    [Fact]
    public async Task FireDue_CalendarChangedSinceTheLastLook_FiresByTheCalendarOfToday()
    {
        await using ScheduleHouse house = await OpenAsync();
        Guid id = await house.AddAsync(Draft("0 10 * * *") with { Calendar = "firm", FreeDays = "skip" });
        await house.ExecuteAsync("insert into calendar_day values ('firm', '2026-03-02', false, 'Outing', '团建'); update calendar set revision = revision + 1 where id = 'firm'");

        house.Engine.Time.Advance(TimeSpan.FromHours(1));
        await house.Firer.FireDueAsync(default);

        (await house.FiredAsync(id)).Should().BeEmpty();
        (await house.NextAsync()).Should().Be(new DateTime(2026, 3, 3, 10, 0, 0, DateTimeKind.Utc));
    }

    [Fact]
    public async Task FireDue_CalendarIsGone_PausesThatOneOnly()
    {
        await using ScheduleHouse house = await OpenAsync();
        await house.ExecuteAsync("insert into calendar (id, name_en, name_zh, week, changed_at, changed_by) select 'lab', 'Lab', '实验室', week, now(), 'test' from calendar where id = 'firm'");
        await house.AddAsync(Draft("*/10 * * * *") with { Name = "broken", Calendar = "lab", FreeDays = "skip" });
        await house.AddAsync(Draft("*/10 * * * *") with { Name = "fine" });
        await house.ExecuteAsync("delete from calendar where id = 'lab'");

        house.Engine.Time.Advance(TimeSpan.FromMinutes(10));
        await house.Firer.FireDueAsync(default);

        (await house.ScalarAsync<string>("select state from recurring_schedule where name = 'broken'")).Should().Be("paused");
        (await house.ScalarAsync<long>("select count(*) from audit where act = 'SchedulePaused' and actor = 'system'")).Should().Be(1);
        (await house.ScalarAsync<long>("select count(*) from schedule_firing f join recurring_schedule s on s.id = f.schedule_id where s.name = 'fine'")).Should().Be(1);
    }

    [Fact]
    public async Task Look_InstantsAndOverdue_TellsTheClockAndFiresWhatItMissed()
    {
        await using ScheduleHouse house = await OpenAsync();
        ScheduleLoop loop = new(house.Firer, house.Engine.Clock, house.Engine.Engine.Signals, NullLogger.Instance);
        List<DateTimeOffset> alarms = [];
        Task Set(IReadOnlyList<DateTimeOffset> instants, CancellationToken cancellationToken)
        {
            alarms = [.. instants];
            return Task.CompletedTask;
        }

        await loop.LookAsync(Set, default);
        alarms.Should().BeEmpty("nothing is scheduled");
        Guid id = await house.AddAsync(Draft("*/10 * * * *"));
        await house.AddAsync(Draft("*/10 * * * *") with { Name = "same instant" });
        await house.AddAsync(Draft("*/15 * * * *") with { Name = "another" });
        await loop.LookAsync(Set, default);
        alarms.Select(alarm => alarm.Minute).Should().Equal(10, 15);

        house.Engine.Time.Advance(TimeSpan.FromMinutes(11));
        await loop.LookAsync(Set, default);

        (await house.FiredAsync(id)).Should().Equal(10);
        alarms.Select(alarm => alarm.Minute).Should().Equal(15, 20);
    }

    [Fact]
    public async Task HoldOldWork_DueAtTheRestore_WaitsUntilItIsReleased()
    {
        await using ScheduleHouse house = await OpenAsync();
        Guid id = await house.AddAsync(Draft("*/10 * * * *") with { Misfire = "run_all" });
        await house.AddAsync(Draft("0 12 * * *") with { Name = "later" });
        house.Engine.Time.Advance(TimeSpan.FromMinutes(25));

        HeldWork held = await house.InTransactionAsync(transaction => HoldOldWork.ExecuteAsync(transaction, house.Engine.Clock.Now, default));
        (await house.Firer.FireDueAsync(default)).Should().Be(0);
        held.Schedules.Should().Be(1);
        (await house.FiredAsync(id)).Should().BeEmpty();

        (await house.InTransactionAsync(transaction => ReleaseHeldFacts.ExecuteAsync(transaction, default))).Should().Be(1);
        await house.Firer.FireDueAsync(default);
        (await house.FiredAsync(id)).Should().Equal(10, 20);
    }

    private static ScheduleDraft Draft(string cron) => new() { Name = "schedule", DefinitionId = "flow", CorrelationId = "E-1", Kind = "cron", Expression = cron, Zone = "UTC" };

    private async Task<ScheduleHouse> OpenAsync() => await ScheduleHouse.OpenAsync(postgres);
}
