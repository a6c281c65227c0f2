using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tasks;

/// <summary>How an activity gives a human task, waits for it, reminds, escalates, gives up and takes it back.</summary>
internal static class TaskProtocol
{
    /// <summary>Gives the task; the ids and instants of this pass stay in the activity's state.</summary>
    public static ActivityResult Open(ActivityContext context, TaskKind kind, AssigneeExpression assignee, LocalizedText title, IReadOnlyList<string> outcomes, string? requestedBy = null)
    {
        Guid taskId = context.NewId("task");
        Guid bookmarkId = context.NewId("task-wait");
        DateTimeOffset? dueAt = context.PositiveDuration("dueIn") is { } dueIn ? context.After(dueIn, CalendarAsked.OfFirm) : null;
        DateTimeOffset? endsAt = context.Flag("staysOpen") ? null : dueAt;
        ReminderPlan plan = ReminderPlan.Make(context, CalendarAsked.OfFirm, endsAt);
        plan.Save(context.State);
        context.State["taskId"] = taskId.ToString("D");
        TaskOpened opened = new(taskId, context.EffectKey("task"), context.EngagementId(), bookmarkId, context.DefinitionVersionId, kind, assignee, title, outcomes)
        {
            Instructions = context.OptionalLocalized("instructions"),
            FormPath = context.AssetPath("form", "forms"),
            DueAt = dueAt,
            RequestedBy = requestedBy,
        };
        List<WaitRequest> waits = [new(WaitNames.Task) { Id = bookmarkId, Key = taskId.ToString("D") }];
        if (endsAt is not null)
            waits.Add(new(WaitNames.TimeOut) { DueAt = endsAt });
        if (context.PositiveDuration("escalateAfter") is { } escalateAfter && context.After(escalateAfter, CalendarAsked.OfFirm) is var escalation && !(escalation >= endsAt))
            waits.Add(new(WaitNames.Escalation) { DueAt = escalation });
        plan.AddWait(context, sent: 0, waits);
        return ActivityResult.Wait([.. waits]).With(opened);
    }

    /// <summary>Goes on with the outcome of the person, a reminder, the escalation, or the time-out.</summary>
    public static ActivityResult Resume(ActivityContext context, Bookmark bookmark, PlainObject input, string timelineKind, LocalizedText title) => bookmark.Name switch
    {
        WaitNames.Task => Complete(context, input, timelineKind, title),
        WaitNames.Reminder => Remind(context),
        WaitNames.Escalation => ActivityResult.Wait().With(new TaskEscalated(TaskId(context), context.EngagementId(), context.EffectKey("task-escalated"))),
        WaitNames.TimeOut => ActivityResult.Complete(TaskOutcomes.TimedOut).With(
            new TaskClosed(TaskId(context), TaskState.Expired),
            Entry(context, timelineKind, new($"Nobody answered in time: {title.En}", $"超时未处理：{title.ZhCn}"), actor: null)),
        _ => throw new InvalidOperationException($"EngagementFlows bug: wait '{bookmark.Name}' of activity '{context.ActivityId}' is not one of a task."),
    };

    /// <summary>Takes the task back.</summary>
    public static IReadOnlyList<Effect> Withdraw(ActivityContext context) =>
        context.State.ContainsKey("taskId") ? [new TaskClosed(TaskId(context), TaskState.Withdrawn)] : [];

    private static ActivityResult Complete(ActivityContext context, PlainObject input, string timelineKind, LocalizedText title)
    {
        string outcome = input["Outcome"] as string
            ?? throw new ActivityFaultException($"Activity '{context.ActivityId}' was resumed without the input 'Outcome'. Complete its task in the inbox instead of resuming the wait by hand.");
        LocalizedText name = TaskOutcomes.NameOf(outcome);
        string comment = input["Comment"] is string { Length: > 0 } text ? text : "";
        return ActivityResult.Complete(outcome)
            .Set("outcome", outcome)
            .Set("comment", input["Comment"])
            .Set("completedBy", input["CompletedBy"])
            .Set("answers", input["Answers"])
            .With(Entry(
                context,
                timelineKind,
                new($"{title.En}: {name.En}{(comment.Length > 0 ? $" – {comment}" : "")}", $"{title.ZhCn}：{name.ZhCn}{(comment.Length > 0 ? $"（{comment}）" : "")}"),
                input["CompletedByName"] as string));
    }

    private static ActivityResult Remind(ActivityContext context)
    {
        int number = ReminderPlan.NumberOf(context);
        List<WaitRequest> waits = [];
        ReminderPlan.Load(context.State).AddWait(context, number, waits);
        return ActivityResult.Wait([.. waits])
            .With(new TaskReminded(TaskId(context), context.EngagementId(), context.EffectKey($"task-reminder-{number}"), number));
    }

    private static TimelineEntryAdded Entry(ActivityContext context, string kind, LocalizedText text, string? actor) =>
        new(context.NewId("task-entry"), context.EngagementId(), kind, text, actor, TaskId(context));

    private static Guid TaskId(ActivityContext context) =>
        context.State["taskId"] switch
        {
            Guid id => id,
            string text => Guid.Parse(text),
            _ => throw new InvalidOperationException("EngagementFlows bug: the task's id was not kept."),
        };
}
