using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Meetings;

/// <summary>Waits for the end of a meeting, wherever it is moved, and then asks a member of staff whether it took place and what came of it.</summary>
/// <remarks>The lists <c>decisions</c> and <c>actions</c> of the form are outputs: the flow gives the actions out itself, with a ForEach around Assign task. Who is withdrawn while waiting for the
/// meeting's end calls it off.</remarks>
public sealed class CollectMinutes() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.CollectMinutes",
    Category = EngagementInputs.MeetingsCategory,
    DisplayName = new("Collect minutes", "收集会议记录"),
    Description = new(
        "Waits until the meeting is over, then gives a task with the form of the minutes, and goes on with Held, Missed, Cancelled or Timed out.",
        "等会议结束后分配填写会议记录的任务，然后按“Held”“Missed”“Cancelled”或“Timed out”继续。"),
    Inputs =
    [
        EngagementInputs.Meeting,
        new("assignee", "String", new("Assignee", "负责人"), new("Who writes the minutes: owner, architect, role:<role> or person:<mail address>; third in a personnel file. Default owner.", "填写记录的人：owner、architect、role:<角色> 或 person:<邮箱>；人事档案中还可用 third。默认 owner。")) { DefaultValue = "owner", UIHint = "dropdown", OfferedFrom = OfferedLists.Assignees },
        EngagementInputs.Title,
        EngagementInputs.TitleZh,
        EngagementInputs.Instructions,
        EngagementInputs.InstructionsZh,
        EngagementInputs.Form with { Description = new("The form of the minutes, like forms/minutes.json, with the lists decisions and actions; may be left out.", "会议记录表单，例如 forms/minutes.json，含列表 decisions 和 actions，可省略。") },
        EngagementInputs.Document,
        EngagementInputs.DueIn,
        EngagementInputs.DueOn,
        EngagementInputs.StaysOpen,
        EngagementInputs.RemindOfDated,
        EngagementInputs.Reminders,
        EngagementInputs.EscalateDated,
        EngagementInputs.FirmCalendar,
        EngagementInputs.Prefill,
    ],
    Outputs =
    [
        EngagementInputs.Outcome,
        EngagementInputs.Comment,
        EngagementInputs.CompletedBy,
        EngagementInputs.Answers,
        new("decisions", "Object", new("Decisions", "决定"), new("The list decisions of the form; empty if there is none.", "表单中的列表 decisions，没有则为空列表。")),
        new("actions", "Object", new("Actions", "行动项"), new("The list actions of the form, for a ForEach with Assign task; empty if there is none.", "表单中的列表 actions，可用 ForEach 配合“分配任务”，没有则为空列表。")),
    ],
    Outcomes = [Held, Missed, Cancelled, TaskOutcomes.TimedOut],
    Kind = "Task",
})
{
    /// <summary>The outcome if the meeting took place.</summary>
    public const string Held = "Held";

    /// <summary>The outcome if its time came and it did not take place.</summary>
    public const string Missed = TaskOutcomes.Missed;

    /// <summary>The outcome if it was called off.</summary>
    public const string Cancelled = "Cancelled";

    /// <summary>The name of the wait for a meeting's end; its key is the meeting's id, by which a person who moves the meeting finds it.</summary>
    public const string OverWait = "EngagementFlows.MeetingOver";

    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        // What came before in the same burst may have arranged, moved or cancelled the meeting: it is read when that is stored.
        context.State["meetingId"] = context.MeetingId().ToString("D");
        return ActivityResult.Wait(new WaitRequest(OverWait) { DueAt = context.Now });
    }

    /// <inheritdoc/>
    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, PlainObject input)
    {
        // After a move the contact is asked anew, by a link that wakes this wait: what he answers stays with the meeting, and its end is waited for as before.
        if (bookmark.Name == OverWait && input.ContainsKey("Outcome"))
            return WaitOrOpen(context).With(MeetingReply.Read(context, input).Kept(context, context.Meeting(MeetingId(context)), $"answer-{bookmark.Id:N}"));
        // The first look comes before anybody can have been asked.
        if (bookmark.Name == OverWait)
            return bookmark.Key is null ? WaitOrOpen(context) : WaitOrOpen(context).With(new MeetingAskedNoMore(MeetingId(context), context.EngagementId()));
        ActivityResult result = TaskProtocol.Resume(context, bookmark, input, TimelineKinds.Task, context.RequiredLocalized("title"), (given, _) => given[^1].Outcome);
        if (result.Outcomes is not [Held or Missed])
            return result;
        PlainObject? answers = input["Answers"] as PlainObject;
        return result
            .Set("decisions", answers?["decisions"] as PlainList ?? new())
            .Set("actions", answers?["actions"] as PlainList ?? new())
            .With(new MeetingEnded(MeetingId(context), context.EngagementId(), result.Outcomes[0] == Held) { TaskId = Guid.Parse(bookmark.Key!) });
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Effect> Withdraw(ActivityContext context) => context.State.ContainsKey("meetingId")
        ?
        [
            .. TaskProtocol.Withdraw(context),
            new MeetingAskedNoMore(MeetingId(context), context.EngagementId()),
            new MeetingCancelled(MeetingId(context), context.EngagementId()) { Notice = new(context.EffectKey("withdrawn"), context.DefinitionVersionId, context.Data) },
        ]
        : [];

    private static ActivityResult WaitOrOpen(ActivityContext context)
    {
        Meeting meeting = context.Meeting(MeetingId(context));
        if (meeting.State == MeetingState.Cancelled)
            return ActivityResult.Complete(Cancelled).Set("outcome", Cancelled).Set("decisions", new PlainList()).Set("actions", new PlainList());
        if (meeting.State == MeetingState.Planned && meeting.EndsAt > context.Now)
            return ActivityResult.Wait(new WaitRequest(OverWait) { Key = meeting.Id.ToString("D"), DueAt = meeting.EndsAt });
        return TaskProtocol.Open(context, TaskKind.Work, [context.Assignee("assignee", "owner")], context.RequiredLocalized("title"), [Held, Missed]);
    }

    private static Guid MeetingId(ActivityContext context) => context.State["meetingId"] as Guid? ?? Guid.Parse((string)context.State["meetingId"]!);
}
