using System.Globalization;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Rehearsal;

/// <summary>Plays cases.</summary>
public sealed class CasePlayer
{
    private static readonly TimeSpan LongestAdvance = TimeSpan.FromDays(3_660);

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
        RehearsalHost host = HostOf(played);
        if (Import(host, played, out WorkflowDefinition? main) is { } refusal)
            return new PlainObject { ["rejected"] = true, ["error"] = refusal };
        CaseRecorder recorder = new(host);
        if (!played.NoStart)
            Start(host, played, main!);
        recorder.Note();
        foreach (PlainObject stimulus in StimuliOf(played))
        {
            recorder.Begin();
            string? problem = Give(host, stimulus, played.Name);
            recorder.Note();
            recorder.End(problem);
        }

        return recorder.Result(played.Stimuli.Count > 0);
    }

    /// <summary>Plays a case and returns the host as it stands then, for a person who goes on from there.</summary>
    /// <exception cref="RehearsalException">The definition is refused, cannot be started, or a stimulus is not known or lacks a field.</exception>
    public PlayedCase Rehearse(RehearsalCase played)
    {
        RehearsalHost host = HostOf(played);
        if (Import(host, played, out WorkflowDefinition? main) is { } refusal)
            throw new RehearsalException(refusal);
        if (!played.NoStart)
            Start(host, played, main!);
        string? problem = null;
        foreach (PlainObject stimulus in StimuliOf(played))
            problem = Give(host, stimulus, played.Name);
        return new(host, main!, problem);
    }

    private RehearsalHost HostOf(RehearsalCase played)
    {
        EngineSettings settings = EngineSettings.Default with
        {
            CounterMode = played.CounterMode,
            FaultOnIncident = played.FaultOnIncident,
            StrictConversion = played.Strict,
            Zone = _zone,
        };
        return new(_activities, settings, played.Now) { House = new RehearsedHouse(played.House) };
    }

    private static IEnumerable<PlainObject> StimuliOf(RehearsalCase played) =>
        played.Stimuli.Select(one => one as PlainObject ?? throw new RehearsalException($"A stimulus of the case '{played.Name}' is not an object."));

    private static string? Import(RehearsalHost host, RehearsalCase played, out WorkflowDefinition? main)
    {
        main = null;
        foreach (string json in (IEnumerable<string>)[.. played.Also, played.Definition])
        {
            if (Import(host, json, out main) is { } refusal)
                return refusal;
        }

        return null;
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
            case "task":
                return CompleteTask(host, stimulus, caseName);
            case "answer":
                return AnswerLink(host, main, stimulus, caseName);
            case "milestone":
                return Reach(host, stimulus, caseName);
            case "cancel":
                return main is null ? "There is no instance to cancel." : host.Submit(new CancelRequested(main.Current.Id, null, null)).Message;
            case "wait":
                return null;
            case "advance":
                host.Advance(Span(host, stimulus, caseName));
                return null;
            default:
                throw new RehearsalException($"The stimulus '{kind}' of the case '{caseName}' is not known. Use task, answer, milestone, advance, event, cancel, timer, bookmark or wait.");
        }
    }

    /// <summary>Completes the open task of an activity as a person does in the inbox; where several are asked, <c>assignee</c> says whose it is.</summary>
    private static string? CompleteTask(RehearsalHost host, PlainObject stimulus, string caseName)
    {
        string activityId = Required(stimulus, "activityId", caseName);
        string outcome = Required(stimulus, "outcome", caseName);
        string? assignee = stimulus["assignee"] as string;
        foreach (RecordedEffect recorded in host.Recorded.ToArray())
        {
            if (recorded.Effect is not TaskOpened task || (assignee is not null && task.Assignee.ToString() != assignee))
                continue;
            Bookmark? wait = host.Instances.SelectMany(instance => instance.Bookmarks).FirstOrDefault(bookmark => bookmark.Id == task.BookmarkId && bookmark.ActivityId == activityId);
            if (wait is null)
                continue;
            if (!task.Outcomes.Contains(outcome, StringComparer.Ordinal))
                return $"The task of '{activityId}' has no outcome '{outcome}'. It has {string.Join(", ", task.Outcomes)}.";
            if (TaskDecision.NeedsComment(outcome) && string.IsNullOrWhiteSpace(stimulus["comment"] as string))
                return $"The outcome '{outcome}' of '{activityId}' needs a comment.";
            string by = stimulus["by"] as string ?? "somebody@rehearsal.example";
            return host.Submit(new BookmarkResumed(wait.InstanceId, wait.Id, new PlainObject
            {
                ["Outcome"] = outcome,
                ["Comment"] = stimulus["comment"],
                ["CompletedBy"] = by,
                ["CompletedByName"] = by,
                ["Answers"] = stimulus["answers"],
            })).Message;
        }

        return $"The activity '{activityId}' waits for no task{(assignee is null ? "" : $" of {assignee}")}.";
    }

    /// <summary>Answers or declines through the link of an activity as the contact does.</summary>
    private static string? AnswerLink(RehearsalHost host, RehearsedInstance? main, PlainObject stimulus, string caseName)
    {
        string activityId = Required(stimulus, "activityId", caseName);
        if (main?.Bookmarks.Find(bookmark => bookmark.ActivityId == activityId && bookmark.Name == WaitNames.Link) is not { } wait)
            return $"The activity '{activityId}' of the first instance waits for no answer.";
        bool isDeclined = stimulus.ContainsKey("declined");
        return host.Submit(new BookmarkResumed(wait.InstanceId, wait.Id, new PlainObject
        {
            ["Outcome"] = isDeclined ? LinkDecision.Declined : LinkDecision.Answered,
            ["Answers"] = stimulus["answers"],
            ["Comment"] = stimulus["declined"],
            ["AnsweredBy"] = stimulus["by"] as string ?? "The contact",
        })).Message;
    }

    /// <summary>Marks a milestone as reached on a date, as staff do on the client's page; without a date on this day.</summary>
    private static string? Reach(RehearsalHost host, PlainObject stimulus, string caseName)
    {
        string name = Required(stimulus, "name", caseName);
        if (host.House.Milestones.FirstOrDefault(one => one.Name == name) is not { } milestone)
            return $"There is no milestone '{name}'.";
        DateOnly today = DateOnly.FromDateTime(host.Now.UtcDateTime);
        DateOnly on = stimulus["on"] is not string text ? today : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? date
            : throw new RehearsalException($"A milestone of the case '{caseName}' is reached on '{text}', which is no date like 2026-05-04.");
        if (milestone.WithdrawnAt is not null || on > today)
            return milestone.WithdrawnAt is not null ? $"The milestone '{name}' is withdrawn." : string.Create(CultureInfo.InvariantCulture, $"The milestone '{name}' cannot be reached on {on:yyyy-MM-dd}, which lies ahead.");
        host.Reach(new(milestone.Id, milestone.EngagementId, on));
        return null;
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

    /// <summary>Returns how far the clock moves: days.hours:minutes:seconds, or working time by the calendar of the client or of the firm.</summary>
    private static TimeSpan Span(RehearsalHost host, PlainObject stimulus, string caseName)
    {
        string text = Required(stimulus, "by", caseName);
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) && span >= TimeSpan.Zero)
            return span <= LongestAdvance ? span : throw new RehearsalException($"The case '{caseName}' advances by '{text}'. One step goes at most {LongestAdvance.Days} days.");
        if (!WorkingTime.TryParse(text, out WorkingTime? working))
            throw new RehearsalException($"The case '{caseName}' advances by '{text}', which is no span of time. Write it as days.hours:minutes:seconds, or like '3 working days'.");
        string calendar = stimulus["calendar"] as string ?? CalendarAsked.OfClient;
        return host.House.Answer(new CalendarAsked(Guid.Empty, calendar)) is WorkCalendar known
            ? known.Add(host.Now, working!).At - host.Now
            : throw new RehearsalException($"The case '{caseName}' advances by the calendar '{calendar}', which the rehearsal does not have. Use client, firm, or the code of a country.");
    }
}
