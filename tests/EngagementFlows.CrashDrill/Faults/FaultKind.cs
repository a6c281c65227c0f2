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

    /// <summary>Both servers are frozen and go on at the same instant: what fell due meanwhile is taken by both at once.</summary>
    PauseBothServers,

    /// <summary>Both servers are killed and stay away for longer than every lease and every timer of the flow.</summary>
    LongDowntime,

    /// <summary>A new version of the flow is rolled out: each server ends in order and starts with it, one after the other.</summary>
    RollOut,

    /// <summary>A backup is made beside the servers; at the round's end it is restored beside and proved.</summary>
    BackUp,

    /// <summary>PostgreSQL's postmaster is killed with -9; recovery follows.</summary>
    KillPostgres,

    /// <summary>PostgreSQL is stopped in order and started again.</summary>
    RestartPostgres,

    /// <summary>Every connection of the product is ended by <c>pg_terminate_backend</c>.</summary>
    TerminateConnections,

    /// <summary>A part of the writes to a table fails, as on a full disk, a deadlock, a time-out.</summary>
    StatementsFail,

    /// <summary>A part of the transactions that write to a table fails at its commit.</summary>
    CommitsFail,

    /// <summary>Whatever the product runs is cancelled, again and again.</summary>
    CancelStatements,

    /// <summary>A table is locked; the pools of the servers run empty.</summary>
    LockTable,

    /// <summary>Nothing passes between a server and PostgreSQL, either way.</summary>
    CutNetwork,

    /// <summary>A server's questions reach PostgreSQL; no answer comes back: whether a commit happened is not known.</summary>
    CutAnswers,

    /// <summary>A server's questions do not reach PostgreSQL.</summary>
    CutQuestions,

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
/// <param name="Percent">How many messages a mode of the sink, or how many writes a failure of the database, meets.</param>
/// <param name="Pick">Which table and which error; whether a cut connection comes back (even) or is lost.</param>
/// <param name="LetsRecover">Whether a server that was killed is up again before the next fault; otherwise that one may meet it in the middle of its start.</param>
internal sealed record Fault(FaultKind Kind, int Server, TimeSpan Rest, TimeSpan Lasts, int Percent, int Pick, bool LetsRecover)
{
    /// <summary>Gets whether connections that were cut are lost in the end.</summary>
    public bool LosesConnections => Pick % 2 != 0;

    public override string ToString() => Kind switch
    {
        FaultKind.KillServer or FaultKind.PauseServer or FaultKind.PausePastLeases => $"{Kind} {(Server == 0 ? 'A' : 'B')} for {Lasts.TotalSeconds:0.0} s",
        FaultKind.TerminateConnections or FaultKind.RestartPostgres or FaultKind.RollOut or FaultKind.BackUp => $"{Kind}",
        FaultKind.StatementsFail or FaultKind.CommitsFail => $"{Kind}: {DatabaseFaults.Describe(Kind, Pick)} ({Percent} %) for {Lasts.TotalSeconds:0.0} s",
        FaultKind.LockTable => $"{Kind} {DatabaseFaults.Describe(Kind, Pick)} for {Lasts.TotalSeconds:0.0} s",
        FaultKind.CutNetwork or FaultKind.CutAnswers or FaultKind.CutQuestions =>
            $"{Kind} of {(Server == 0 ? 'A' : 'B')} for {Lasts.TotalSeconds:0.0} s, then {(LosesConnections ? "lost" : "healed")}",
        >= FaultKind.SinkDropsAfterRecord => $"{Kind} ({Percent} %) for {Lasts.TotalSeconds:0.0} s",
        _ => $"{Kind} for {Lasts.TotalSeconds:0.0} s",
    };
}
