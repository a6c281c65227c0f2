using System.Globalization;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Rehearsal;

/// <summary>Plays cases.</summary>
public sealed class CasePlayer
{
    private readonly ActivityCatalog _activities;
    private readonly TimeZoneInfo _zone;

    /// <summary>Creates a player.</summary>
    /// <param name="activities">The activity types.</param>
    /// <param name="zone">The zone of cron expressions and of local dates in scripts.</param>
    public CasePlayer(ActivityCatalog activities, TimeZoneInfo zone)
    {
        _activities = activities;
        _zone = zone;
    }

    /// <summary>Plays a case and returns what came of it, in the shape of its <c>expected</c>.</summary>
    /// <exception cref="RehearsalException">A stimulus is not known or lacks a field.</exception>
    public PlainObject Play(RehearsalCase played)
    {
        EngineSettings settings = EngineSettings.Default with
        {
            CounterMode = played.CounterMode,
            FaultOnIncident = played.FaultOnIncident,
            StrictConversion = played.Strict,
            Zone = _zone,
        };
        RehearsalHost host = new(_activities, settings, played.Now) { House = new RehearsedHouse(played.House) };
        WorkflowDefinition? main = null;
        foreach (string json in (IEnumerable<string>)[.. played.Also, played.Definition])
        {
            if (Import(host, json, out main) is { } refusal)
                return new PlainObject { ["rejected"] = true, ["error"] = refusal };
        }

        CaseRecorder recorder = new(host);
        if (!played.NoStart)
            Start(host, played, main!);
        recorder.Note();
        foreach (object? one in played.Stimuli)
        {
            PlainObject stimulus = one as PlainObject ?? throw new RehearsalException($"A stimulus of the case '{played.Name}' is not an object.");
            recorder.Begin();
            string? problem = Give(host, stimulus, played.Name);
            recorder.Note();
            recorder.End(problem);
        }

        return recorder.Result(played.Stimuli.Count > 0);
    }

    private static string? Import(RehearsalHost host, string json, out WorkflowDefinition? definition)
    {
        DefinitionReading reading = DefinitionReader.Read(json, host.Catalogue.Activities);
        definition = reading.Definition;
        if (definition is null)
            return reading.Refusals[0].Message;
        foreach (DefinitionFault fault in DefinitionValidator.PublicationRefusals(definition, host.Catalogue))
            return fault.Message;
        host.Publish(definition);
        return null;
    }

    private static void Start(RehearsalHost host, RehearsalCase played, WorkflowDefinition definition)
    {
        Transition transition = host.Start(new StartRequested(host.NewId(), definition.DefinitionId)
        {
            DefinitionVersionId = definition.Id,
            Input = played.Input,
            CorrelationId = played.CorrelationId,
            TriggerActivityId = played.Trigger,
        });
        if (transition.Kind != TransitionKind.Applied)
            throw new RehearsalException($"The case '{played.Name}' could not start: {transition.Message}");
    }

    private static string? Give(RehearsalHost host, PlainObject stimulus, string caseName)
    {
        string kind = Required(stimulus, "type", caseName);
        RehearsedInstance? main = host.Instances.Count > 0 ? host.Instances[0] : null;
        switch (kind)
        {
            case "event":
                host.PublishEvent(Required(stimulus, "name", caseName), stimulus["correlationId"] as string, stimulus["payload"]);
                return null;
            case "timer":
                if (Wait(main, stimulus, caseName, due: true) is not { } timer)
                    return NoWait(stimulus);
                host.FireTimer(timer);
                return null;
            case "bookmark":
                if (Wait(main, stimulus, caseName, due: false) is not { } bookmark)
                    return NoWait(stimulus);
                Transition resumed = host.Submit(new BookmarkResumed(bookmark.InstanceId, bookmark.Id, stimulus["input"] as PlainObject ?? new()));
                return resumed.Message;
            case "cancel":
                return main is null ? "There is no instance to cancel." : host.Submit(new CancelRequested(main.Current.Id, null, null)).Message;
            case "wait":
                return null;
            case "advance":
                host.Advance(Span(Required(stimulus, "by", caseName), caseName));
                return null;
            default:
                throw new RehearsalException($"The stimulus '{kind}' of the case '{caseName}' is not known. Use event, timer, bookmark, cancel, wait or advance.");
        }
    }

    private static Bookmark? Wait(RehearsedInstance? main, PlainObject stimulus, string caseName, bool due)
    {
        string activityId = Required(stimulus, "activityId", caseName);
        string? name = stimulus["name"] as string;
        return main?.Bookmarks.Find(bookmark =>
            bookmark.ActivityId == activityId && (!due || bookmark.DueAt is not null) && (name is null || bookmark.Name == name));
    }

    private static string NoWait(PlainObject stimulus) => $"The activity '{stimulus["activityId"]}' of the first instance does not wait.";

    private static string Required(PlainObject stimulus, string field, string caseName) => stimulus[field] as string
        ?? throw new RehearsalException($"A stimulus of the case '{caseName}' has no '{field}'.");

    private static TimeSpan Span(string text, string caseName) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) && span >= TimeSpan.Zero
        ? span
        : throw new RehearsalException($"The case '{caseName}' advances by '{text}', which is no span of time. Write it as days.hours:minutes:seconds.");
}
