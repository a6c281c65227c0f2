using System.Text.Json;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Schedules;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Calendars;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Instances;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EngagementFlows.Postgres.Schedules;

/// <summary>Fires recurring schedules: what is due becomes rows of the inbox, in the transaction that moves the schedules on.</summary>
/// <remarks>
/// Safe in any number of processes and however often it is called: a schedule is locked while it fires, a firing is unique by schedule and instant, and what it starts has an id that
/// follows from both. Who dies in the middle leaves nothing; the next one does it.
/// </remarks>
public sealed partial class ScheduleFirer(NpgsqlDataSource dataSource, DatabaseClock clock, CommitSignals signals, TimeZoneInfo office, TimeSpan lateAfter, ILogger logger)
{
    private const int GroupLimit = 1_000;

    /// <summary>Fires all schedules whose instant has come, in groups of 1,000, each in a transaction; returns how many firings were recorded.</summary>
    public async Task<int> FireDueAsync(CancellationToken cancellationToken)
    {
        int fired = 0;
        while (true)
        {
            (int claimed, int recorded) = await FireGroupAsync(cancellationToken);
            fired += recorded;
            if (claimed == 0)
                return fired;
        }
    }

    /// <summary>Starts what waits for the end of the instance before it; returns how many.</summary>
    public async Task<long> FireQueuedAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        List<RecurringSchedule> ready = await QueuedFirings.ClaimAsync(transaction, GroupLimit, cancellationToken);
        if (ready.Count == 0)
            return 0;
        long fired = await QueuedFirings.FireAsync(transaction, ready.ConvertAll(schedule => (schedule.Id, ScheduleStarts.PayloadOf(schedule.Settings))), clock.Now, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        signals.InboxDue(DateTimeOffset.MinValue);
        return fired;
    }

    /// <summary>Fires a schedule at this moment because a person asks, whatever its own instants are. Runs in the caller's transaction; call <see cref="Announce"/> after its commit.</summary>
    /// <returns>The firing's instant.</returns>
    public async Task<DateTimeOffset> FireNowAsync(NpgsqlTransaction transaction, RecurringSchedule schedule, string by, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.Now;
        if (schedule.Settings.ForEach is not null)
        {
            await FireForEach.ExecuteAsync(transaction, schedule, now, ScheduleStarts.PayloadAround(schedule.Settings, schedule.Id), by, now, cancellationToken);
            return now;
        }

        // A person who says "now" means it: the instance before does not matter.
        WantedFiring wanted = new(
            schedule.Id, now, ScheduleStarts.PayloadOf(schedule.Settings), schedule.Settings.EventName, schedule.Settings.CorrelationId, ScheduleWords.Of(ScheduleWords.Overlaps, OverlapPolicy.Start), IsFirst: true);
        List<MadeFiring> made = await FireSchedules.ExecuteAsync(transaction, [wanted], by, now, now + EventRouting.EarlyEventLifetime, cancellationToken);
        Guid? instance = made is [{ IsEvent: false } one] ? one.MadeId : null;
        await AdvanceRecurring.ExecuteAsync(transaction, [new(schedule.Id, schedule.NextDueAt, null, instance, null)], cancellationToken);
        return now;
    }

    /// <summary>Wakes the loops after a firing that a person asked for was committed.</summary>
    public void Announce()
    {
        signals.InboxDue(DateTimeOffset.MinValue);
        signals.SchedulesChanged();
    }

    /// <summary>Computes anew the next instants of schedules whose calendar has changed since; returns how many moved.</summary>
    public async Task<int> FollowCalendarsAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        string[] names = await StaleCalendars.NamesAsync(connection, cancellationToken);
        if (names.Length == 0)
            return 0;
        Dictionary<string, WorkCalendar> calendars = await NamedCalendars.LoadAsync(connection, names, office, cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        List<RecurringSchedule> stale = await StaleCalendars.ClaimAsync(transaction, calendars.ToDictionary(pair => pair.Key, pair => pair.Value.Version), cancellationToken);
        List<Advance> advances = [];
        foreach (RecurringSchedule schedule in stale)
        {
            if (await TimingOfAsync(transaction, schedule, calendars, cancellationToken) is { } timing)
                advances.Add(new(schedule.Id, timing.Next(DealtWith(schedule)), null, null, timing.Calendar!.Version));
        }

        if (advances.Count > 0)
            await AdvanceRecurring.ExecuteAsync(transaction, advances, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return advances.Count;
    }

    /// <summary>Returns the next instants of all schedules, each once, and whether firings wait in a queue.</summary>
    internal Task<(IReadOnlyList<DateTimeOffset> Instants, bool HasQueued)> LookAsync(int most, CancellationToken cancellationToken) =>
        NextInstants.ExecuteAsync(dataSource, clock, most, cancellationToken);

    internal void LogOverdue(DateTimeOffset dueAt) => Log.Overdue(logger, dueAt);

    private async Task<(int Claimed, int Recorded)> FireGroupAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        List<RecurringSchedule> due = await ClaimDueRecurring.ExecuteAsync(transaction, clock, GroupLimit, cancellationToken);
        if (due.Count == 0)
            return (0, 0);
        DateTimeOffset now = clock.Now;
        string[] names = [.. due.Select(schedule => schedule.Settings.Calendar).OfType<string>().Distinct()];
        Dictionary<string, WorkCalendar> calendars = names.Length == 0 ? [] : await NamedCalendars.LoadAsync(connection, names, office, cancellationToken);
        List<(RecurringSchedule Schedule, ScheduleTiming Timing, Firing Firing)> firings = [];
        foreach (RecurringSchedule schedule in due)
        {
            if (await TimingOfAsync(transaction, schedule, calendars, cancellationToken) is { } timing)
                firings.Add((schedule, timing, Decide(schedule, timing, now)));
        }

        (int recorded, Dictionary<Guid, Guid> lastInstances, List<Guid> events) = await RecordAsync(transaction, firings.ConvertAll(firing => (firing.Schedule, firing.Firing)), now, cancellationToken);
        if (firings.Count > 0)
        {
            await AdvanceRecurring.ExecuteAsync(
                transaction,
                firings.ConvertAll(firing => new Advance(
                    firing.Schedule.Id,
                    firing.Firing.NextDueAt,
                    firing.Firing.Instants.Count > 0 ? firing.Firing.Instants[^1] : firing.Schedule.NextDueAt,
                    lastInstances.TryGetValue(firing.Schedule.Id, out Guid instance) ? instance : null,
                    firing.Timing.Calendar?.Version)),
                cancellationToken);
        }

        // From here on the commit is carried to its end: ending it half-way would only make it unknown.
        await transaction.CommitAsync(CancellationToken.None);
        signals.InboxDue(DateTimeOffset.MinValue);
        foreach (Guid published in events)
            signals.EventKept(published);
        return (due.Count, recorded);
    }

    private static async Task<(int Recorded, Dictionary<Guid, Guid> LastInstances, List<Guid> Events)> RecordAsync(
        NpgsqlTransaction transaction, List<(RecurringSchedule Schedule, Firing Firing)> firings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<WantedFiring> single = [];
        int recorded = 0;
        foreach ((RecurringSchedule schedule, Firing firing) in firings)
        {
            if (schedule.Settings.ForEach is not null)
            {
                (string Before, string After) payload = ScheduleStarts.PayloadAround(schedule.Settings, schedule.Id);
                foreach (DateTimeOffset instant in firing.Instants)
                    recorded += await FireForEach.ExecuteAsync(transaction, schedule, instant, payload, askedBy: null, now, cancellationToken) is null ? 0 : 1;
                continue;
            }

            if (firing.Instants.Count == 0)
                continue;
            string payloadOfOne = ScheduleStarts.PayloadOf(schedule.Settings);
            string overlap = ScheduleWords.Of(ScheduleWords.Overlaps, schedule.Settings.Overlap);
            for (int i = 0; i < firing.Instants.Count; i++)
                single.Add(new(schedule.Id, firing.Instants[i], payloadOfOne, schedule.Settings.EventName, schedule.Settings.CorrelationId, overlap, i == 0));
        }

        Dictionary<Guid, Guid> instances = [];
        List<Guid> events = [];
        if (single.Count == 0)
            return (recorded, instances, events);
        foreach (MadeFiring made in await FireSchedules.ExecuteAsync(transaction, single, askedBy: null, now, now + EventRouting.EarlyEventLifetime, cancellationToken))
        {
            recorded++;
            if (made.IsEvent)
                events.Add(made.MadeId);
            else if (made.State == "fired")
                instances[made.ScheduleId] = made.MadeId;
        }

        return (recorded, instances, events);
    }

    private Firing Decide(RecurringSchedule schedule, ScheduleTiming timing, DateTimeOffset now)
    {
        DateTimeOffset due = schedule.NextDueAt!.Value;
        // A calendar may have changed since the instant was stored: what holds today counts.
        if (timing.Calendar is not null)
        {
            if (timing.Next(DealtWith(schedule)) is not { } today)
                return new([], null);
            due = today;
        }

        return Firing.Decide(schedule.Settings.Misfire, due, now, lateAfter, timing.Next);
    }

    // The instant up to which everything was fired or dropped on purpose.
    private static DateTimeOffset DealtWith(RecurringSchedule schedule) =>
        schedule.LastDueAt is { } last && last > schedule.ChangedAt ? last : schedule.ChangedAt;

    /// <summary>Returns the schedule's timing; one that cannot be computed any more is paused, so that it spoils neither the others nor the log.</summary>
    private async Task<ScheduleTiming?> TimingOfAsync(
        NpgsqlTransaction transaction, RecurringSchedule schedule, Dictionary<string, WorkCalendar> calendars, CancellationToken cancellationToken)
    {
        string reason;
        try
        {
            WorkCalendar? calendar = schedule.Settings.Calendar is { } name ? calendars.GetValueOrDefault(name) : null;
            if (calendar is not null || schedule.Settings.Calendar is null)
                return ScheduleRules.TimingOf(schedule.Settings, calendar);
            reason = $"There is no calendar '{schedule.Settings.Calendar}' any more.";
        }
        catch (FormatException fault)
        {
            reason = fault.Message;
        }

        Log.Unreadable(logger, schedule.Id);
        DateTimeOffset now = clock.Now;
        await ChangeSchedule.SetStateAsync(transaction, schedule.Id, schedule.Revision, RecurringSchedule.Paused, null, null, "system", now, cancellationToken);
        AuditEntry entry = new(AuditEntry.Administration, "system", "SchedulePaused", SubjectOf(schedule.Id), JsonSerializer.Serialize(new { reason }));
        await AppendAudit.ExecuteAsync(transaction, entry, now, cancellationToken);
        return null;
    }

    /// <summary>Returns the name under which the audit knows a schedule.</summary>
    public static string SubjectOf(Guid schedule) => $"schedule/{schedule:D}";
}
