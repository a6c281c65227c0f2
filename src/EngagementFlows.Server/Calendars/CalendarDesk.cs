using System.Text.Json;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Promises;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Calendars;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Promises;
using Npgsql;

namespace EngagementFlows.Server.Calendars;

/// <summary>What operators do with calendars and the promise table; each act is audited in its own commit.</summary>
internal sealed class CalendarDesk(FlowsDatabase database, FlowsEngine engine, ComputeDatesAnew compute, DatabaseClock clock)
{
    public static string SubjectOf(string calendar) => $"calendar/{calendar}";

    public static string SubjectOfPromise(string promise) => $"promise/{promise}";

    /// <summary>Writes a calendar; returns whether it still was as it was seen (revision 0 = was not there).</summary>
    /// <exception cref="PostgresException">Another calendar serves the country's clients; see <see cref="IsServedAlready"/>.</exception>
    public Task<bool> SaveAsync(CalendarDefinition calendar, string act, string by, Func<NpgsqlTransaction, Task> alsoCommit, CancellationToken cancellationToken) => ActAsync(
        async transaction =>
        {
            if (!await SaveCalendar.ExecuteAsync(transaction, calendar, by, clock.Now, cancellationToken))
                return false;
            await alsoCommit(transaction);
            return true;
        },
        by, act, SubjectOf(calendar.Id),
        new { name = calendar.Name.En, zone = calendar.Zone?.Id, country = calendar.Country, days = calendar.Days.Count, publishedThrough = calendar.PublishedThrough, servesClients = calendar.ServesClients, week = WorkingWeekJson.Write(calendar.Week) },
        cancellationToken);

    /// <inheritdoc cref="SaveAsync(CalendarDefinition, string, string, Func{NpgsqlTransaction, Task}, CancellationToken)"/>
    public Task<bool> SaveAsync(CalendarDefinition calendar, string act, string by, CancellationToken cancellationToken) => SaveAsync(calendar, act, by, _ => Task.CompletedTask, cancellationToken);

    /// <summary>Removes a calendar; returns whether it still was as it was seen. The firm's own stays.</summary>
    public Task<bool> RemoveAsync(string id, long revision, string by, CancellationToken cancellationToken) =>
        ActAsync(transaction => SaveCalendar.RemoveAsync(transaction, id, revision, cancellationToken), by, "CalendarRemoved", SubjectOf(id), null, cancellationToken);

    /// <summary>Writes a class of the promise table; returns whether it still was as it was seen (revision 0 = was not there).</summary>
    public Task<bool> SaveAsync(PromiseClass promise, string by, CancellationToken cancellationToken) => ActAsync(
        transaction => SavePromiseClass.ExecuteAsync(transaction, promise, by, clock.Now, cancellationToken),
        by, promise.Revision == 0 ? "PromiseMade" : "PromiseChanged", SubjectOfPromise(promise.Id), new { promise.Times, promise.Tiers }, cancellationToken);

    /// <summary>Removes a class of the promise table; returns whether it still was as it was seen. Clocks that run keep their limit.</summary>
    public Task<bool> RemovePromiseAsync(string id, long revision, string by, CancellationToken cancellationToken) =>
        ActAsync(transaction => SavePromiseClass.RemoveAsync(transaction, id, revision, cancellationToken), by, "PromiseRemoved", SubjectOfPromise(id), null, cancellationToken);

    /// <summary>Computes the provisional dates of what is open anew, as far as their year is published now.</summary>
    public async Task<DatesComputedAnew> ComputeAnewAsync(string by, CancellationToken cancellationToken)
    {
        DatesComputedAnew done = await compute.ExecuteAsync(by, clock.Now, cancellationToken);
        // A date may have moved to an earlier instant than anybody waits for.
        engine.Signals.HeldReleased();
        return done;
    }

    /// <summary>Tells whether a save failed since the country's clients follow another calendar already.</summary>
    public static bool IsServedAlready(PostgresException fault) => fault is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "calendar_of_clients" };

    private async Task<bool> ActAsync(Func<NpgsqlTransaction, Task<bool>> act, string by, string name, string subject, object? detail, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await act(transaction))
            return false;
        await AppendAudit.ExecuteAsync(transaction, new(AuditEntry.Administration, by, name, subject, detail is null ? null : JsonSerializer.Serialize(detail)), now: null, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }
}
