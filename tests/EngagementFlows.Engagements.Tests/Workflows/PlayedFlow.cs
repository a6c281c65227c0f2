using EngagementFlows.Engagements.Rehearsal;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Workflows;

/// <summary>One instance, played in memory with a clock of its own; keeps every effect.</summary>
internal sealed class PlayedFlow
{
    private readonly InstanceRunner _runner = new(EngineSettings.Default);
    private readonly RehearsedHouse _house = new();
    private readonly DefinitionCatalogue _catalogue;
    private readonly List<Bookmark> _waits = [];

    public PlayedFlow(string process)
    {
        WorkflowDefinition definition = ProcessFolder.Of(process).Definition();
        _catalogue = DefinitionCatalogue.Create(ProcessFolder.Activities, [definition]);
        Run(new StartRequested(new Guid("0197a000-0000-7000-8000-000000000001"), definition.DefinitionId) { CorrelationId = FakeContext.Engagement.ToString("D") });
    }

    public WorkflowInstance Instance { get; private set; } = null!;

    public DateTimeOffset Now { get; private set; } = FakeContext.Start;

    public List<Effect> Effects { get; } = [];

    /// <summary>Gets the activity that waits for a person.</summary>
    public string WaitsAt => _waits.Single(wait => wait.DueAt is null).ActivityId;

    public IEnumerable<T> Of<T>() => Effects.OfType<T>();

    public void Answer(string outcome, PlainObject? answers = null) =>
        Resume(_waits.Single(wait => wait.Name == WaitNames.Link), new() { ["Outcome"] = outcome, ["Answers"] = answers, ["AnsweredBy"] = "Wang Fang" });

    public void Complete(string outcome, string? comment = null, string by = "mia@firm.example") => Resume(
        _waits.Single(wait => wait.Name == WaitNames.Task),
        new() { ["Outcome"] = outcome, ["Comment"] = comment, ["CompletedBy"] = by, ["CompletedByName"] = by });

    public void Cancel() => Run(new CancelRequested(Instance.Id, "the client called", "mia@firm.example"));

    /// <summary>Lets time pass: every wait that becomes due is served at its instant, in order.</summary>
    public void Pass(TimeSpan span)
    {
        DateTimeOffset until = Now + span;
        while (_waits.Where(wait => wait.DueAt <= until).MinBy(wait => wait.DueAt) is { } due)
        {
            Now = due.DueAt!.Value;
            Resume(due, new());
        }

        Now = until;
    }

    private void Resume(Bookmark wait, PlainObject input) => Run(new BookmarkResumed(wait.InstanceId, wait.Id, input));

    private void Run(Stimulus stimulus)
    {
        WorkflowInstance[] stored = Instance is null ? [] : [Instance];
        Dictionary<Question, object?> answers = [];
        Transition transition = _runner.Run(_catalogue, stored, stimulus, Now);
        while (transition.Asked is { } question)
        {
            answers.Add(question, question.TryAnswer(Effects, out object? known) ? known : _house.Answer(question));
            transition = _runner.Run(_catalogue, stored, stimulus, Now, new Hindsight { Answers = answers });
        }

        transition.Kind.Should().Be(TransitionKind.Applied, transition.Message);
        InstanceChange change = transition.Changes.Should().ContainSingle().Subject;
        change.IncidentsOpened.Should().BeEmpty();
        Instance = change.Instance;
        _waits.RemoveAll(wait => change.BookmarksBurned.Contains(wait.Id));
        _waits.AddRange(change.BookmarksMade);
        Effects.AddRange(change.Effects);
        _waits.Should().OnlyHaveUniqueItems(wait => wait.Id);
    }
}
