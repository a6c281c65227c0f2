using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Tests.Definitions;
using EngagementFlows.Scripts;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Engine.Tests.Instances;

/// <summary>What holds for flows of any shape, whatever they do.</summary>
public sealed class RandomFlowTests
{
    private const int MaxResumptions = 60;
    private static readonly Guid Id = new("0198c0de-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Config Several = Config.QuickThrowOnFailure.WithMaxTest(150);

    [Fact]
    public void Run_AnyFlow_RestsWithAReason() => Check(withWaits: true, (flow, play) =>
        play.Instance.Status != InstanceStatus.Suspended
        || play.Open.Count > 0
        || play.Instance.OpenIncidents > 0
        || (play.Instance.IsStalled && MayStall(flow)));

    [Fact]
    public void Run_AnyFlow_IsTheSameEveryTime() => Check(withWaits: true, (flow, play) =>
    {
        Play again = Play.Of(flow);
        return again.Journal.SequenceEqual(play.Journal) && again.Instance.State.Span.SequenceEqual(play.Instance.State.Span);
    });

    [Fact]
    public void Run_AnyFlow_IgnoresEveryRepetition() => Check(withWaits: true, (_, play) => play.RepetitionsIgnored);

    [Fact]
    public void State_OfAnyFlow_ReadAndWrittenAgain_IsTheSame() => Check(withWaits: true, (_, play) => play.StatesSurvive);

    [Fact]
    public void Run_AnyFlowWithoutWaits_LeavesNothingWaiting() => Check(withWaits: false, (_, play) => play.Open.Count == 0 && play.Resumptions == 0);

    private static void Check(bool withWaits, Func<RandomFlows.RandomFlow, Play, bool> holds) =>
        Prop.ForAll(RandomFlows.Flows(withWaits).ToArbitrary(), flow => holds(flow, Play.Of(flow))).Check(Several);

    /// <summary>Only joins that want every connection can wait for something that never comes.</summary>
    private static bool MayStall(RandomFlows.RandomFlow flow) =>
        flow.ToDefinitions().Any(definition => definition.Json.Contains("\"WaitAll\"", StringComparison.Ordinal)
            || definition.Json.Contains("\"Merge\"", StringComparison.Ordinal)
            || definition.Json.Contains("\"Converge\"", StringComparison.Ordinal));

    /// <summary>One instance, played through its stored states; the waits end in an order that the flow's numbers give.</summary>
    private sealed class Play
    {
        private readonly InstanceRunner _runner;
        private readonly DefinitionCatalogue _catalogue;
        private readonly EngineSettings _settings;

        private Play(RandomFlows.RandomFlow flow)
        {
            _settings = EngineSettings.Default with { CounterMode = flow.CounterMode, FaultOnIncident = flow.FaultOnIncident, MaxActivitiesPerBurst = 300 };
            _runner = new InstanceRunner(_settings);
            _catalogue = Flows.Catalogue([.. flow.ToDefinitions()]);
        }

        public WorkflowInstance Instance { get; private set; } = null!;

        public List<Bookmark> Open { get; } = [];

        public List<string> Journal { get; } = [];

        public int Resumptions { get; private set; }

        public bool RepetitionsIgnored { get; private set; } = true;

        public bool StatesSurvive { get; private set; } = true;

        public static Play Of(RandomFlows.RandomFlow flow)
        {
            Play play = new(flow);
            play.Give([], new StartRequested(Id, "flow"));
            for (; play.Open.Count > 0 && play.Resumptions < MaxResumptions; play.Resumptions++)
            {
                Bookmark bookmark = play.Open[flow.Numbers[play.Resumptions % flow.Numbers.Length] % play.Open.Count];
                play.Give([play.Instance], new BookmarkResumed(Id, bookmark.Id, new PlainObject()));
            }

            return play;
        }

        private void Give(IReadOnlyList<WorkflowInstance> stored, Stimulus stimulus)
        {
            InstanceChange change = _runner.Run(_catalogue, stored, stimulus, Now).Changes.Should().ContainSingle().Subject;
            Instance = change.Instance;
            Open.RemoveAll(bookmark => change.BookmarksBurned.Contains(bookmark.Id));
            Open.AddRange(change.BookmarksMade);
            Journal.AddRange(change.Journal.Select(entry => $"{entry.ActivityId} {entry.Event}"));
            RepetitionsIgnored &= _runner.Run(_catalogue, [Instance], stimulus, Now) is { Kind: TransitionKind.Ignored, Changes.Count: 0 };
            InstanceRun run = InstanceRun.ForStored(new Burst(_catalogue, _settings, Now), _catalogue.Version(Instance.DefinitionVersionId)!, Instance);
            StatesSurvive &= Instance.State.Span.SequenceEqual(StateWriter.Write(run));
        }
    }
}
