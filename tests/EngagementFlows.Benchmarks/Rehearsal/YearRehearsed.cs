using System.Diagnostics;
using EngagementFlows.Engagements;
using EngagementFlows.Engagements.Milestones;
using EngagementFlows.Engagements.Rehearsal;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;
using EngagementFlows.Testing;

namespace EngagementFlows.Benchmarks.Rehearsal;

/// <summary><c>year-rehearsed</c>: a year of one engagement in memory: intake, needs, plan, four quarterly reviews, a complaint, a change; the processes as they are delivered, read anew each time.</summary>
internal sealed class YearRehearsed : Benchmark
{
    private const int Rounds = 5;
    private const int Reviews = 4;
    private const string Engagement = "0197a000-0000-7000-8000-0000000000e1";

    private static readonly string[] Processes = ["client-intake", "needs-analysis", "plan-approval", "periodic-review", "complaint-escalation", "change-request"];
    private static readonly DateTimeOffset Began = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly PlainObject Accepted = new() { ["answer"] = "accept" };

    public override IReadOnlyList<string> Names => ["year-rehearsed"];

    public override Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        // The first year is the compiler's.
        Play();
        List<double> seconds = [];
        for (int round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long start = Stopwatch.GetTimestamp();
            Play();
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        seconds.Sort();
        return Task.FromResult<IReadOnlyList<Figure>>([new Figure("year-rehearsed", seconds[Rounds / 2], "s", Wanted: "≤ 10 s")]);
    }

    private static void Play()
    {
        RehearsalHost host = new(new ActivityCatalog([.. ElsaActivities.All, .. EngagementActivities.All]), EngineSettings.Default, Began);
        foreach (string process in Processes)
            host.Publish(DefinitionReader.Read(File.ReadAllText(Path.Combine(PlayedHouse.Workflows, process, $"{process}.json")), host.Catalogue.Activities).Definition!);
        Start(host, "client-intake", new());
        TakeOn(host);
        for (int review = 1; review <= Reviews; review++)
        {
            Review(host, review);
            if (review == 1)
                Complain(host);
            if (review == 2)
                Change(host);
        }

        int held = host.Instances.Count(instance => instance.Current.DefinitionId == "periodic-review" && instance.Current.Status == InstanceStatus.Finished);
        if (held != Reviews || host.Instances.Any(instance => instance.Incidents.Count > 0))
            throw new InvalidOperationException($"The year did not go as it should: {held} reviews were held, and {host.Instances.Sum(instance => instance.Incidents.Count)} incidents arose.");
    }

    private static void TakeOn(RehearsalHost host)
    {
        Answer(host, "AskIntake", new() { ["projectType"] = "interior", ["goals"] = "Quiet rooms." });
        Complete(host, "CheckBrief", "Complete");
        Complete(host, "ApproveBrief", "Approved");
        Answer(host, "InviteClient", Accepted);
        Answer(host, "AskInterview", new() { ["better"] = "Less noise." });
        AdvanceTo(host, "Meet");
        Complete(host, "Meet", "Held", new() { ["summary"] = "Quiet rooms.", ["goals"] = new PlainList([new PlainObject { ["goal"] = "Less noise", ["indicator"] = "dB", ["target"] = "45" }]) });
        Answer(host, "AskAgreement", new() { ["answer"] = "agree" });
        Complete(host, "WritePlan", "Done", Plan("2027-02-26"));
        Complete(host, "ApprovePlan", "Approved");
        Complete(host, "ApprovePlan", "Approved");
        Answer(host, "AskClient", new() { ["answer"] = "approve" });
    }

    private static void Review(RehearsalHost host, int number)
    {
        AdvanceTo(host, "InviteClient");
        Answer(host, "InviteClient", Accepted);
        AdvanceTo(host, "Meet");
        if (number == 2)
            Reach(host, "Design agreed");
        Complete(host, "Meet", "Held", new()
        {
            ["present"] = "Everybody",
            ["points"] = "Where things stand.",
            ["actions"] = new PlainList([new PlainObject { ["what"] = "Send the dates", ["who"] = "li.wei@linden.example", ["until"] = "2027-12-31" }]),
        });
        Complete(host, "GiveActionsTask", "Done");
        Answer(host, "AskConfirm", new() { ["answer"] = "confirm" });
    }

    private static void Complain(RehearsalHost host)
    {
        Start(host, "complaint-escalation", new() { ["Subject"] = "Late", ["Description"] = "Nobody told us.", ["Class"] = "high", ["RaisedBy"] = "Ann Birch" });
        // Nobody answers in time: it climbs.
        host.Advance(TimeSpan.FromDays(1));
        Complete(host, "HandleAtTop", "Done", new() { ["solution"] = "By Friday." }, or: "Handle");
        Answer(host, "AskSolution", new() { ["answer"] = "reject", ["reason"] = "Too late." });
        Complete(host, "Mediate", "Done", new() { ["solution"] = "Tonight." });
        Answer(host, "AskMediated", new() { ["answer"] = "accept", ["satisfaction"] = 4L });
        Complete(host, "AskLesson", "Done", new() { ["lesson"] = "Tell a week before." });
    }

    private static void Change(RehearsalHost host)
    {
        Start(host, "change-request", new() { ["Title"] = "A third room" });
        Complete(host, "DescribeChange", "Done", new()
        {
            ["title"] = "A third room",
            ["cost"] = 90_000L,
            ["days"] = 40L,
            ["touched"] = new PlainList([new PlainObject { ["architect"] = "clara.brandt@linden.example" }]),
        });
        Complete(host, "ApproveChange", "Approved");
        Complete(host, "ApproveChange", "Approved");
        Answer(host, "AskClient", new() { ["answer"] = "approve" });
        Complete(host, "WritePlan", "Done", Plan("2027-06-30"));
        Complete(host, "ApprovePlan", "Approved");
        Complete(host, "ApprovePlan", "Approved");
    }

    private static PlainObject Plan(string until) => new()
    {
        ["summary"] = "Quiet rooms.",
        ["phases"] = new PlainList(
        [
            new PlainObject { ["title"] = "Design", ["architect"] = "li.wei@linden.example", ["from"] = "2026-04-01", ["until"] = "2026-06-30" },
            new PlainObject { ["title"] = "Build", ["architect"] = "clara.brandt@linden.example", ["from"] = "2026-07-01", ["until"] = until },
        ]),
        ["milestones"] = new PlainList([new PlainObject { ["title"] = "Design agreed", ["due"] = "2026-06-30" }, new PlainObject { ["title"] = "Handed over", ["due"] = until }]),
        ["rhythm"] = "quarterly",
    };

    private static void Start(RehearsalHost host, string process, PlainObject input) =>
        host.Start(new StartRequested(host.NewId(), process) { CorrelationId = Engagement, Input = input });

    /// <summary>Lets days pass until an activity waits for somebody.</summary>
    private static void AdvanceTo(RehearsalHost host, string activity)
    {
        for (int days = 0; days < 120; days++)
        {
            if (Wait(host, activity, isTask: activity == "Meet") is not null)
                return;
            host.Advance(TimeSpan.FromDays(1));
        }

        throw new InvalidOperationException($"'{activity}' was not reached within 120 days from {host.Now:O}.");
    }

    private static void Answer(RehearsalHost host, string activity, PlainObject answers) =>
        Give(host, Wait(host, activity, isTask: false), activity, new() { ["Outcome"] = "Answered", ["Answers"] = answers, ["AnsweredBy"] = "Ann Birch" });

    private static void Complete(RehearsalHost host, string activity, string outcome, PlainObject? answers = null, string? or = null) =>
        Give(host, Wait(host, activity, isTask: true) ?? (or is null ? null : Wait(host, or, isTask: true)), activity, new()
        {
            ["Outcome"] = outcome,
            ["CompletedBy"] = "somebody@rehearsal.example",
            ["CompletedByName"] = "Somebody",
            ["Answers"] = answers,
        });

    private static void Give(RehearsalHost host, Bookmark? wait, string activity, PlainObject input)
    {
        if (wait is null || host.Submit(new BookmarkResumed(wait.InstanceId, wait.Id, input)).Kind != TransitionKind.Applied)
            throw new InvalidOperationException($"'{activity}' took no answer at {host.Now:O}.");
    }

    private static Bookmark? Wait(RehearsalHost host, string activity, bool isTask)
    {
        HashSet<Guid> tasks = [.. host.Recorded.Select(one => one.Effect).OfType<TaskOpened>().Select(task => task.BookmarkId)];
        return host.Instances.SelectMany(instance => instance.Bookmarks)
            .FirstOrDefault(bookmark => bookmark.ActivityId == activity && (isTask ? tasks.Contains(bookmark.Id) : bookmark.Name == WaitNames.Link));
    }

    private static void Reach(RehearsalHost host, string name)
    {
        Milestone milestone = host.House.Milestones.Single(one => one.Name == name);
        host.Reach(new(milestone.Id, milestone.EngagementId, DateOnly.FromDateTime(host.Now.UtcDateTime)));
    }
}
