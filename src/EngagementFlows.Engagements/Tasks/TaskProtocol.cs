using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Documents;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tasks;

/// <summary>How an activity gives human tasks, waits for them, reminds, escalates, gives up and takes them back.</summary>
internal static class TaskProtocol
{
    /// <summary>Gives the task to each of the assignees; the ids and instants of this pass stay in the activity's state.</summary>
    public static ActivityResult Open(
        ActivityContext context, TaskKind kind, IReadOnlyList<AssigneeExpression> assignees, LocalizedText title, IReadOnlyList<string> outcomes, string? requestedBy = null)
    {
        DueInstant? due = DueDate.Of(context);
        DateTimeOffset? dueAt = due?.At;
        DateTimeOffset? endsAt = context.Flag("staysOpen") ? null : dueAt;
        // Who was given a date is not pressed before it; a task that ends on it must be reminded of earlier.
        DateTimeOffset? countsFrom = endsAt is null && DueDate.IsDate(context) ? dueAt : null;
        ReminderPlan plan = ReminderPlan.Make(context, CalendarAsked.OfFirm, endsAt, countsFrom);
        plan.Save(context.State);
        List<WaitRequest> waits = [];
        List<Effect> opened = [];
        Guid timeOutId = context.NewId("time-out");
        Guid escalationId = context.NewId("escalation");
        PlainList tasks = new();
        Guid? document = context.DocumentVersionId();
        for (int i = 0; i < assignees.Count; i++)
        {
            Guid taskId = context.NewId(Numbered("task", i));
            WaitRequest wait = new(WaitNames.Task) { Id = context.NewId(Numbered("task-wait", i)), Key = taskId.ToString("D") };
            tasks.Add(wait.Key);
            waits.Add(wait);
            opened.Add(new TaskOpened(taskId, context.EffectKey(Numbered("task", i)), context.EngagementId(), wait.Id, context.DefinitionVersionId, kind, assignees[i], title, outcomes)
            {
                Instructions = context.OptionalLocalized("instructions"),
                FormPath = context.AssetPath("form", "forms"),
                Prefill = context.Prefill(),
                DueAt = dueAt,
                DueIsProvisional = due is { IsProvisional: true },
                RequestedBy = requestedBy,
                PanelId = assignees.Count > 1 ? context.NewId("panel") : null,
                DocumentVersionId = document,
            });
            opened.AddRange(due?.Note(ProvisionalKind.Task, taskId, context.EngagementId(), endsAt is null ? null : timeOutId) ?? []);
        }

        context.State["tasks"] = tasks;
        if (endsAt is not null)
            waits.Add(new(WaitNames.TimeOut) { Id = timeOutId, DueAt = endsAt });
        if (context.PositiveDuration("escalateAfter") is { } escalateAfter && context.DueAfter(escalateAfter, CalendarAsked.OfFirm, from: countsFrom) is var escalation && !(escalation.At >= endsAt))
        {
            waits.Add(new(WaitNames.Escalation) { Id = escalationId, DueAt = escalation.At });
            opened.AddRange(escalation.Note(ProvisionalKind.Wait, escalationId, context.EngagementId(), escalationId));
        }

        plan.AddWait(context, sent: 0, waits);
        return ActivityResult.Wait([.. waits]).With([.. opened]);
    }

    /// <summary>Goes on with the outcome of a person, a reminder, the escalation, or the time-out.</summary>
    /// <param name="context">The execution.</param>
    /// <param name="bookmark">The wait that was resumed.</param>
    /// <param name="input">What came with it.</param>
    /// <param name="timelineKind">The kind of the timeline's entry.</param>
    /// <param name="title">What was to be done.</param>
    /// <param name="rule">Returns the outcome once the answers so far decide, and <see langword="null"/> while others are waited for; the second argument is the number of open tasks.</param>
    public static ActivityResult Resume(
        ActivityContext context, Bookmark bookmark, PlainObject input, string timelineKind, LocalizedText title, Func<IReadOnlyList<GivenOutcome>, int, string?> rule) => bookmark.Name switch
        {
            WaitNames.Task => Answer(context, bookmark, input, timelineKind, title, rule),
            WaitNames.Reminder => Remind(context),
            WaitNames.Escalation => ActivityResult.Wait().With(
                [.. OpenTasks(context).Select((task, i) => new TaskEscalated(task, context.EngagementId(), context.EffectKey(Numbered("task-escalated", i))))]),
            WaitNames.TimeOut => ActivityResult.Complete(TaskOutcomes.TimedOut).Set("comment", GivenOutcome.Comments([.. GivenOutcome.ReadAll(context.State["given"])])).With(
            [
                .. Closing(context, TaskState.Expired),
            Entry(context, timelineKind, new($"Nobody answered in time: {title.En}", $"超时未处理：{title.ZhCn}"), actor: null, OpenTasks(context)[0]),
        ]),
            _ => throw new InvalidOperationException($"EngagementFlows bug: wait '{bookmark.Name}' of activity '{context.ActivityId}' is not one of a task."),
        };

    /// <summary>Takes the tasks back that are open.</summary>
    public static IReadOnlyList<Effect> Withdraw(ActivityContext context) => Closing(context, TaskState.Withdrawn);

    private static ActivityResult Answer(
        ActivityContext context, Bookmark bookmark, PlainObject input, string timelineKind, LocalizedText title, Func<IReadOnlyList<GivenOutcome>, int, string?> rule)
    {
        string outcome = input["Outcome"] as string
            ?? throw new ActivityFaultException($"Activity '{context.ActivityId}' was resumed without the input 'Outcome'. Complete its task in the inbox instead of resuming the wait by hand.");
        GivenOutcome given = new(outcome, input["Comment"] as string, input["CompletedBy"] as string, input["CompletedByName"] as string);
        List<GivenOutcome> all = [.. GivenOutcome.ReadAll(context.State["given"]), given];
        Guid task = Guid.Parse(bookmark.Key!);
        PlainList open = new(OpenTasks(context).Where(other => other != task).Select(other => (object?)other.ToString("D")));
        context.State["tasks"] = open;
        LocalizedText name = context.NameOfOutcome(outcome) ?? TaskOutcomes.NameOf(outcome);
        string comment = given.Comment is { Length: > 0 } text ? text : "";
        Effect entry = Entry(
            context,
            timelineKind,
            new($"{title.En}: {name.En}{(comment.Length > 0 ? $" – {comment}" : "")}", $"{title.ZhCn}：{name.ZhCn}{(comment.Length > 0 ? $"（{comment}）" : "")}"),
            given.ByName,
            task,
            all.Count - 1);
        if (rule(all, open.Count) is not { } decided)
        {
            context.State["given"] = GivenOutcome.Plain(all);
            return ActivityResult.Wait().With(entry);
        }

        return ActivityResult.Complete(decided)
            .Set("outcome", decided)
            .Set("comment", all.Count == 1 ? input["Comment"] : GivenOutcome.Comments(all))
            .Set("completedBy", given.By)
            .Set("answers", input["Answers"])
            .With([entry, .. Closing(context, TaskState.Withdrawn)]);
    }

    private static ActivityResult Remind(ActivityContext context)
    {
        int number = ReminderPlan.NumberOf(context);
        List<WaitRequest> waits = [];
        ReminderPlan.Load(context.State).AddWait(context, number, waits);
        return ActivityResult.Wait([.. waits])
            .With([.. OpenTasks(context).Select((task, i) => new TaskReminded(task, context.EngagementId(), context.EffectKey(Numbered($"task-reminder-{number}", i)), number))]);
    }

    private static Effect[] Closing(ActivityContext context, TaskState state) => [.. OpenTasks(context).Select(task => new TaskClosed(task, state))];

    private static TimelineEntryAdded Entry(ActivityContext context, string kind, LocalizedText text, string? actor, Guid task, int number = 0) =>
        new(context.NewId(Numbered("task-entry", number)), context.EngagementId(), kind, text, actor, task);

    // Empty before the first pass has given any.
    private static Guid[] OpenTasks(ActivityContext context) =>
        context.State["tasks"] is PlainList tasks ? [.. tasks.Select(task => task as Guid? ?? Guid.Parse((string)task!))] : [];

    private static string Numbered(string purpose, int index) => index == 0 ? purpose : $"{purpose}-{index + 1}";
}
