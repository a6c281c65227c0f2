using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Instances;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EngagementFlows.Postgres.Inbox;

/// <summary>Serves due facts: claims a group, runs it, commits it, in one transaction of two round trips.</summary>
/// <remarks>
/// Safe with any number of workers and processes: a claim is a row lock and ends with its transaction, so nothing is left over from a worker that dies.
/// A group that cannot be committed is undone and its facts are served one by one; one that still fails is tried again later and, in the end, parked.
/// </remarks>
internal sealed partial class InboxWorker(Committer committer, EngineConnection connections, InboxOptions options, ILogger logger) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => connections.DisposeAsync();

    /// <summary>Serves one group of due facts and returns how many were claimed.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await connections.GetAsync(cancellationToken);
        DateTimeOffset late = committer.Clock.Now - options.LateAfter;
        int claimed = await ServeGroupAsync(connection, late, allowance: null, cancellationToken);
        return claimed > 0 ? claimed : await ServeLateAsync(connection, late, cancellationToken);
    }

    /// <summary>Looks whether facts are due and when the next one falls due; claims nothing.</summary>
    public async Task<DueLook> LookAsync(CancellationToken cancellationToken) =>
        await NextDue.ExecuteAsync(await connections.GetAsync(cancellationToken), committer.Clock, cancellationToken);

    private async Task<int> ServeLateAsync(NpgsqlConnection connection, DateTimeOffset late, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, "begin", cancellationToken);
        int? allowance = await CatchUp.TakeAsync(connection, late, committer.Clock.Now, options.CatchUpPerSecond, cancellationToken);
        if (allowance is not > 0)
        {
            await ExecuteAsync(connection, "rollback", cancellationToken);
            if (allowance is not null)
                committer.Signals.Inbox.Hint(NextSecond(committer.Clock.Now));
            return 0;
        }

        return await ServeGroupAsync(connection, late, allowance, cancellationToken);
    }

    private static DateTimeOffset NextSecond(DateTimeOffset now) => now.AddTicks(TimeSpan.TicksPerSecond - (now.Ticks % TimeSpan.TicksPerSecond));

    /// <summary>Serves facts of the usual window, or, with an allowance, late ones in the transaction that holds it.</summary>
    private async Task<int> ServeGroupAsync(NpgsqlConnection connection, DateTimeOffset late, int? allowance, CancellationToken cancellationToken)
    {
        List<ClaimedRow> rows = await ClaimAsync(connection, late, allowance, cancellationToken);
        if (rows.Count == 0)
        {
            await ExecuteAsync(connection, "rollback", cancellationToken);
            return 0;
        }

        // From here on the commit is carried to its end: ending it half-way would only make it unknown.
        List<ClaimedRow> again = await CommitGroupAsync(connection, rows, allowance);
        foreach (ClaimedRow row in again)
            await ServeAloneAsync(row.Row, row.Failures);
        return rows.Count;
    }

    private async Task<List<ClaimedRow>> ClaimAsync(NpgsqlConnection connection, DateTimeOffset late, int? allowance, CancellationToken cancellationToken)
    {
        await using NpgsqlBatch batch = new(connection);
        if (allowance is null)
            batch.BatchCommands.Add(new("begin"));
        batch.BatchCommands.Add(allowance is { } most
            ? ClaimDueInbox.Create(DateTimeOffset.MinValue, late, Math.Min(most, options.GroupLimit))
            : ClaimDueInbox.Create(late, committer.Clock.ForStatements, options.GroupLimit));
        List<ClaimedRow> rows = [];
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken);
        await ClaimDueInbox.ReadAsync(reader, rows, cancellationToken);
        // What is due by the database's clock is served at or after its instant by ours too.
        if (rows.Count > 0)
            committer.Clock.Observe(rows[^1].Row.DueAt);
        return rows;
    }

    /// <summary>Runs and commits the group; returns the rows that must be served one by one.</summary>
    private async Task<List<ClaimedRow>> CommitGroupAsync(NpgsqlConnection connection, List<ClaimedRow> rows, int? allowance)
    {
        DateTimeOffset now = committer.Clock.Now;
        List<ClaimedRow> again = [];
        List<Work> group = new(rows.Count);
        List<NpgsqlBatchCommand> end = [];
        try
        {
            List<Work> works = rows.ConvertAll(Read);
            committer.Run(works, now);
            await committer.AnswerAsync(connection, works, now);
            foreach ((Work work, ClaimedRow row) in works.Zip(rows))
            {
                if (work is { Fault: null, IsAlone: false, Transition.Kind: not TransitionKind.Refused })
                    group.Add(work);
                else
                    again.Add(row);
            }

            if (allowance is not null)
                end.Add(CatchUp.Spend(now, group.Count));
            end.Add(new("commit"));
            await committer.CommitAsync(connection, group, now, end, CancellationToken.None);
            return again;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            Log.GroupUndone(logger, fault, group.Count);
            if (connection.State == System.Data.ConnectionState.Open)
                await ExecuteAsync(connection, "rollback", CancellationToken.None);
            return rows;
        }
    }

    /// <summary>Serves one fact by itself. Whatever is wrong with it stays with it.</summary>
    private async Task ServeAloneAsync(InboxRow key, int failures)
    {
        const int mostAttempts = 5;
        EffectRefusals? refusals = null;
        for (int attempt = 1; attempt <= mostAttempts; attempt++)
        {
            NpgsqlConnection connection = await connections.GetAsync(CancellationToken.None);
            await ExecuteAsync(connection, "begin", CancellationToken.None);
            if (await ClaimInboxRow.ExecuteAsync(connection, key, CancellationToken.None) is not { } row)
            {
                // Served or claimed by somebody else meanwhile.
                await ExecuteAsync(connection, "rollback", CancellationToken.None);
                return;
            }

            Work work = Read(row);
            work.Refusals = refusals;
            DateTimeOffset now = refusals?.At ?? committer.Clock.Now;
            committer.Run(work, now);
            if (work.Transition is { Kind: TransitionKind.Refused } && await committer.Catalogue.RefreshAsync(CancellationToken.None))
                committer.Run(work, now);
            Exception? fault = await TryAnswerAsync(connection, work, now) ?? work.Fault ?? (work.Transition is { Kind: TransitionKind.Refused, Message: { } message } ? new InvalidOperationException(message) : null);
            if (fault is null)
                fault = await TryCommitAsync(connection, work, now);
            else if (connection.State == System.Data.ConnectionState.Open)
                await ExecuteAsync(connection, "rollback", CancellationToken.None);
            if (fault is null)
                return;
            refusals = EffectRefusals.Add(refusals, fault, now);
            if (refusals is not null)
                continue;
            switch (CommitFailures.Sort(fault, connection))
            {
                case CommitFailure.Overtaken:
                    continue;
                case CommitFailure.Unknown:
                    // Nothing is decided: if the commit came about the row is gone, else it is claimed again.
                    return;
                case CommitFailure.Occupied:
                    Log.StartNotAllowed(logger, key.InstanceId);
                    await DropAsync(connection, key);
                    return;
                default:
                    await FailAsync(connection, key, failures, fault);
                    return;
            }
        }
    }

    private async Task<Exception?> TryAnswerAsync(NpgsqlConnection connection, Work work, DateTimeOffset now)
    {
        try
        {
            await committer.AnswerAsync(connection, [work], now);
            return null;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return fault;
        }
    }

    private async Task<Exception?> TryCommitAsync(NpgsqlConnection connection, Work work, DateTimeOffset now)
    {
        try
        {
            await committer.CommitAsync(connection, [work], now, [new("commit")], CancellationToken.None);
            return null;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            if (connection.State == System.Data.ConnectionState.Open)
                await ExecuteAsync(connection, "rollback", CancellationToken.None);
            return fault;
        }
    }

    private async Task FailAsync(NpgsqlConnection connection, InboxRow key, int failures, Exception fault)
    {
        DateTimeOffset now = committer.Clock.Now;
        DateTimeOffset? next = options.NextTry(failures + 1) is { } pause ? now + pause : null;
        Log.FactFailed(logger, fault, key.InstanceId, key.Kind, next);
        await FailInboxRow.ExecuteAsync(connection, key, fault.Message, next, now, CancellationToken.None);
    }

    private static async Task DropAsync(NpgsqlConnection connection, InboxRow key)
    {
        await using NpgsqlBatch batch = new(connection) { BatchCommands = { DeleteInboxRows.Create([key.InstanceId], [key.Id]) } };
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private static Work Read(ClaimedRow row)
    {
        Work work = new() { Claimed = row.Row, Instance = row.Instance };
        try
        {
            work.Stimulus = StimulusJson.Read(row.Row.Kind, row.Row.InstanceId, row.Row.BookmarkId, row.Row.Payload);
        }
        catch (Exception fault) when (fault is System.Text.Json.JsonException or InvalidCastException or NullReferenceException or FormatException)
        {
            work.Fault = fault;
        }

        return work;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
