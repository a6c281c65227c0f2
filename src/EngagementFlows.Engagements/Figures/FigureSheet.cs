using System.Globalization;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engagements.Milestones;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Figures;

/// <summary>Figures as flows, mails, tasks and documents show them. Pure.</summary>
/// <param name="figures">The figures.</param>
/// <param name="until">The end of the period.</param>
/// <param name="zone">The zone of the dates.</param>
/// <param name="isForClient">Whether a client reads text and document: what is the firm's own matter, tasks and overdue promises, is left out.</param>
internal sealed class FigureSheet(EngagementFigures figures, DateTimeOffset until, TimeZoneInfo zone, bool isForClient)
{
    private readonly DateOnly _today = DateOf(until, zone);

    /// <summary>Returns the figures as one object, whose members mails read: <c>figures.promises.kept</c>.</summary>
    public PlainObject ToObject()
    {
        PlainObject all = new()
        {
            ["subject"] = figures.Subject,
            ["since"] = Iso(DateOf(figures.Since, zone)),
            ["until"] = Iso(_today),
            ["sinceAt"] = PlainJson.Iso(figures.Since),
            ["untilAt"] = PlainJson.Iso(until),
            ["promises"] = new PlainObject { ["kept"] = figures.Promises.Kept, ["broken"] = figures.Promises.Broken, ["running"] = figures.Promises.Running, ["overdue"] = figures.Promises.Overdue, ["keptPercent"] = Percent(figures.Promises.Kept, figures.Promises.Broken) },
            ["tasks"] = new PlainObject { ["inTime"] = figures.Tasks.InTime, ["late"] = figures.Tasks.Late, ["open"] = figures.Tasks.Open, ["overdue"] = figures.Tasks.Overdue, ["inTimePercent"] = Percent(figures.Tasks.InTime, figures.Tasks.Late) },
            ["complaints"] = new PlainObject { ["opened"] = figures.Complaints.Opened, ["closed"] = figures.Complaints.Closed, ["open"] = figures.Complaints.Open },
            ["meetings"] = new PlainObject { ["held"] = figures.Meetings.Held, ["missed"] = figures.Meetings.Missed },
            ["satisfaction"] = new PlainObject { ["mean"] = figures.Satisfaction.Mean is { } mean ? Math.Round(mean, 1) : null, ["answers"] = figures.Satisfaction.Answers },
        };
        if (figures.Stage is { } stage)
            all["stage"] = stage;
        if (figures.Questions is { } questions)
            all["questions"] = new PlainObject { ["open"] = questions.ToUs + questions.ToClient, ["toUs"] = questions.ToUs, ["toClient"] = questions.ToClient };
        if (figures.Milestones is not null)
            all["milestones"] = Milestones();
        if (figures.Changes is { } changes)
            all["changes"] = new PlainObject { ["decided"] = changes };
        if (figures.Engagements is { } engagements)
            all["engagements"] = engagements;
        return all;
    }

    /// <summary>Returns the figures as answers of the form <see cref="Forms.BuiltInForms.Figures"/>, of which a version of a document can be made.</summary>
    public PlainObject ToContent()
    {
        // As rows, which pages show as a table.
        PlainObject content = new()
        {
            ["period"] = Period,
            ["figures"] = new PlainList(Lines().Select(line => (object?)new PlainObject { ["figure"] = line.Name, ["number"] = line.Value })),
        };
        if (Planned() is { Count: > 0 } planned)
        {
            content["milestones"] = new PlainList(planned.Select(one => (object?)new PlainObject
            {
                ["title"] = one.Name,
                ["planned"] = Iso(one.PlannedOn),
                ["reached"] = one.ReachedOn is { } reached ? Iso(reached) : null,
                ["standing"] = MilestoneTexts.WordOf(one.StandingOn(_today)),
            }));
        }

        return content;
    }

    /// <summary>Returns the figures as text, one on a line; for mails, instructions of tasks and messages.</summary>
    public LocalizedText ToText()
    {
        List<LocalizedText> lines = [Said(day => $"Period: {day(DateOf(figures.Since, zone))} – {day(_today)}", day => $"期间：{day(DateOf(figures.Since, zone))} – {day(_today)}")];
        lines.AddRange(Lines().Select(line => new LocalizedText($"{line.Title.En}: {Number(line.Value)}", $"{line.Title.ZhCn}：{Number(line.Value)}")));
        foreach (Milestone one in Planned())
        {
            LocalizedText standing = MilestoneTexts.NameOf(one.StandingOn(_today));
            DateOnly date = one.ReachedOn ?? one.PlannedOn;
            lines.Add(Said(day => $"Milestone {one.Name}: {standing.En}, {day(date)}", day => $"里程碑“{one.Name}”：{standing.ZhCn}，{day(date)}"));
        }

        return new(string.Join('\n', lines.Select(line => line.En)), string.Join('\n', lines.Select(line => line.ZhCn)));
    }

    private string Period => $"{Iso(DateOf(figures.Since, zone))} – {Iso(_today)}";

    private IEnumerable<Line> Lines()
    {
        if (figures.Engagements is { } engagements)
            yield return new("engagements", FigureTexts.Engagements, engagements);
        yield return new("promisesKept", FigureTexts.PromisesKept, figures.Promises.Kept);
        yield return new("promisesBroken", FigureTexts.PromisesBroken, figures.Promises.Broken);
        yield return new("promisesRunning", FigureTexts.PromisesRunning, figures.Promises.Running);
        if (!isForClient)
        {
            yield return new("promisesOverdue", FigureTexts.PromisesOverdue, figures.Promises.Overdue);
            yield return new("tasksInTime", FigureTexts.TasksInTime, figures.Tasks.InTime);
            yield return new("tasksLate", FigureTexts.TasksLate, figures.Tasks.Late);
            yield return new("tasksOpen", FigureTexts.TasksOpen, figures.Tasks.Open);
            yield return new("tasksOverdue", FigureTexts.TasksOverdue, figures.Tasks.Overdue);
        }

        if (figures.Questions is { } questions)
        {
            yield return new("questionsToUs", FigureTexts.QuestionsToUs, questions.ToUs);
            yield return new("questionsToClient", FigureTexts.QuestionsToClient, questions.ToClient);
        }

        if (figures.Milestones is not null)
        {
            yield return new("milestonesInTime", FigureTexts.MilestonesInTime, Count(MilestoneStanding.InTime));
            yield return new("milestonesLate", FigureTexts.MilestonesLate, Count(MilestoneStanding.ReachedLate));
            yield return new("milestonesOverdue", FigureTexts.MilestonesOverdue, Count(MilestoneStanding.Late));
        }

        yield return new("complaintsOpened", FigureTexts.ComplaintsOpened, figures.Complaints.Opened);
        yield return new("complaintsClosed", FigureTexts.ComplaintsClosed, figures.Complaints.Closed);
        yield return new("complaintsOpen", FigureTexts.ComplaintsOpen, figures.Complaints.Open);
        if (figures.Changes is { } changes)
            yield return new("changesDecided", FigureTexts.ChangesDecided, changes);
        yield return new("meetingsHeld", FigureTexts.MeetingsHeld, figures.Meetings.Held);
        yield return new("meetingsMissed", FigureTexts.MeetingsMissed, figures.Meetings.Missed);
        if (figures.Satisfaction.Mean is { } mean)
            yield return new("satisfaction", FigureTexts.Satisfaction, Math.Round(mean, 1));
    }

    private PlainObject Milestones() => new()
    {
        ["inTime"] = Count(MilestoneStanding.InTime),
        ["late"] = Count(MilestoneStanding.ReachedLate),
        ["ahead"] = Count(MilestoneStanding.Ahead),
        ["overdue"] = Count(MilestoneStanding.Late),
        ["moved"] = (long)Standing().Count(one => one.PlannedOn != one.FirstPlannedOn),
        ["next"] = Standing().FirstOrDefault(one => one.StandingOn(_today) == MilestoneStanding.Ahead) is { } next ? MilestoneTexts.Plain(next, _today) : null,
        ["list"] = new PlainList(Standing().Select(one => (object?)MilestoneTexts.Plain(one, _today))),
    };

    // Reached ones count within the period; what is not reached counts as it stands.
    private long Count(MilestoneStanding standing) => Standing().LongCount(one =>
        one.StandingOn(_today) == standing && (one.ReachedOn is not { } reached || reached >= DateOf(figures.Since, zone)));

    private IEnumerable<Milestone> Standing() => (figures.Milestones ?? []).Where(one => one.WithdrawnAt is null);

    private List<Milestone> Planned() => [.. Standing()];

    private static double? Percent(long good, long bad) => good + bad == 0 ? null : Math.Round(100.0 * good / (good + bad));

    private static string Number(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    // Dates as each reader writes them.
    private static LocalizedText Said(Func<Func<DateOnly, string>, string> english, Func<Func<DateOnly, string>, string> chinese) =>
        new(english(date => MailDates.Day(date, Languages.English)), chinese(date => MailDates.Day(date, Languages.Chinese)));

    private static string Iso(DateOnly date) => MilestoneTexts.Iso(date);

    private static DateOnly DateOf(DateTimeOffset instant, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <param name="Name">The choice of the form.</param>
    /// <param name="Title">What people read.</param>
    /// <param name="Value">The figure.</param>
    private sealed record Line(string Name, LocalizedText Title, object Value);
}
