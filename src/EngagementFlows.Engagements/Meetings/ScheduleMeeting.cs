using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Meetings;

/// <summary>Arranges a meeting, invites everybody by mail with an entry for their calendars, and waits for the client's answer.</summary>
/// <remarks>An internal meeting is told, not asked: it goes on with <see cref="Agreed"/> at once. Who is withdrawn while waiting calls the meeting off.</remarks>
public sealed class ScheduleMeeting() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.ScheduleMeeting",
    Category = EngagementInputs.MeetingsCategory,
    DisplayName = new("Schedule meeting", "安排会议"),
    Description = new(
        "Invites owner and architect, and to a client's meeting the contact, who accepts, declines or proposes another time by a link. Reminds on the working day before.",
        "邀请负责人和架构师参会；客户会议还会邀请联系人，由其通过链接接受、谢绝或提出其他时间。前一个工作日发送提醒。"),
    Inputs =
    [
        new("title", "String", new("Title", "标题"), new("What the meeting is, in a line of English.", "用一行英文说明会议内容。")) { IsRequired = true },
        new("titleZh", "String", new("Title (Chinese)", "标题（中文）"), new("The same line in Chinese.", "同一行的中文。")) { IsRequired = true },
        new("agenda", "String", new("Agenda", "议程"), new("What will be talked about, in English; may be left out.", "英文议程，可省略。")) { UIHint = "multi-line" },
        new("agendaZh", "String", new("Agenda (Chinese)", "议程（中文）"), new("The same in Chinese.", "同一议程的中文。")) { UIHint = "multi-line" },
        new("audience", "String", new("Audience", "参会范围"), new("client, or internal for staff alone. Default client.", "client（含客户）或 internal（仅内部），默认 client。")) { DefaultValue = "client", UIHint = "dropdown", Options = ["client", "internal"], NameOfOption = NameOfAudience },
        EngagementInputs.MeetingTime,
        new("minutes", "Int32", new("Minutes", "时长（分钟）"), new("How long it takes, 5 to 720 minutes. Default 60.", "会议时长，5 至 720 分钟，默认 60。")) { DefaultValue = 60L },
        EngagementInputs.Place,
        new("series", "String", new("Series", "系列"), new("A name that the meetings of a series share; may be left out.", "同一系列会议共用的名称，可省略。")),
        new("message", "String", new("Message", "附言"), new("What the invitation says besides; may be left out.", "邀请中的附言，可省略。")) { UIHint = "multi-line" },
        EngagementInputs.MeetingMail,
        EngagementInputs.MeetingReminderMail,
        new("form", "String", new("Answer form", "答复表单"), new("A form of this process instead of the usual one; it asks answer (accept or propose), proposedDate and proposedTime. May be left out.", "代替通用表单的本流程表单，其中询问 answer（accept 或 propose）、proposedDate 和 proposedTime，可省略。")) { UIHint = "dropdown", OfferedFrom = OfferedLists.AllForms },
        new("answerIn", "String", new("Answer in", "答复期限"), new("How long the client may take to answer, at most until the meeting; then the outcome is Timed out. Default 3 working days.", "客户答复期限，最迟到会议开始；超过后走“Timed out”出口，默认 3 个工作日。")) { DefaultValue = "3 working days", FaultOfLiteral = Duration.FaultOf },
        EngagementInputs.Remind,
        new("calendar", "String", new("Calendar", "日历"), new("By which days and hours count: client, firm, or the name of a calendar. Default client for a client's meeting, else firm.", "计算日期和时间所用的日历：client（客户）、firm（本公司）或日历名称。客户会议默认 client，内部会议默认 firm。")) { UIHint = "dropdown", OfferedFrom = OfferedLists.Calendars },
    ],
    Outputs =
    [
        new("meeting", "String", new("Meeting", "会议"), new("The id of the meeting, for the activities that follow.", "会议标识，供后续活动使用。")),
        new("startsAt", "DateTimeOffset", new("Starts at", "开始时间"), new("When it begins.", "会议开始的时刻。")),
        new("proposedAt", "DateTimeOffset", new("Proposed time", "建议时间"), new("When the client would rather come, or nothing.", "客户建议的时间，可能为空。")),
        new("comment", "String", new("Comment", "附言"), new("What the client said with the answer, or nothing.", "客户答复时的附言，可能为空。")),
        new("answeredBy", "String", new("Answered by", "答复人"), new("The name of the contact who answered.", "答复者的姓名。")),
        EngagementInputs.Outcome,
    ],
    Outcomes = [Agreed, NewTimeProposed, LinkDecision.Declined, TaskOutcomes.TimedOut],
    Kind = "Task",
})
{
    /// <summary>The outcome if the meeting stands.</summary>
    public const string Agreed = "Agreed";

    /// <summary>The outcome if the client would rather come at another time.</summary>
    public const string NewTimeProposed = "New time proposed";

    private const int SeriesLength = 200;
    private static readonly WorkingDays DefaultAnswerIn = new(3);

    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        WorkCalendar calendar = CalendarOf(context);
        TimeSpan length = TimeSpan.FromMinutes(context.Whole("minutes", least: 5, most: 720, fallback: 60));
        DateTimeOffset startsAt = context.MeetingTime(calendar, length);
        Meeting meeting = new()
        {
            Id = context.NewId("meeting"),
            EngagementId = context.EngagementId(),
            InstanceId = context.InstanceId,
            Series = Series(context),
            Title = Title(context),
            Agenda = context.OptionalLocalized("agenda"),
            Audience = AudienceOf(context),
            Place = context.Place(),
            StartsAt = startsAt,
            EndsAt = startsAt + length,
            Zone = calendar.Zone.Id,
        };
        context.State["meetingId"] = meeting.Id.ToString("D");
        LocalizedText time = Meetings.MeetingTime.Text(startsAt, calendar.Zone);
        TimelineEntryAdded entry = context.Entry("meeting-entry", meeting.Id, new($"Meeting arranged: {meeting.Title.En}, {time.En}", $"已安排会议：{meeting.Title.ZhCn}，{time.ZhCn}"));
        MeetingNotice notice = context.Notice("meeting", calendar, startsAt);
        return meeting.Audience == MeetingAudience.Internal
            ? Complete(context, Agreed, startsAt).With(new MeetingPlanned(meeting) { Notice = notice }, entry)
            : Ask(context, meeting, notice, time, entry);
    }

    /// <inheritdoc/>
    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, PlainObject input) => bookmark.Name switch
    {
        WaitNames.Link => Answer(context, input),
        WaitNames.TimeOut => TimeOut(context),
        _ => throw new InvalidOperationException($"EngagementFlows bug: wait '{bookmark.Name}' of activity '{context.ActivityId}' is not one of a meeting."),
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Effect> Withdraw(ActivityContext context) => context.State.ContainsKey("linkId")
        ? [new LinkEnded(Kept(context, "linkId")), new MeetingCancelled(Kept(context, "meetingId"), context.EngagementId()) { Notice = new(context.EffectKey("withdrawn"), context.DefinitionVersionId, context.Data) }]
        : [];

    // Also when somebody of the staff called the meeting off meanwhile: then nobody is asked any more, and what follows (CollectMinutes) learns of it.
    private static ActivityResult TimeOut(ActivityContext context)
    {
        ActivityResult result = Complete(context, TaskOutcomes.TimedOut, context.Meeting(Kept(context, "meetingId")).StartsAt).With(new LinkEnded(Kept(context, "linkId")));
        return context.Meeting(Kept(context, "meetingId")).State == MeetingState.Cancelled
            ? result
            : result.With(context.Entry("answer-entry", Kept(context, "meetingId"), new("The client did not answer the invitation in time", "客户未在期限内答复会议邀请")));
    }

    private static ActivityResult Ask(ActivityContext context, Meeting meeting, MeetingNotice notice, LocalizedText time, TimelineEntryAdded entry)
    {
        Guid linkId = context.NewId("link");
        Guid bookmarkId = context.NewId("link-wait");
        context.State["linkId"] = linkId.ToString("D");
        DateTimeOffset answerBy = context.After(context.PositiveDuration("answerIn") ?? DefaultAnswerIn, CalendarAsked.OfClient);
        if (answerBy > meeting.StartsAt)
            answerBy = meeting.StartsAt;
        LinkIssued link = new(
            linkId, meeting.EngagementId, bookmarkId, context.DefinitionVersionId, context.AssetPath("form", "forms") ?? BuiltInForms.MeetingAnswer, MayDecline: true, answerBy, Message: null)
        {
            LocalizedMessage = new($"{meeting.Title.En}\n{time.En}", $"{meeting.Title.ZhCn}\n{time.ZhCn}"),
        };
        return ActivityResult
            .Wait(new WaitRequest(WaitNames.Link) { Id = bookmarkId, Key = linkId.ToString("D") }, new WaitRequest(WaitNames.TimeOut) { DueAt = answerBy })
            .With(link, new MeetingPlanned(meeting) { Notice = notice with { LinkId = linkId, AnswerBy = answerBy } }, entry);
    }

    private static ActivityResult Answer(ActivityContext context, PlainObject input)
    {
        MeetingReply reply = MeetingReply.Read(context, input);
        // Somebody may have moved it since it was arranged.
        Meeting meeting = context.Meeting(Kept(context, "meetingId"));
        string outcome = reply.Answer switch { MeetingAnswer.Declined => LinkDecision.Declined, MeetingAnswer.Proposed => NewTimeProposed, _ => Agreed };
        return Complete(context, outcome, meeting.StartsAt)
            .Set("proposedAt", reply.ProposedAt)
            .Set("comment", reply.Comment)
            .Set("answeredBy", reply.By)
            .With(reply.Kept(context, meeting, "answer-entry"));
    }

    private static ActivityResult Complete(ActivityContext context, string outcome, DateTimeOffset startsAt) => ActivityResult.Complete(outcome)
        .Set("meeting", Kept(context, "meetingId").ToString("D"))
        .Set("startsAt", startsAt)
        .Set("outcome", outcome);

    private static MeetingAudience AudienceOf(ActivityContext context) =>
        context.OneOf("audience", ["client", "internal"], "client") == "internal" ? MeetingAudience.Internal : MeetingAudience.Client;

    private static LocalizedText NameOfAudience(string audience) => audience == "internal" ? new("Staff alone", "仅内部") : new("With the client", "含客户");

    private static WorkCalendar CalendarOf(ActivityContext context) =>
        context.Calendar(AudienceOf(context) == MeetingAudience.Client ? CalendarAsked.OfClient : CalendarAsked.OfFirm);

    private static LocalizedText Title(ActivityContext context)
    {
        LocalizedText title = context.RequiredLocalized("title");
        foreach (string text in new[] { title.En, title.ZhCn })
        {
            if (TextRule.FaultOfLine(text, TextRule.NameLength) is { } fault)
                throw EngagementContext.Fault(context, "title", text, $"It cannot be used: {fault}.");
        }

        return title;
    }

    private static string? Series(ActivityContext context) =>
        context.OptionalText("series")?.Trim() is not { } series ? null
        : TextRule.FaultOfLine(series, SeriesLength) is { } fault ? throw EngagementContext.Fault(context, "series", series, $"It cannot be used: {fault}.")
        : series;

    private static Guid Kept(ActivityContext context, string name) => context.State[name] switch
    {
        Guid id => id,
        string text => Guid.Parse(text),
        _ => throw new InvalidOperationException($"EngagementFlows bug: '{name}' was not kept."),
    };
}
