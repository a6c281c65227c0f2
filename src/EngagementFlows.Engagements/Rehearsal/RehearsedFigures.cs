using EngagementFlows.Engagements.Cases;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Documents;
using EngagementFlows.Engagements.Figures;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engagements.Milestones;
using EngagementFlows.Engagements.Promises;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Rehearsal;

/// <summary>Counts what a rehearsal did, by the rules of the real statements. A case may begin with figures of before: <c>"house": {"figures": {"since": "2026-01-01", "stage": "delivery", "promises": {"kept": 3}, "satisfaction": {"mean": 4.5, "answers": 2}}}</c>; they are added to.</summary>
/// <param name="given">The case's figures, or <see langword="null"/>.</param>
/// <param name="hadPlan">Whether a plan was signed off before the rehearsal, so that the next one is a change.</param>
internal sealed class RehearsedFigures(PlainObject? given, bool hadPlan)
{
    private readonly Dictionary<Guid, Clock> _clocks = [];
    private readonly Dictionary<Guid, (TaskOpened Task, DateTimeOffset? ClosedAt, bool IsExpired, bool IsWithdrawn)> _tasks = [];
    private readonly Dictionary<Guid, (LinkIssued Link, bool IsOver)> _links = [];
    private readonly Dictionary<Guid, (CaseOpened Case, DateTimeOffset At, DateTimeOffset? ClosedAt)> _cases = [];
    private readonly Dictionary<Guid, Meeting> _meetings = [];
    private readonly List<(VersionStanding Version, DateTimeOffset At)> _frozen = [];
    private readonly List<(decimal Rating, DateTimeOffset At)> _ratings = [];

    // Most flows that look at figures run while the work is being done.
    private string _stage = given?["stage"] as string ?? "delivery";

    /// <summary>Takes note of an effect.</summary>
    public void Take(Guid instanceId, Effect effect, DateTimeOffset now)
    {
        switch (effect)
        {
            case StageChanged changed: _stage = changed.Stage; break;
            case ClockStarted started: _clocks[started.Clock.Id] = started.Clock; break;
            case ClockStopped stopped when _clocks.TryGetValue(stopped.Clock.Id, out Clock? clock) && clock.State == ClockState.Running: _clocks[clock.Id] = stopped.Clock; break;
            case InstanceEnded:
                foreach (Clock running in _clocks.Values.Where(clock => clock.InstanceId == instanceId && clock.State == ClockState.Running).ToArray())
                    _clocks[running.Id] = running with { State = ClockState.Closed, StoppedAt = now };
                break;
            case TaskOpened task: _tasks[task.TaskId] = (task, null, false, false); break;
            case TaskClosed closed when _tasks.TryGetValue(closed.TaskId, out var task) && task.ClosedAt is null:
                _tasks[closed.TaskId] = (task.Task, now, closed.State == TaskState.Expired, closed.State == TaskState.Withdrawn);
                break;
            case LinkIssued link: _links[link.LinkId] = (link, false); break;
            case LinkEnded ended when _links.TryGetValue(ended.LinkId, out var link): _links[ended.LinkId] = (link.Link, true); break;
            case CaseOpened opened: _cases[opened.CaseId] = (opened, now, null); break;
            case CaseClosed closed when _cases.TryGetValue(closed.CaseId, out var known) && known.ClosedAt is null: _cases[closed.CaseId] = (known.Case, known.At, now); break;
            case MeetingPlanned planned: _meetings[planned.MeetingId] = planned.Meeting; break;
            case MeetingMoved moved when _meetings.TryGetValue(moved.MeetingId, out Meeting? meeting): _meetings[moved.MeetingId] = meeting with { StartsAt = moved.StartsAt, EndsAt = moved.EndsAt }; break;
            case MeetingCancelled cancelled: _meetings.Remove(cancelled.MeetingId); break;
            case MeetingEnded ended when _meetings.TryGetValue(ended.MeetingId, out Meeting? meeting): _meetings[ended.MeetingId] = meeting with { State = ended.IsHeld ? MeetingState.Held : MeetingState.Missed }; break;
            case VersionFrozen frozen when frozen.Version.Kind == "plan": _frozen.Add((frozen.Version, now)); break;
            default: break;
        }
    }

    /// <summary>Takes note that a person or the client resumed a wait: the task or link that belongs to it is over.</summary>
    public void Resumed(Guid bookmarkId, PlainObject input, DateTimeOffset now)
    {
        foreach ((Guid id, var task) in _tasks.Where(one => one.Value.Task.BookmarkId == bookmarkId && one.Value.ClosedAt is null).ToArray())
            _tasks[id] = (task.Task, now, false, false);
        foreach ((Guid id, var link) in _links.Where(one => one.Value.Link.BookmarkId == bookmarkId && !one.Value.IsOver).ToArray())
        {
            _links[id] = (link.Link, true);
            if ((input["Answers"] as PlainObject)?["satisfaction"] is { } rating && AsNumber(rating) is >= 1 and <= 5 and var number)
                _ratings.Add((number, now));
        }
    }

    /// <summary>Answers what figures there are.</summary>
    /// <param name="asked">The question.</param>
    /// <param name="milestones">The milestones.</param>
    /// <param name="address">Returns the address that an assignee means in this rehearsal.</param>
    public EngagementFigures Answer(FiguresAsked asked, IReadOnlyList<Milestone> milestones, Func<AssigneeExpression, string> address)
    {
        DateTimeOffset since = asked.Since ?? Beginning(asked);
        bool isPerson = asked.Person is not null;
        bool Within(DateTimeOffset? at) => at >= since && at <= asked.Until;
        var tasks = _tasks.Values.Where(one => !one.IsWithdrawn && (asked.Person is null || address(one.Task.Assignee) == address(asked.Person))).ToArray();
        var late = tasks.Count(one => Within(one.ClosedAt) && (one.IsExpired || one.ClosedAt > one.Task.DueAt));
        Clock[] running = [.. _clocks.Values.Where(clock => clock.State == ClockState.Running)];
        var complaints = _cases.Values.Where(one => one.Case.Kind == CaseKinds.Complaint).ToArray();
        decimal[] ratings = [.. _ratings.Where(one => Within(one.At)).Select(one => one.Rating)];
        return new()
        {
            Subject = given?["subject"] as string ?? (asked.Person is { } person ? address(person) : "Rehearsal"),
            Stage = isPerson ? null : _stage,
            Since = since,
            Promises = new(
                Given("promises", "kept") + _clocks.Values.Count(clock => clock.IsKept == true && Within(clock.StoppedAt)),
                Given("promises", "broken") + _clocks.Values.Count(clock => clock.IsKept == false && Within(clock.StoppedAt)),
                Given("promises", "running") + running.Length,
                Given("promises", "overdue") + running.Count(clock => clock.DueAt < asked.Until)),
            Questions = isPerson ? null : new(
                Given("questions", "toUs") + _cases.Values.Count(one => one.Case.Kind == CaseKinds.Question && one.ClosedAt is null),
                Given("questions", "toClient") + _links.Values.Count(one => !one.IsOver && one.Link.ExpiresAt > asked.Until && one.Link.FormPath != BuiltInForms.MeetingAnswer)),
            Tasks = new(
                Given("tasks", "inTime") + tasks.Count(one => Within(one.ClosedAt)) - late,
                Given("tasks", "late") + late,
                Given("tasks", "open") + tasks.Count(one => one.ClosedAt is null),
                Given("tasks", "overdue") + tasks.Count(one => one.ClosedAt is null && one.Task.DueAt < asked.Until)),
            Milestones = isPerson ? null : milestones,
            Complaints = new(
                Given("complaints", "opened") + complaints.Count(one => Within(one.At)),
                Given("complaints", "closed") + complaints.Count(one => Within(one.ClosedAt)),
                Given("complaints", "open") + complaints.Count(one => one.ClosedAt is null)),
            Changes = isPerson ? null : Given("changes", "decided") + _frozen.Skip(hadPlan ? 0 : 1).Count(one => Within(one.At)),
            Meetings = new(
                Given("meetings", "held") + _meetings.Values.Count(one => one.State == MeetingState.Held && Within(one.StartsAt)),
                Given("meetings", "missed") + _meetings.Values.Count(one => one.State == MeetingState.Missed && Within(one.StartsAt))),
            Satisfaction = Mean(ratings),
            Engagements = isPerson ? Math.Max(1, given?["engagements"] as long? ?? 1) : null,
        };
    }

    private DateTimeOffset Beginning(FiguresAsked asked) => given?["since"] is string text && FiguresPeriod.Read(text, TimeZoneInfo.Utc, asked.Until) is { } since
        ? since
        : asked.Person is null ? new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) : asked.Until.AddMonths(-12);

    private SatisfactionMean Mean(decimal[] ratings)
    {
        long before = Given("satisfaction", "answers");
        decimal sum = before * (AsNumber((given?["satisfaction"] as PlainObject)?["mean"]) ?? 0);
        long all = before + ratings.Length;
        return new(all == 0 ? null : (sum + ratings.Sum()) / all, all);
    }

    private long Given(string section, string figure) => (long)(AsNumber((given?[section] as PlainObject)?[figure]) ?? 0);

    private static decimal? AsNumber(object? value) => value switch { long whole => whole, double broken => (decimal)broken, decimal exact => exact, _ => null };
}
