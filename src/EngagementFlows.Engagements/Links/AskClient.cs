using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Documents;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Links;

/// <summary>Sends the engagement's contact a link to a form and waits for the answer.</summary>
public sealed class AskClient() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.AskClient",
    Category = EngagementInputs.ClientsCategory,
    DisplayName = new("Ask client", "询问客户"),
    Description = new(
        "Sends the contact a mail with a link to a form, reminds, and goes on with Answered, Declined or Timed out. The link works once and dies with this step.",
        "给联系人发送带表单链接的邮件并按时提醒，然后按“Answered”“Declined”或“Timed out”继续。链接只能用一次，步骤结束即失效。"),
    Inputs =
    [
        new("form", "String", new("Form", "表单"), new("A form of this process, like forms/intake.json.", "本流程的表单，例如 forms/intake.json。")) { IsRequired = true, UIHint = "dropdown", OfferedFrom = OfferedLists.Forms },
        new("mail", "String", new("Mail", "邮件"), new("The mail with the link: ask means mail/ask.en.md and mail/ask.zh-CN.md. It merges Link.", "带链接的邮件：ask 即 mail/ask.en.md 与 mail/ask.zh-CN.md，其中引用 Link。")) { IsRequired = true, UIHint = "dropdown", OfferedFrom = OfferedLists.Mails },
        new("reminderMail", "String", new("Reminder mail", "提醒邮件"), new("The mail of a reminder. Default: the first mail again.", "提醒时用的邮件，默认再发第一封。")) { UIHint = "dropdown", OfferedFrom = OfferedLists.Mails },
        new("message", "String", new("Message", "附言"), new("A text that mail and form page show, such as what is still missing; may be left out.", "邮件和表单页显示的文字，例如还缺什么，可省略。")) { UIHint = "multi-line" },
        EngagementInputs.Document,
        new("dueIn", "String", new("Due in", "期限"), new("How long the link works, like 10 working days or 14.00:00:00; after that the outcome is Timed out. Default 14 days.", "链接有效时间，例如 10 个工作日 或 14.00:00:00，超过后走“Timed out”出口，默认 14 天。")) { DefaultValue = "14.00:00:00", FaultOfLiteral = Duration.FaultOf },
        EngagementInputs.RemindEvery,
        EngagementInputs.Reminders,
        EngagementInputs.ClientCalendar,
        new("mayDecline", "Boolean", new("May decline", "允许谢绝"), new("Whether the form page offers to say no. Default true.", "表单页是否允许客户谢绝，默认允许。")) { DefaultValue = true, UIHint = "checkbox" },
        EngagementInputs.Prefill,
        new("confirmByCode", "Boolean", new("Confirm by code", "验证码确认"), new("Whether an answer or refusal counts only with a code that is mailed to the contact at that moment. For steps that bind the client. Default false.", "回复或谢绝是否须输入当场发到联系人邮箱的验证码才算数。适用于对客户有约束力的步骤，默认否。")) { DefaultValue = false, UIHint = "checkbox" },
    ],
    Outputs =
    [
        EngagementInputs.Answers,
        new("comment", "String", new("Comment", "原因"), new("Why the contact declined, or nothing.", "客户谢绝的原因，可能为空。")),
        new("answeredBy", "String", new("Answered by", "答复人"), new("The name of the contact who answered.", "答复者的姓名。")),
        EngagementInputs.Outcome,
    ],
    Outcomes = [LinkDecision.Answered, LinkDecision.Declined, TaskOutcomes.TimedOut],
    Kind = "Task",
})
{
    private static readonly LocalizedText ByCode = new(", confirmed by a code from the mailbox", "，并以邮箱验证码确认");
    private static readonly ElapsedTime DefaultDueIn = new(TimeSpan.FromDays(14));

    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        Guid linkId = context.NewId("link");
        Guid bookmarkId = context.NewId("link-wait");
        DueInstant expiry = context.DueAfter(context.PositiveDuration("dueIn") ?? DefaultDueIn, CalendarAsked.OfClient);
        DateTimeOffset expiresAt = expiry.At;
        Guid timeOutId = context.NewId("time-out");
        ReminderPlan plan = ReminderPlan.Make(context, CalendarAsked.OfClient, expiresAt);
        plan.Save(context.State);
        context.State["linkId"] = linkId.ToString("D");
        string form = context.AssetPath("form", "forms") ?? throw EngagementContext.Fault(context, "form", null, "Name a form of the process folder, like 'forms/intake.json'.");
        List<WaitRequest> waits =
        [
            new(WaitNames.Link) { Id = bookmarkId, Key = linkId.ToString("D") },
            new(WaitNames.TimeOut) { Id = timeOutId, DueAt = expiresAt },
        ];
        plan.AddWait(context, sent: 0, waits);
        return ActivityResult.Wait([.. waits]).With(
        [
            new LinkIssued(linkId, context.EngagementId(), bookmarkId, context.DefinitionVersionId, form, MayDecline(context), expiresAt, context.OptionalText("message"), ConfirmByCode(context)) { DocumentVersionId = context.DocumentVersionId(), Prefill = context.Prefill() },
            Mail(context, MailName.Of(context, "mail"), linkId, reminder: 0, expiresAt) with { DueIsProvisional = expiry.IsProvisional },
            .. expiry.Note(ProvisionalKind.Link, bookmarkId, context.EngagementId(), timeOutId),
        ]);
    }

    /// <inheritdoc/>
    public override ActivityResult Resume(ActivityContext context, Bookmark bookmark, PlainObject input) => bookmark.Name switch
    {
        WaitNames.Link => Answer(context, input),
        WaitNames.Reminder => Remind(context),
        WaitNames.TimeOut => ActivityResult.Complete(TaskOutcomes.TimedOut).With(
            new LinkEnded(LinkId(context)),
            Entry(context, new("The client did not answer in time", "客户未在期限内答复"), actor: null)),
        _ => throw new InvalidOperationException($"EngagementFlows bug: wait '{bookmark.Name}' of activity '{context.ActivityId}' is not one of a link."),
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Effect> Withdraw(ActivityContext context) =>
        context.State.ContainsKey("linkId") ? [new LinkEnded(LinkId(context))] : [];

    private static ActivityResult Answer(ActivityContext context, PlainObject input)
    {
        bool declined = input["Outcome"] as string == LinkDecision.Declined;
        if (!declined && input["Answers"] is not PlainObject)
            throw new ActivityFaultException($"Activity '{context.ActivityId}' was resumed without the input 'Answers'. Answer its form through the link instead of resuming the wait by hand.");
        string outcome = declined ? LinkDecision.Declined : LinkDecision.Answered;
        bool confirmed = input["Confirmed"] is true;
        string reason = declined && input["Comment"] is string { Length: > 0 } comment ? comment : "";
        LocalizedText text = declined
            ? new($"The client declined{(confirmed ? ByCode.En : "")}{(reason.Length > 0 ? $" – {reason}" : "")}", $"客户谢绝{(confirmed ? ByCode.ZhCn : "")}{(reason.Length > 0 ? $"（{reason}）" : "")}")
            : new($"The client answered the form{(confirmed ? ByCode.En : "")}", $"客户已填写表单{(confirmed ? ByCode.ZhCn : "")}");
        return ActivityResult.Complete(outcome)
            .Set("answers", input["Answers"])
            .Set("comment", input["Comment"])
            .Set("answeredBy", input["AnsweredBy"])
            .Set("outcome", outcome)
            .With(Entry(context, text, input["AnsweredBy"] as string));
    }

    private static ActivityResult Remind(ActivityContext context)
    {
        int number = ReminderPlan.NumberOf(context);
        ReminderPlan plan = ReminderPlan.Load(context.State);
        List<WaitRequest> waits = [];
        plan.AddWait(context, number, waits);
        string template = MailName.Optional(context, "reminderMail") ?? MailName.Of(context, "mail");
        return ActivityResult.Wait([.. waits]).With(Mail(context, template, LinkId(context), number, plan.EndsAt));
    }

    private static ClientMailRequested Mail(ActivityContext context, string template, Guid linkId, int reminder, DateTimeOffset? dueAt) => new(
        context.NewId($"mail-{reminder}"), context.EffectKey(reminder == 0 ? "ask" : $"reminder-{reminder}"), context.EngagementId(), context.DefinitionVersionId, template, context.Data)
    {
        LinkId = linkId,
        DueAt = dueAt,
        Message = context.OptionalText("message"),
        Reminder = reminder,
    };

    private static bool MayDecline(ActivityContext context) => context.Input("mayDecline") is not false;

    private static bool ConfirmByCode(ActivityContext context) => context.Input("confirmByCode") is true;

    private static TimelineEntryAdded Entry(ActivityContext context, LocalizedText text, string? actor) =>
        new(context.NewId("link-entry"), context.EngagementId(), TimelineKinds.Answer, text, actor, LinkId(context));

    private static Guid LinkId(ActivityContext context) =>
        context.State["linkId"] switch
        {
            Guid id => id,
            string text => Guid.Parse(text),
            _ => throw new InvalidOperationException("EngagementFlows bug: the link's id was not kept."),
        };
}
