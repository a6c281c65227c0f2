using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Schedules;
using EngagementFlows.Postgres.Calendars;
using EngagementFlows.Postgres.Invariants;
using EngagementFlows.Postgres.Schedules;
using EngagementFlows.Postgres.Tests.Definitions;
using EngagementFlows.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Schedules;

/// <summary>A database of its own with two small flows, the real engine and a played clock; nothing fires by itself.</summary>
internal sealed record ScheduleHouse(string ConnectionString, PlayedEngine Engine) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _looks = NpgsqlDataSource.Create(ConnectionString);

    public static async Task<ScheduleHouse> OpenAsync(PostgresFixture postgres)
    {
        string connectionString = await postgres.CreateAnotherDatabaseAsync();
        ScheduleHouse house = new(connectionString, new PlayedEngine(connectionString, new TestClock()));
        await house.Engine.PublishAsync(PlayedEngine.Definition("flow", """{ "id": "Line", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "Literal", "value": "here" } } }"""));
        await house.Engine.PublishAsync(PlayedEngine.Definition("waiting", """{ "id": "Wait", "type": "Elsa.Event", "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "GoOn" } } }"""));
        return house;
    }

    public ScheduleFirer Firer => FirerOf(Engine);

    public ScheduleFirer FirerOf(PlayedEngine engine) => new(_looks, engine.Clock, engine.Engine.Signals, TimeZoneInfo.Utc, TimeSpan.FromSeconds(60), NullLogger.Instance);

    public async Task<Guid> AddAsync(ScheduleDraft draft)
    {
        DateTimeOffset now = Engine.Clock.Now;
        Guid id = TimeOrderedId.Create(now);
        await InTransactionAsync(async transaction =>
        {
            WorkCalendar? calendar = draft.Calendar is { } name ? (await NamedCalendars.LoadAsync(transaction.Connection!, [name], TimeZoneInfo.Utc, default))[name] : null;
            ScheduleReading reading = ScheduleRules.Check(draft, calendar, now);
            reading.Faults.Should().BeEmpty();
            return await InsertSchedule.ExecuteAsync(transaction, id, reading.Settings!, calendar?.Version, reading.Timing!.Next(now), "test", now, default);
        });
        return id;
    }

    public Task<bool> PauseAsync(Guid id) =>
        InTransactionAsync(transaction => ChangeSchedule.SetStateAsync(transaction, id, 1, RecurringSchedule.Paused, null, null, "test", Engine.Clock.Now, default));

    public Task<DateTimeOffset> RunNowAsync(Guid id) => InTransactionAsync(async transaction =>
        await Firer.FireNowAsync(transaction, (await ListSchedules.FindAsync(transaction, id, default))!, "person:x", default));

    public async Task AddEngagementsAsync(int count)
    {
        await ExecuteAsync("insert into person (id, name, email) values (gen_random_uuid(), 'Owner', 'owner@example.com')");
        await ExecuteAsync($"""
            with made as (
              insert into client (id, external_id, name, tier, created_at, updated_at)
              select gen_random_uuid(), 'C' || n, 'Client ' || n, 1 + n % 3, now(), now() from generate_series(1, {count}) n returning id, external_id
            ), contacts as (
              insert into contact (id, client_id, name, email, language, zone, created_at, updated_at)
              select gen_random_uuid(), id, 'Contact', external_id || '@example.com', 'en', 'UTC', now(), now() from made returning id, client_id
            )
            insert into engagement (id, client_id, contact_id, owner_id, stage, title, created_at, updated_at)
            select gen_random_uuid(), k.client_id, k.id, (select id from person limit 1), case when row_number() over () % 2 = 0 then 'delivery' else 'review' end, 'Engagement', now(), now() from contacts k
            """);
    }

    public Task EndRunningAsync() => ExecuteAsync("update instance set status = 'cancelled', finished_at = now(), is_stalled = false where finished_at is null");

    public async Task PassAsync(TimeSpan span, TimeSpan step)
    {
        for (DateTimeOffset end = Engine.Time.GetUtcNow() + span; Engine.Time.GetUtcNow() < end;)
        {
            Engine.Time.Advance(step);
            await Firer.FireDueAsync(default);
            await Engine.Engine.ServeDueAsync(default);
        }
    }

    /// <summary>Returns the minutes after nine of the instants that were fired.</summary>
    public async Task<IReadOnlyList<int>> FiredAsync(Guid id) =>
        await ScalarAsync<int[]>($"select coalesce(array_agg((extract(epoch from due_at - timestamptz '2026-03-02 09:00+00') / 60)::int order by due_at), '{{}}') from schedule_firing where schedule_id = '{id}' and state = 'fired'") ?? [];

    public Task<DateTime> NextAsync() => ScalarAsync<DateTime>("select next_due_at from recurring_schedule");

    public async Task HoldsAsync() => (await InvariantChecks.CountAsync(_looks, default)).Single(result => result.Invariant.Name == "doubled-firings").Violations.Should().Be(0);

    public async Task<T> InTransactionAsync<T>(Func<NpgsqlTransaction, Task<T>> act)
    {
        await using NpgsqlConnection connection = await _looks.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        T result = await act(transaction);
        await transaction.CommitAsync();
        return result;
    }

    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using NpgsqlCommand command = _looks.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using NpgsqlCommand command = _looks.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await _looks.DisposeAsync();
    }
}
