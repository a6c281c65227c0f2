using System.Globalization;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Postgres.Inbox;
using EngagementFlows.Postgres.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Returns the next instant of a schedule after a given one; <see langword="null"/> if there is none.</summary>
/// <param name="kind"><c>timer, cron, start_at</c>.</param>
/// <param name="expression">The trigger's key.</param>
/// <param name="after">The instant.</param>
public delegate DateTimeOffset? NextOccurrence(string kind, string expression, DateTimeOffset after);

/// <summary>Starts instances by Timer, Cron and StartAt of published definitions: each instant of a schedule puts one start into the inbox.</summary>
/// <remarks>
/// Safe in any number of processes: a schedule is locked while it fires, and the instance's id comes from schedule and instant, so that even a repeated
/// firing finds its instance already there.
/// </remarks>
internal sealed class ScheduleWorker(LiveCatalogue catalogue, NextOccurrence next, DatabaseClock clock, CommitSignals signals, NpgsqlDataSource dataSource, InboxOptions options)
{
    /// <summary>Fires what is due and returns the number of starts.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        List<DueSchedule> due = await ClaimDueSchedules.ExecuteAsync(transaction, clock, cancellationToken);
        if (due.Count == 0)
            return 0;
        DateTimeOffset now = clock.Now;
        List<InboxRow> starts = [];
        await using NpgsqlBatch batch = new(connection, transaction);
        foreach (DueSchedule schedule in due)
        {
            Firing firing = Firing.Decide(schedule.CatchUp, schedule.DueAt, now, options.LateAfter, after => next(schedule.Kind, schedule.Expression, after));
            starts.AddRange(firing.Instants.Select(instant => Start(schedule, instant, now)));
            batch.BatchCommands.Add(AdvanceSchedule.Create(schedule, firing.NextDueAt));
        }

        if (starts.Count > 0)
            batch.BatchCommands.Add(InsertInboxRows.Create(starts, now));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (starts.Count > 0)
            signals.InboxDue(DateTimeOffset.MinValue);
        return starts.Count;
    }

    /// <summary>Brings the stored schedules in line with the published definitions.</summary>
    public async Task SyncAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.Now;
        List<(Trigger Trigger, string Kind, DateTimeOffset? NextDueAt)> schedules = [];
        // An id is unique in its container only; a schedule is known by definition and activity, and the first one of that name is it.
        foreach (Trigger trigger in catalogue.Current.Triggers.DistinctBy(trigger => (trigger.DefinitionId, trigger.ActivityId, TriggerSchedules.KindOf(trigger.Name) is null)))
        {
            if (TriggerSchedules.KindOf(trigger.Name) is { } kind)
                schedules.Add((trigger, kind, next(kind, trigger.Key, now)));
        }

        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await SyncSchedules.ExecuteAsync(connection, schedules, cancellationToken);
        foreach ((_, _, DateTimeOffset? due) in schedules)
        {
            if (due is { } instant)
                signals.Inbox.Hint(instant);
        }
    }

    private static InboxRow Start(DueSchedule schedule, DateTimeOffset instant, DateTimeOffset now)
    {
        Guid id = TimeOrderedId.Derive(instant, $"{schedule.DefinitionId}/{schedule.ActivityId}");
        StartRequested start = new(id, schedule.DefinitionId)
        {
            TriggerActivityId = schedule.ActivityId,
            TriggerInput = new() { ["dueAt"] = instant.ToString("O", CultureInfo.InvariantCulture) },
        };
        return InboxRow.For(start, id, now);
    }
}
