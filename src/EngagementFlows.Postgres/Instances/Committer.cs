using System.Diagnostics;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Inbox;
using EngagementFlows.Postgres.Telemetry;
using EngagementFlows.Postgres.Webhooks;
using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>Runs the engine: given everything that the pure runner takes, returns what must be committed.</summary>
public delegate Transition RunTransition(
    DefinitionCatalogue catalogue, IReadOnlyList<WorkflowInstance> instances, Stimulus stimulus, DateTimeOffset now, Hindsight? hindsight);

/// <summary>Runs and commits groups of works; the one path of requests and inbox rows.</summary>
/// <remarks>Safe for use by many threads, each with a connection of its own.</remarks>
internal sealed class Committer(RunTransition run, LiveCatalogue catalogue, LiveWebhooks webhooks, IDomainStore? domain, DatabaseClock clock, CommitSignals signals)
{
    private const int MostQuestions = 200;

    public DatabaseClock Clock => clock;

    public CommitSignals Signals => signals;

    public LiveCatalogue Catalogue => catalogue;

    /// <summary>Runs each work; what the runner throws stays with its work.</summary>
    public void Run(IReadOnlyList<Work> works, DateTimeOffset now)
    {
        DefinitionCatalogue definitions = catalogue.Current;
        foreach (Work work in works)
            Run(definitions, work, now);
    }

    /// <summary>Runs one work.</summary>
    public void Run(Work work, DateTimeOffset now) => Run(catalogue.Current, work, now);

    /// <summary>Reads what activities of the works asked of the domain, for all of them at once, and runs those again, until none asks any more.</summary>
    /// <param name="connection">A connection of the engine, for reading; perhaps in a transaction.</param>
    /// <param name="works">Works that were run; those that ask nothing are passed over.</param>
    /// <param name="now">The instant at which they ran.</param>
    public async Task AnswerAsync(NpgsqlConnection connection, IReadOnlyList<Work> works, DateTimeOffset now)
    {
        List<Work> asking = [.. works.Where(work => work.Asked is not null)];
        for (int round = 1; asking.Count > 0; round++)
        {
            if (domain is null)
                throw new InvalidOperationException($"EngagementFlows bug: a question of type '{asking[0].Asked!.GetType()}' has nobody who answers it.");
            if (round > MostQuestions)
            {
                foreach (Work work in asking)
                    work.Fail(new InvalidOperationException($"The activities of one run have asked {MostQuestions} things, and still ask '{work.Asked}'. Probably a loop never ends: correct the definition."));
                return;
            }

            IReadOnlyDictionary<Question, object?> answers = await domain.AnswerAsync(connection, [.. asking.Select(work => work.Asked!).Distinct()], now, CancellationToken.None);
            foreach (Work work in asking)
            {
                work.Learn(work.Asked!, answers[work.Asked!]);
                Run(work, now);
            }

            asking.RemoveAll(work => work.Asked is null);
        }
    }

    /// <summary>Writes what the works came to in one round trip: all of it or nothing.</summary>
    /// <param name="connection">A connection of the engine.</param>
    /// <param name="works">Works that have something to commit.</param>
    /// <param name="now">The instant of the commit.</param>
    /// <param name="extra">Statements of the caller's own: the end of a transaction that it began.</param>
    /// <param name="cancellationToken">Ends the statement; whether it was committed is then not known.</param>
    public async Task CommitAsync(NpgsqlConnection connection, IReadOnlyList<Work> works, DateTimeOffset now, IEnumerable<NpgsqlBatchCommand> extra, CancellationToken cancellationToken)
    {
        Commit commit = new(catalogue.Current, webhooks, now);
        foreach (Work work in works)
            commit.Add(work);
        await using NpgsqlBatch batch = new(connection);
        await commit.AppendAsync(connection, batch, works, domain, cancellationToken);
        foreach (NpgsqlBatchCommand command in extra)
            batch.BatchCommands.Add(command);
        if (batch.BatchCommands.Count == 0)
            return;
        using (CommitTelemetry telemetry = CommitTelemetry.Begin(works))
        {
            try
            {
                await batch.ExecuteNonQueryAsync(cancellationToken);
                telemetry.Succeeded();
            }
            catch (Exception fault)
            {
                telemetry.Failed(fault);
                throw;
            }
        }

        commit.ReadEventResults();
        Announce(commit);
    }

    private void Run(DefinitionCatalogue definitions, Work work, DateTimeOffset now)
    {
        if (work.Stimulus is not { } stimulus)
            return;
        work.IsAlone = false;
        using Activity? span = CommitTelemetry.BeginTransition(work, stimulus);
        try
        {
            work.Fault = null;
            work.Transition = run(definitions, work.Instance is null ? [] : [work.Instance], stimulus, now, work.Hindsight);
            work.IsAlone = stimulus is StartRequested { ParentInstanceId: null } start
                && work.Transition.Kind == TransitionKind.Applied
                && definitions.Of(start) is { Options.Activation: not ActivationStrategy.Always };
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            work.Transition = null;
            work.Fault = fault;
        }

        CommitTelemetry.Describe(span, work);
    }

    /// <summary>Wakes whoever has something to do now; each of them would find it by itself a little later.</summary>
    private void Announce(Commit commit)
    {
        DateTimeOffset earliest = DateTimeOffset.MaxValue;
        foreach (InboxRow row in commit.Sent)
            earliest = row.DueAt < earliest ? row.DueAt : earliest;
        if (commit.HasDeliveries)
            earliest = DateTimeOffset.MinValue;
        if (earliest < DateTimeOffset.MaxValue)
            signals.InboxDue(earliest);
        if (commit.HasOutbox)
            signals.OutboxDue();
        foreach (Guid kept in commit.KeptEvents)
            signals.EventKept(kept);
        foreach (Bookmark bookmark in commit.Made)
        {
            if (bookmark is { Name: EventRouting.BookmarkName, Key: not null })
                signals.EventAwaited(bookmark);
        }
    }
}
