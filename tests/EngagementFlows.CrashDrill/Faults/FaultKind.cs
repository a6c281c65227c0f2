namespace EngagementFlows.CrashDrill.Faults;

/// <summary>What is done to a running system.</summary>
internal enum FaultKind
{
    /// <summary>Server A or B is killed with -9 and started again after a while.</summary>
    KillServer,

    /// <summary>Both servers are killed with -9.</summary>
    KillBothServers,

    /// <summary>A server is frozen for less than its leases.</summary>
    PauseServer,

    /// <summary>A server is frozen for longer than its leases: when it goes on, others have taken over what it held.</summary>
    PausePastLeases,

    /// <summary>PostgreSQL's postmaster is killed with -9; recovery follows.</summary>
    KillPostgres,

    /// <summary>PostgreSQL is stopped in order and started again.</summary>
    RestartPostgres,

    /// <summary>Every connection of the product is ended by <c>pg_terminate_backend</c>.</summary>
    TerminateConnections,

    /// <summary>The sink is killed with -9.</summary>
    KillSink,

    /// <summary>The sink is frozen.</summary>
    PauseSink,

    /// <summary>The sink takes messages and hangs up before its 250.</summary>
    SinkDropsAfterRecord,

    /// <summary>The sink hangs up at the end of messages without having taken them.</summary>
    SinkDropsBeforeRecord,

    /// <summary>The sink answers late.</summary>
    SinkIsSlow,

    /// <summary>The sink refuses for now.</summary>
    SinkRefusesForNow,

    /// <summary>The sink refuses for good.</summary>
    SinkRefusesForGood,

    /// <summary>The sink answers twice.</summary>
    SinkAnswersTwice,
}

/// <summary>One fault of a plan.</summary>
/// <param name="Kind">What.</param>
/// <param name="Server">Which server, 0 or 1, where one is meant.</param>
/// <param name="Rest">How long all is well before it.</param>
/// <param name="Lasts">How long it lasts: until the restart, or the end of the mode.</param>
/// <param name="Percent">How many messages a mode of the sink meets.</param>
/// <param name="LetsRecover">Whether a server that was killed is up again before the next fault; otherwise that one may meet it in the middle of its start.</param>
internal sealed record Fault(FaultKind Kind, int Server, TimeSpan Rest, TimeSpan Lasts, int Percent, bool LetsRecover)
{
    public override string ToString() => Kind switch
    {
        FaultKind.KillServer or FaultKind.PauseServer or FaultKind.PausePastLeases => $"{Kind} {(Server == 0 ? 'A' : 'B')} for {Lasts.TotalSeconds:0.0} s",
        FaultKind.TerminateConnections or FaultKind.RestartPostgres => $"{Kind}",
        >= FaultKind.SinkDropsAfterRecord => $"{Kind} ({Percent} %) for {Lasts.TotalSeconds:0.0} s",
        _ => $"{Kind} for {Lasts.TotalSeconds:0.0} s",
    };
}
