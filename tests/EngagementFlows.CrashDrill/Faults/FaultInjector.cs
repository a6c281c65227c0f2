using System.Collections.Concurrent;
using EngagementFlows.CrashDrill.Children;
using EngagementFlows.CrashDrill.Sink;

namespace EngagementFlows.CrashDrill.Faults;

/// <summary>Does to the processes what the plan says, one fault at a time, and puts everything right again.</summary>
internal sealed class FaultInjector(FaultPlan plan, DrillPostgres postgres, IReadOnlyList<FlowsServer> servers, SinkProcess sink, Action<string> say)
{
    private readonly ConcurrentDictionary<FaultKind, int> _done = new();

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
            foreach (FlowsServer server in servers)
                server.EnsureStarted();
            if (fault.LetsRecover)
                await Task.WhenAll(servers.Select(server => server.ReadyAsync(CancellationToken.None)));
        }
    }

    private Task DoAsync(Fault fault) => fault.Kind switch
    {
        FaultKind.KillServer => KillAsync([servers[fault.Server]], fault.Lasts),
        FaultKind.KillBothServers => KillAsync(servers, fault.Lasts),
        FaultKind.PauseServer or FaultKind.PausePastLeases => PauseAsync(servers[fault.Server].Pause, servers[fault.Server].Resume, fault.Lasts),
        FaultKind.KillPostgres => KillPostgresAsync(fault.Lasts),
        FaultKind.RestartPostgres => postgres.RestartAsync(),
        FaultKind.TerminateConnections => postgres.TerminateConnectionsAsync(),
        FaultKind.KillSink => KillSinkAsync(fault.Lasts),
        FaultKind.PauseSink => PauseAsync(sink.Pause, sink.Resume, fault.Lasts),
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

    private static async Task PauseAsync(Action pause, Action resume, TimeSpan lasts)
    {
        pause();
        await Task.Delay(lasts, CancellationToken.None);
        resume();
    }

    private async Task KillPostgresAsync(TimeSpan down)
    {
        postgres.Kill();
        await Task.Delay(down, CancellationToken.None);
        await postgres.StartAgainAsync();
    }

    private async Task KillSinkAsync(TimeSpan down)
    {
        await sink.KillAsync();
        await Task.Delay(down, CancellationToken.None);
        await sink.StartAsync();
    }

    private async Task ChangeSinkAsync(SinkMode mode, Fault fault)
    {
        await sink.SetAsync(mode, fault.Percent);
        await Task.Delay(fault.Lasts, CancellationToken.None);
        await sink.SetAsync(SinkMode.Honest, 0);
    }
}
