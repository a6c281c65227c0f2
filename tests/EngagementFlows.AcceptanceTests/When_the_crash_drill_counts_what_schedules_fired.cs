using EngagementFlows.CrashDrill.Callers;
using EngagementFlows.CrashDrill.Counting;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Schedules;
using EngagementFlows.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EngagementFlows.AcceptanceTests;

/// <summary>The drill's own count of schedules, on a database in which nothing is attacked: what it says must be true of a slow machine too.</summary>
public sealed class When_the_crash_drill_counts_what_schedules_fired(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const string Made = """
        insert into recurring_schedule (id, name, target, definition_id, input, cadence, expression, zone, starts_at, free_days, misfire, overlap, next_due_at, created_at, created_by, changed_at, changed_by)
        select gen_random_uuid(), 'tick-' || n, 'start', 'crash-drill-tick', '{}', 'interval', n || ' seconds', 'UTC', at, 'keep', 'run_all', 'start', at + make_interval(secs => n), at, 'test', at, 'test'
        from generate_series(1, 2) n, (select now() - interval '20 seconds' as at) began
        """;

    public Task InitializeAsync() => postgres.ExecuteAsync($"delete from recurring_schedule; {Made}");

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Should_owe_every_instant_up_to_the_end_when_servers_are_far_behind()
    {
        // Nothing has been fired for twenty seconds when the end is set, as after a long downtime on a busy machine.
        Task ending = ScheduleKeeper.EndAsync(postgres.DataSource, default);
        await Eventually.TrueAsync(async () => await postgres.ScalarAsync<bool>("select bool_and(ends_at is not null) from recurring_schedule"));

        await FireUntilAsync(ending);

        (DrillCount count, long instants, _) = await Auditor().CountInstantsAsync(default);
        count.Should().Be(new DrillCount());
        instants.Should().BeGreaterThanOrEqualTo(30, "one schedule has 21 instants at least, the other 10");
        (await postgres.ScalarAsync<long>("select count(*) from schedule_firing f join recurring_schedule s on s.id = f.schedule_id where f.due_at > s.ends_at")).Should().Be(0);
    }

    [Theory]
    [InlineData("min")]
    [InlineData("max")]
    public async Task Should_find_an_instant_that_was_lost_at_either_end(string which)
    {
        await FireUntilAsync(ScheduleKeeper.EndAsync(postgres.DataSource, default));

        await postgres.ExecuteAsync($"delete from schedule_firing f where due_at = (select {which}(due_at) from schedule_firing g where g.schedule_id = f.schedule_id)");

        (await Auditor().CountInstantsAsync(default)).Count.Should().Be(new DrillCount { Lost = 2 }, "each of the two schedules misses one");
    }

    [Fact]
    public async Task Should_find_an_instant_that_was_lost_in_the_middle_and_a_firing_that_nobody_owed()
    {
        await FireUntilAsync(ScheduleKeeper.EndAsync(postgres.DataSource, default));

        await postgres.ExecuteAsync("""
            update schedule_firing f set due_at = due_at + interval '100 milliseconds'
            from recurring_schedule s where s.id = f.schedule_id and s.name = 'tick-1' and due_at = s.starts_at + interval '5 seconds'
            """);

        (await Auditor().CountInstantsAsync(default)).Count.Should().Be(new DrillCount { Lost = 1, Doubled = 1 });
    }

    private FiringAuditor Auditor() => new(postgres.DataSource, _ => { });

    // The servers' part, by hand.
    private async Task FireUntilAsync(Task ended)
    {
        DatabaseClock clock = new(TimeProvider.System);
        ScheduleFirer firer = new(postgres.DataSource, clock, new CommitSignals(clock), TimeZoneInfo.Utc, TimeSpan.FromMinutes(1), NullLogger.Instance);
        await Eventually.TrueAsync(async () =>
        {
            await firer.FireDueAsync(default);
            return ended.IsCompleted;
        });
        await ended;
    }
}
