using System.Text.Json;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Schedules;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Calendars;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Schedules;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Security;
using Npgsql;

namespace EngagementFlows.Server.Schedules;

/// <summary>What people may do with recurring schedules; each act is audited in its own commit, and the clock is told after it.</summary>
internal sealed class ScheduleDesk(
    FlowsDatabase database, ListSchedules schedules, ScheduleFirer firer, LiveCatalogue catalogue, CommitSignals signals, DatabaseClock clock, Confidentiality confidentiality, ServerOptions options)
{
    private const string NameIndex = "recurring_schedule_name";

    /// <summary>Tells whether the flow or event of a schedule may be started by this person: its business key must not be of what is closed to him.</summary>
    public Task<bool> MayRunAsync(RecurringSchedule schedule, CurrentPerson by, CancellationToken cancellationToken) =>
        confidentiality.IsOpenAsync(by, schedule.Settings.CorrelationId, cancellationToken);

    /// <summary>Checks a draft with what only the database knows.</summary>
    /// <param name="draft">What the schedule is to be.</param>
    /// <param name="by">Who makes or changes it.</param>
    /// <param name="cancellationToken">Ends the queries.</param>
    public async Task<ScheduleReading> CheckAsync(ScheduleDraft draft, CurrentPerson by, CancellationToken cancellationToken)
    {
        ScheduleReading reading = ScheduleRules.Check(draft, await CalendarOfAsync(draft.Calendar, cancellationToken), clock.Now);
        if (!await confidentiality.IsOpenAsync(by, draft.CorrelationId, cancellationToken))
        {
            ScheduleFault closed = new("correlationId", new(
                $"There is no engagement '{draft.CorrelationId}', or you may not see it. Give another business key.", $"没有编号为“{draft.CorrelationId}”的业务，或您无权查看。请填写其他业务标识。"));
            reading = reading with { Settings = null, Faults = [.. reading.Faults, closed] };
        }

        if (draft.DefinitionId?.Trim() is not { Length: > 0 } definition || catalogue.Current.Published(definition) is not null)
            return reading;
        // Another process may have published it a moment ago.
        await catalogue.RefreshAsync(cancellationToken);
        if (catalogue.Current.Published(definition) is not null)
            return reading;
        ScheduleFault unknown = new("definitionId", new(
            $"There is no published definition '{definition}'. Publish it first, or name another; GET /api/definitions lists them.", $"没有已发布的流程“{definition}”。请先发布，或选择其他流程。"));
        return reading with { Settings = null, Faults = [.. reading.Faults, unknown] };
    }

    /// <summary>Makes a schedule; <see langword="null"/> if there is one of that name.</summary>
    /// <param name="settings">What it does and when.</param>
    /// <param name="timing">Its instants.</param>
    /// <param name="by">Who makes it.</param>
    /// <param name="alsoCommit">What is to be in the same commit, given the new schedule's id.</param>
    /// <param name="cancellationToken">Ends it before its commit.</param>
    public async Task<Guid?> AddAsync(ScheduleSettings settings, ScheduleTiming timing, string by, Func<NpgsqlTransaction, Guid, Task> alsoCommit, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.Now;
        Guid id = TimeOrderedId.Create(now);
        bool isDone = await ActAsync(
            async transaction =>
            {
                if (!await InsertSchedule.ExecuteAsync(transaction, id, settings, timing.Calendar?.Version, timing.Next(now), by, now, cancellationToken))
                    return false;
                await alsoCommit(transaction, id);
                return true;
            },
            id, by, "ScheduleMade", Detail(settings), cancellationToken);
        return isDone ? id : null;
    }

    /// <summary>Changes a schedule; what is missed meanwhile is not fired later.</summary>
    public async Task<ScheduleChange> ChangeAsync(Guid id, long revision, ScheduleSettings settings, ScheduleTiming timing, string by, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.Now;
        try
        {
            return await ActAsync(
                transaction => ChangeSchedule.SetAsync(transaction, id, revision, settings, timing.Calendar?.Version, timing.Next(now), by, now, cancellationToken),
                id, by, "ScheduleChanged", Detail(settings), cancellationToken)
                ? ScheduleChange.Done
                : ScheduleChange.Overtaken;
        }
        catch (PostgresException fault) when (fault is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: NameIndex })
        {
            return ScheduleChange.NameTaken;
        }
    }

    /// <summary>Pauses or resumes a schedule; returns whether it still was as it was seen. What fell into the pause is not fired later.</summary>
    public async Task<bool> SetPausedAsync(RecurringSchedule schedule, bool isPaused, string by, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.Now;
        ScheduleTiming? timing = isPaused ? null : await TimingOfAsync(schedule.Settings, cancellationToken);
        string state = isPaused ? RecurringSchedule.Paused : RecurringSchedule.Active;
        return await ActAsync(
            transaction => ChangeSchedule.SetStateAsync(transaction, schedule.Id, schedule.Revision, state, timing?.Calendar?.Version, timing?.Next(now), by, now, cancellationToken),
            schedule.Id, by, isPaused ? "SchedulePaused" : "ScheduleResumed", detail: null, cancellationToken);
    }

    /// <summary>Removes a schedule; returns whether it still was as it was seen.</summary>
    public Task<bool> RemoveAsync(RecurringSchedule schedule, string by, CancellationToken cancellationToken) => ActAsync(
        transaction => ChangeSchedule.RemoveAsync(transaction, schedule.Id, schedule.Revision, cancellationToken), schedule.Id, by, "ScheduleRemoved", new { schedule.Settings.Name }, cancellationToken);

    /// <summary>Fires a schedule at this moment, paused or not; returns the firing's instant.</summary>
    public async Task<DateTimeOffset> RunNowAsync(RecurringSchedule schedule, string by, Func<NpgsqlTransaction, DateTimeOffset, Task> alsoCommit, CancellationToken cancellationToken)
    {
        DateTimeOffset dueAt = default;
        await ActAsync(
            async transaction =>
            {
                dueAt = await firer.FireNowAsync(transaction, schedule, by, cancellationToken);
                await alsoCommit(transaction, dueAt);
                return true;
            },
            schedule.Id, by, "ScheduleRun", detail: null, cancellationToken);
        firer.Announce();
        return dueAt;
    }

    /// <summary>Returns the instants that a schedule has next; none while it is paused.</summary>
    public async Task<IReadOnlyList<ScheduledInstant>> UpcomingAsync(RecurringSchedule schedule, int count, CancellationToken cancellationToken)
    {
        if (schedule.NextDueAt is not { } next || await TimingOfAsync(schedule.Settings, cancellationToken) is not { } timing)
            return [];
        return [new(next, timing.IsProvisional(next)), .. timing.Upcoming(next, count - 1)];
    }

    /// <summary>Returns the ids of those schedules whose next instant depends on a year whose holidays are not published yet.</summary>
    public async Task<IReadOnlySet<Guid>> ProvisionalAsync(IReadOnlyList<RecurringSchedule> schedules, CancellationToken cancellationToken)
    {
        RecurringSchedule[] bound = [.. schedules.Where(schedule => schedule is { NextDueAt: not null, Settings.Calendar: not null })];
        if (bound.Length == 0)
            return new HashSet<Guid>();
        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken);
        IReadOnlyDictionary<string, WorkCalendar> calendars = await NamedCalendars.LoadAsync(
            connection, [.. bound.Select(schedule => schedule.Settings.Calendar!).Distinct(StringComparer.Ordinal)], options.Firm.Zone, cancellationToken);
        return bound.Where(schedule => calendars.GetValueOrDefault(schedule.Settings.Calendar!) is { } calendar && ScheduleRules.TimingOf(schedule.Settings, calendar).IsProvisional(schedule.NextDueAt!.Value))
            .Select(schedule => schedule.Id).ToHashSet();
    }

    /// <summary>Returns the first instants of a timing from now on.</summary>
    public IReadOnlyList<ScheduledInstant> Preview(ScheduleTiming timing, int count) => timing.Upcoming(clock.Now, count);

    /// <summary>Returns a schedule, or <see langword="null"/>.</summary>
    public Task<RecurringSchedule?> FindAsync(Guid id, CancellationToken cancellationToken) => schedules.FindAsync(id, cancellationToken);

    // Null if its calendar is gone.
    private async Task<ScheduleTiming?> TimingOfAsync(ScheduleSettings settings, CancellationToken cancellationToken)
    {
        WorkCalendar? calendar = await CalendarOfAsync(settings.Calendar, cancellationToken);
        return settings.Calendar is not null && calendar is null ? null : ScheduleRules.TimingOf(settings, calendar);
    }

    private async Task<WorkCalendar?> CalendarOfAsync(string? name, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(name))
            return null;
        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken);
        return (await NamedCalendars.LoadAsync(connection, [name.Trim()], options.Firm.Zone, cancellationToken)).GetValueOrDefault(name.Trim());
    }

    private async Task<bool> ActAsync(Func<NpgsqlTransaction, Task<bool>> act, Guid id, string by, string name, object? detail, CancellationToken cancellationToken)
    {
        await using (NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken))
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (!await act(transaction))
                return false;
            AuditEntry entry = new(AuditEntry.Administration, by, name, ScheduleFirer.SubjectOf(id), detail is null ? null : JsonSerializer.Serialize(detail));
            await AppendAudit.ExecuteAsync(transaction, entry, now: null, cancellationToken);
            await transaction.CommitAsync(CancellationToken.None);
        }

        signals.SchedulesChanged();
        return true;
    }

    private static object Detail(ScheduleSettings settings) => new
    {
        settings.Name,
        settings.DefinitionId,
        settings.EventName,
        settings.CorrelationId,
        settings.ForEach,
        Kind = ScheduleWords.Of(ScheduleWords.Kinds, settings.Kind),
        settings.Expression,
        Zone = settings.Zone.Id,
        settings.StartsAt,
        settings.EndsAt,
        settings.Calendar,
        FreeDays = ScheduleWords.Of(ScheduleWords.FreeDays, settings.FreeDays),
        Misfire = ScheduleWords.Of(ScheduleWords.Misfires, settings.Misfire),
        Overlap = ScheduleWords.Of(ScheduleWords.Overlaps, settings.Overlap),
    };
}

/// <summary>What a change of a schedule came to.</summary>
internal enum ScheduleChange
{
    Done,

    /// <summary>Somebody else changed or removed it first.</summary>
    Overtaken,

    /// <summary>Another has that name.</summary>
    NameTaken,
}
