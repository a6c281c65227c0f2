namespace EngagementFlows.CrashDrill.Faults;

/// <summary>The faults of a round, one after another, as its seed wants them.</summary>
/// <remarks>A plan begins with each fault that its round must see, in an order of chance; then it goes on for as long as it is asked.</remarks>
internal sealed class FaultPlan
{
    private static readonly (FaultKind Kind, int Weight)[] OfServers =
    [
        (FaultKind.KillServer, 5), (FaultKind.KillBothServers, 1), (FaultKind.PauseServer, 2), (FaultKind.PausePastLeases, 1), (FaultKind.PauseBothServers, 2), (FaultKind.LongDowntime, 1),
        (FaultKind.RollOut, 1), (FaultKind.BackUp, 1),
    ];

    private static readonly (FaultKind Kind, int Weight)[] OfPostgres =
    [
        (FaultKind.KillPostgres, 2), (FaultKind.RestartPostgres, 1), (FaultKind.TerminateConnections, 2), (FaultKind.StatementsFail, 2), (FaultKind.CommitsFail, 2),
        (FaultKind.CancelStatements, 1), (FaultKind.LockTable, 1),
    ];

    private static readonly (FaultKind Kind, int Weight)[] OfNetwork = [(FaultKind.CutNetwork, 2), (FaultKind.CutAnswers, 3), (FaultKind.CutQuestions, 1)];

    private static readonly (FaultKind Kind, int Weight)[] OfSink =
    [
        (FaultKind.KillSink, 2), (FaultKind.PauseSink, 1), (FaultKind.SinkDropsAfterRecord, 2), (FaultKind.SinkDropsBeforeRecord, 1), (FaultKind.SinkIsSlow, 1),
        (FaultKind.SinkRefusesForNow, 1), (FaultKind.SinkRefusesForGood, 1), (FaultKind.SinkAnswersTwice, 1),
    ];

    private readonly Chance _chance;
    private readonly (FaultKind Kind, int Weight)[] _kinds;
    private readonly Queue<Fault> _first;

    /// <param name="seed">The round's seed.</param>
    /// <param name="leases">The longest lease: a pause past the leases is longer.</param>
    public FaultPlan(int seed, TimeSpan leases)
    {
        _chance = new Chance((ulong)seed);
        Seed = seed;
        Leases = leases;
        int profile = seed % 4;
        HasPostgres = profile is 1 or 3;
        HasSink = profile is 2 or 3;
        HasNetwork = profile is 0 or 3;
        _kinds = [.. OfServers, .. HasPostgres ? OfPostgres : [], .. HasNetwork ? OfNetwork : [], .. HasSink ? OfSink : []];
        List<Fault> first = [Of(FaultKind.KillServer, 0), Of(FaultKind.KillServer, 1)];
        if (HasPostgres)
            first.AddRange([Of(FaultKind.KillPostgres, 0), Of(FaultKind.CommitsFail, 0)]);
        if (HasNetwork)
            first.Add(Of(FaultKind.CutAnswers, _chance.Next(0, 2)));
        if (HasSink)
            first.Add(Of(FaultKind.KillSink, 0));
        if (HasLongDowntime)
            first.Add(Of(FaultKind.LongDowntime, 0));
        _chance.Shuffle(first);
        _first = new(first);
    }

    /// <summary>Gets the round's seed.</summary>
    public int Seed { get; }

    /// <summary>Gets the longest lease.</summary>
    public TimeSpan Leases { get; }

    /// <summary>Gets whether PostgreSQL is attacked in this round.</summary>
    public bool HasPostgres { get; }

    /// <summary>Gets whether the network between servers and PostgreSQL is attacked in this round.</summary>
    public bool HasNetwork { get; }

    /// <summary>Gets whether the sink is attacked in this round.</summary>
    public bool HasSink { get; }

    /// <summary>Gets whether another system is told by a webhook what happens in this round.</summary>
    public bool HasWebhook => Seed % 3 == 0;

    /// <summary>Gets whether schedules start flows in this round.</summary>
    public bool HasSchedules => Seed % 4 == 1;

    /// <summary>Gets whether both servers are surely away for long in this round; in others only chance brings it, and a short round is over before.</summary>
    public bool HasLongDowntime => Seed % 5 == 2;

    /// <summary>Gets whether every fault that the round must see was taken.</summary>
    public bool HasShownAll => _first.Count == 0;

    /// <summary>Returns the next fault.</summary>
    public Fault Next()
    {
        if (_first.TryDequeue(out Fault? first))
            return first;
        int drawn = _chance.Next(0, _kinds.Sum(kind => kind.Weight));
        foreach ((FaultKind kind, int weight) in _kinds)
        {
            drawn -= weight;
            if (drawn < 0)
                return Of(kind, _chance.Next(0, 2));
        }

        throw new InvalidOperationException("The weights of the faults do not add up.");
    }

    public override string ToString() =>
        $"attacked: servers{(HasPostgres ? ", PostgreSQL" : "")}{(HasNetwork ? ", network" : "")}{(HasSink ? ", sink" : "")}{(HasWebhook ? "; with a webhook" : "")}{(HasSchedules ? "; with schedules" : "")}";

    private Fault Of(FaultKind kind, int server) => new(kind, server, _chance.Between(500, 3000), Length(kind), _chance.Next(20, 90), _chance.Next(0, 1_000_000), _chance.Percent(75));

    private TimeSpan Length(FaultKind kind) => kind switch
    {
        FaultKind.PausePastLeases => Leases + _chance.Between(500, 4000),
        FaultKind.LongDowntime => Leases + _chance.Between(3000, 6000),
        FaultKind.CutNetwork or FaultKind.CutAnswers or FaultKind.CutQuestions => _chance.Between(300, 6000),
        FaultKind.StatementsFail or FaultKind.CommitsFail or FaultKind.CancelStatements or FaultKind.LockTable => _chance.Between(500, 3000),
        FaultKind.PauseServer or FaultKind.PauseBothServers or FaultKind.PauseSink => _chance.Between(300, 2500),
        FaultKind.SinkRefusesForGood => _chance.Between(200, 600),
        >= FaultKind.SinkDropsAfterRecord => _chance.Between(500, 2500),
        _ => _chance.Between(0, 2000),
    };
}
