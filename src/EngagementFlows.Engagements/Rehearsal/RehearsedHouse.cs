using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Cases;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Documents;
using EngagementFlows.Engagements.Figures;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engagements.Milestones;
using EngagementFlows.Engagements.Promises;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Rehearsal;

/// <summary>The firm and the client of a rehearsal, from the case's field <c>house</c>: <c>{"firm": {"zone", "country"}, "client": {"zone", "country"}, "promises": {"urgent": {"answer", "solution"}}, "documents": {"plan": {…}}, "milestones": […], "figures": {…}}</c>.</summary>
/// <param name="house">The field; <see langword="null"/> = UTC and no holidays for both, and the promises of a new installation.</param>
public sealed class RehearsedHouse(PlainObject? house = null)
{
    private readonly WorkCalendar _firm = Calendar(house, CalendarAsked.OfFirm);
    private readonly WorkCalendar _client = Calendar(house, CalendarAsked.OfClient);
    private readonly Dictionary<string, PromiseTimes> _promises = Promises(house);
    private readonly Dictionary<Guid, Meeting> _meetings = [];
    private readonly Dictionary<Guid, VersionStanding> _inForce = [];
    private readonly RehearsedMilestones _milestones = new(house?["milestones"] as PlainList);
    private readonly RehearsedFigures _figures = new(house?["figures"] as PlainObject, hadPlan: (house?["documents"] as PlainObject)?["plan"] is not null);

    /// <summary>Gets the milestones.</summary>
    public IReadOnlyList<Milestone> Milestones => _milestones.All;

    /// <summary>Takes note of what a flow did, so that later answers know of it.</summary>
    public void Note(Guid instanceId, Effect effect, DateTimeOffset now)
    {
        _milestones.Take(effect, now);
        _figures.Take(instanceId, effect, now);
        switch (effect)
        {
            case MeetingPlanned planned: _meetings[planned.MeetingId] = planned.Meeting; break;
            case MeetingMoved moved: Change(moved, meeting => meeting with { StartsAt = moved.StartsAt, EndsAt = moved.EndsAt, Place = moved.Place ?? meeting.Place, Sequence = meeting.Sequence + 1 }); break;
            case MeetingCancelled cancelled: Change(cancelled, meeting => meeting with { State = MeetingState.Cancelled, Sequence = meeting.Sequence + 1 }); break;
            case MeetingEnded ended: Change(ended, meeting => meeting with { State = ended.IsHeld ? MeetingState.Held : MeetingState.Missed }); break;
            default: break;
        }
    }

    /// <summary>Takes note of what a person or the client did.</summary>
    public void Note(BookmarkResumed resumed, DateTimeOffset now) => _figures.Resumed(resumed.BookmarkId, resumed.Input, now);

    /// <summary>Returns the meetings that an instance arranged and that are not over.</summary>
    public IReadOnlyList<Meeting> PlannedOf(Guid instanceId, DateTimeOffset now) =>
        [.. _meetings.Values.Where(meeting => meeting.InstanceId == instanceId && meeting.State == MeetingState.Planned && meeting.EndsAt > now)];

    /// <summary>Answers a question of an activity.</summary>
    public object? Answer(Question question) => question switch
    {
        CalendarAsked { Calendar: CalendarAsked.OfFirm } => _firm,
        CalendarAsked { Calendar: CalendarAsked.OfClient } => _client,
        CalendarAsked { Calendar: var country } => HolidayTables.Find(country) is { } holidays
            ? new WorkCalendar(country, holidays.Source, TimeZoneInfo.Utc, WorkingWeek.Usual, holidays)
            : new Unanswerable($"The rehearsal has no calendar '{country}'. Use client, firm, or the code of a country."),
        ApproversAsked asked => new Approvers([.. asked.Assignees.Select(approver => OtherThan(asked.RequestedBy, approver)).Distinct()]),
        OwnerAsked asked => new StaffMember(AddressOf(asked.From, asked.IsNeutral), NameOf(asked.From)),
        NextRungAsked asked => new NextRung(Above(asked.Holder)),
        // What the rehearsal did answers these by itself; what it does not know was never written.
        NewestVersionAsked asked => new NewestVersion((house?["documents"] as PlainObject)?.ContainsKey(asked.Kind) == true ? 1 : 0, null),
        VersionAsked asked when _inForce.TryGetValue(asked.VersionId, out VersionStanding? standing) => standing,
        VersionAsked asked => new Unanswerable($"The rehearsal has no version '{asked.VersionId}' of a document."),
        VersionInForceAsked asked => InForce(asked),
        PromiseAsked { Class: var name } => _promises.GetValueOrDefault(name)
            ?? (object)new Unanswerable($"The rehearsal's promise table has no class '{name}'. It has {string.Join(", ", _promises.Keys.Order(StringComparer.Ordinal))}; the case's 'house.promises' may name others."),
        // The clocks of the rehearsal answer for themselves; what they do not know was never started.
        ClockAsked => null,
        MilestonesAsked => new MilestoneList(_milestones.All),
        FiguresAsked asked => _figures.Answer(asked, _milestones.All, person => AddressOf(person, isNeutral: false)),
        StandingLinkAsked asked => new StandingLinkPlace(StandingLink.IdOf(asked.EngagementId, Guid.Empty, asked.DefinitionId, revoked: 0), Guid.Empty, IsNew: true),
        MeetingAsked asked => _meetings.TryGetValue(asked.MeetingId, out Meeting? meeting) ? meeting : new Unanswerable($"The rehearsal has no meeting '{asked.MeetingId}'."),
        _ => throw new InvalidOperationException($"EngagementFlows bug: a rehearsal has no answer to questions of type '{question.GetType()}'."),
    };

    // All that the case gives share one id; a task may show one.
    private VersionInForce? InForce(VersionInForceAsked asked)
    {
        if ((house?["documents"] as PlainObject)?[asked.Kind] is not PlainObject content)
            return null;
        _inForce[Guid.Empty] = new(Guid.Empty, asked.EngagementId, asked.Kind, 1, DocumentState.Frozen);
        return new(Guid.Empty, 1, PlainJson.Write(content));
    }

    private static AssigneeExpression OtherThan(string? requestedBy, AssigneeExpression approver) =>
        approver.Kind == AssigneeKind.Person && approver.Name.Equals(requestedBy, StringComparison.OrdinalIgnoreCase) ? new(AssigneeKind.Role, StaffRoles.Architect) : approver;

    // A rehearsal has one person on each rung: owner@, architect@ and last@rehearsal.example, and neutral@ besides.
    private static StaffMember? Above(AssigneeExpression holder) => AddressOf(holder, isNeutral: false) switch
    {
        "owner@rehearsal.example" => new("architect@rehearsal.example", "architect"),
        "last@rehearsal.example" => null,
        _ => new("last@rehearsal.example", "last"),
    };

    private static string AddressOf(AssigneeExpression assignee, bool isNeutral) =>
        assignee.Kind == AssigneeKind.Person ? assignee.Name : isNeutral ? "neutral@rehearsal.example" : $"{NameOf(assignee)}@rehearsal.example";

    private static string NameOf(AssigneeExpression assignee) => assignee.Kind is AssigneeKind.Owner or AssigneeKind.Architect or AssigneeKind.Third ? assignee.ToString() : assignee.Name;

    // Only what is planned changes, as in the store.
    private void Change(MeetingEffect effect, Func<Meeting, Meeting> change)
    {
        if (_meetings.TryGetValue(effect.MeetingId, out Meeting? meeting) && meeting.State == MeetingState.Planned)
            _meetings[effect.MeetingId] = change(meeting);
    }

    private static Dictionary<string, PromiseTimes> Promises(PlainObject? house)
    {
        Dictionary<string, PromiseTimes> promises = PromiseClass.Defaults.ToDictionary(one => one.Id, one => one.Times, StringComparer.Ordinal);
        foreach ((string name, object? value) in house?["promises"] as PlainObject ?? [])
        {
            PlainObject given = value as PlainObject ?? new();
            PromiseTimes otherwise = promises.GetValueOrDefault(name) ?? new("", "");
            PromiseTimes times = new(given["answer"] as string ?? otherwise.Answer, given["solution"] as string ?? otherwise.Solution);
            promises[name] = times.Fault() is { } fault ? throw new RehearsalException($"The promise '{name}' of the case's 'house' cannot be read: {fault}") : times;
        }

        return promises;
    }

    private static WorkCalendar Calendar(PlainObject? house, string of)
    {
        PlainObject? side = house?[of] as PlainObject;
        string zone = side?["zone"] as string ?? "UTC";
        TimeZoneInfo found = TimeZoneInfo.TryFindSystemTimeZoneById(zone, out TimeZoneInfo? known) ? known : throw new RehearsalException($"The zone '{zone}' of the case's '{of}' is not known. Use an IANA name like 'Asia/Shanghai'.");
        string? country = side?["country"] as string;
        return CalendarDefinition.OfClient(country, found);
    }
}
