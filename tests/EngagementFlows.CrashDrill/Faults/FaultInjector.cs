using System.Collections.Concurrent;
using EngagementFlows.CrashDrill.Children;
using EngagementFlows.CrashDrill.Network;
using EngagementFlows.CrashDrill.Sink;

namespace EngagementFlows.CrashDrill.Faults;

/// <summary>Does to the processes what the plan says, one fault at a time, and puts everything right again.</summary>
internal sealed class FaultInjector(FaultPlan plan, Targets targets, Action<string> say)
{
    private readonly ConcurrentDictionary<FaultKind, int> _done = new();
    private readonly IReadOnlyList<FlowsServer> _servers = targets.Servers;
    private readonly SinkProcess _sink = targets.Sink;

    /// <summary>Gets how often each fault was done.</summary>
    public IReadOnlyDictionary<FaultKind, int> Done => _done;

    /// <summary>Attacks until it is stopped, but not before every fault that must be seen was; then everything runs.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested || !plan.HasShownAll)
        {
            bool mustBeSeen = !plan.HasShownAll;
            Fault fault = plan.Next();
            await Task.Delay(fault.Rest, CancellationToken.None);
            if (cancellationToken.IsCancellationRequested && !mustBeSeen)
                break;
            say(fault.ToString());
            await DoAsync(fault);
            _done.AddOrUpdate(fault.Kind, 1, static (_, count) => count + 1);
            foreach (FlowsServer server in _servers)
                server.EnsureStarted();
            if (fault.LetsRecover)
                await Task.WhenAll(_servers.Select(server => server.ReadyAsync(CancellationToken.None)));
        }
    }

    private Task DoAsync(Fault fault) => fault.Kind switch
    {
        FaultKind.KillServer => KillAsync([_servers[fault.Server]], fault.Lasts),
        FaultKind.KillBothServers or FaultKind.LongDowntime => KillAsync(_servers, fault.Lasts),
        FaultKind.PauseServer or FaultKind.PausePastLeases => PauseAsync([_servers[fault.Server]], fault.Lasts),
        FaultKind.PauseBothServers => PauseAsync(_servers, fault.Lasts),
        FaultKind.RollOut => targets.RollOut.RunAsync(_servers),
        FaultKind.BackUp => targets.Backups.MakeAsync(),
        FaultKind.KillPostgres => KillPostgresAsync(fault.Lasts),
        FaultKind.RestartPostgres => targets.Postgres.RestartAsync(),
        FaultKind.TerminateConnections => targets.Postgres.TerminateConnectionsAsync(),
        FaultKind.StatementsFail or FaultKind.CommitsFail => targets.Database.FailAsync(fault.Pick, fault.Percent, fault.Kind == FaultKind.CommitsFail, fault.Lasts),
        FaultKind.CancelStatements => targets.Database.CancelAsync(fault.Lasts),
        FaultKind.LockTable => targets.Database.LockAsync(fault.Pick, fault.Lasts),
        FaultKind.CutNetwork => CutAsync(questions: true, answers: true, fault),
        FaultKind.CutAnswers => CutAsync(questions: false, answers: true, fault),
        FaultKind.CutQuestions => CutAsync(questions: true, answers: false, fault),
        FaultKind.KillSink => KillSinkAsync(fault.Lasts),
        FaultKind.PauseSink => PauseSinkAsync(fault.Lasts),
        FaultKind.SinkDropsAfterRecord => ChangeSinkAsync(SinkMode.DropAfterRecord, fault),
        FaultKind.SinkDropsBeforeRecord => ChangeSinkAsync(SinkMode.DropBeforeRecord, fault),
        FaultKind.SinkIsSlow => ChangeSinkAsync(SinkMode.Slow, fault),
        FaultKind.SinkRefusesForNow => ChangeSinkAsync(SinkMode.RefuseForNow, fault),
        FaultKind.SinkRefusesForGood => ChangeSinkAsync(SinkMode.RefuseForGood, fault),
        FaultKind.SinkAnswersTwice => ChangeSinkAsync(SinkMode.AnswerTwice, fault),
        _ => throw new InvalidOperationException($"Nobody knows how to do '{fault.Kind}'."),
    };

    private static async Task KillAsync(IReadOnlyList<FlowsServer> killed, TimeSpan down)
    {
        await Task.WhenAll(killed.Select(server => server.KillAsync()));
        await Task.Delay(down, CancellationToken.None);
        foreach (FlowsServer server in killed)
            server.Start();
    }

    private static async Task PauseAsync(IReadOnlyList<FlowsServer> paused, TimeSpan lasts)
    {
        foreach (FlowsServer server in paused)
            server.Pause();
        await Task.Delay(lasts, CancellationToken.None);
        foreach (FlowsServer server in paused)
            server.Resume();
    }

    private async Task PauseSinkAsync(TimeSpan lasts)
    {
        _sink.Pause();
        await Task.Delay(lasts, CancellationToken.None);
        _sink.Resume();
    }

    private async Task CutAsync(bool questions, bool answers, Fault fault)
    {
        DatabaseLine line = targets.Lines[fault.Server];
        line.Cut(questions, answers);
        await Task.Delay(fault.Lasts, CancellationToken.None);
        if (fault.LosesConnections)
            await line.BreakAsync();
        else
            line.Heal();
    }

    private async Task KillPostgresAsync(TimeSpan down)
    {
        targets.Postgres.Kill();
        await Task.Delay(down, CancellationToken.None);
        await targets.Postgres.StartAgainAsync();
    }

    private async Task KillSinkAsync(TimeSpan down)
    {
        await _sink.KillAsync();
        await Task.Delay(down, CancellationToken.None);
        await _sink.StartAsync();
    }

    private async Task ChangeSinkAsync(SinkMode mode, Fault fault)
    {
        await _sink.SetAsync(mode, fault.Percent);
        await Task.Delay(fault.Lasts, CancellationToken.None);
        await _sink.SetAsync(SinkMode.Honest, 0);
    }
}
