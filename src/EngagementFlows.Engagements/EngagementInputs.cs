using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engagements;

/// <summary>Inputs that several of our activities share, so that they read the same everywhere in the designer.</summary>
internal static class EngagementInputs
{
    public static readonly LocalizedText TasksCategory = new("Tasks", "任务");
    public static readonly LocalizedText ClientsCategory = new("Clients", "客户");
    public static readonly LocalizedText DocumentsCategory = new("Documents", "文件");
    public static readonly LocalizedText CasesCategory = new("Cases", "事项");
    public static readonly LocalizedText MeetingsCategory = new("Meetings", "会议");
    public static readonly LocalizedText FiguresCategory = new("Figures", "统计");
    public static readonly LocalizedText TimeCategory = new("Time", "时间");
    public static readonly LocalizedText PromisesCategory = new("Promises", "承诺");

    public static readonly InputDescriptor Title = new("title", "String", new("Title", "标题"), new("What is to be done, in a line of English.", "用一行英文说明要做什么。")) { IsRequired = true };

    public static readonly InputDescriptor TitleZh = new("titleZh", "String", new("Title (Chinese)", "标题（中文）"), new("The same line in Chinese.", "同一行的中文。")) { IsRequired = true };

    public static readonly InputDescriptor Instructions = new("instructions", "String", new("Instructions", "说明"), new("How to do it, in English; may be left out.", "英文的具体说明，可省略。")) { UIHint = "multi-line" };

    public static readonly InputDescriptor InstructionsZh = new("instructionsZh", "String", new("Instructions (Chinese)", "说明（中文）"), new("The same in Chinese.", "同一说明的中文。")) { UIHint = "multi-line" };

    public static readonly InputDescriptor Form = new("form", "String", new("Form", "表单"), new("A form of this process, like forms/check.json; may be left out.", "本流程的表单，例如 forms/check.json，可省略。")) { UIHint = "dropdown", OfferedFrom = OfferedLists.Forms };

    public static readonly InputDescriptor Document = new("document", "String", new("Document", "文件版本"), new("The version of a document that is shown and decided about: the output Version of Propose version. May be left out.", "所展示并据以决定的文件版本：即“提出版本”的输出 Version。可省略。"));

    public static readonly InputDescriptor Case = new("case", "String", new("Case", "事项"), new("The case: the output Case of Open case.", "事项：即“登记事项”的输出 Case。"));

    public static readonly InputDescriptor Meeting = new("meeting", "String", new("Meeting", "会议"), new("The meeting: the output Meeting of Schedule meeting.", "会议：即“安排会议”的输出 Meeting。")) { IsRequired = true };

    public static readonly InputDescriptor MeetingTime = new("when", "Object", new("When", "时间"), new("An instant, a local time like 2026-03-30T10:00, or in 5 working days at 10:00, by the calendar.", "某一时刻、当地时间（例如 2026-03-30T10:00），或按日历计算，例如 5 个工作日后 10:00。")) { IsRequired = true };

    public static readonly InputDescriptor Place = new("place", "String", new("Place", "地点"), new("A room, or the address of an online meeting; may be left out.", "会议室或在线会议地址，可省略。"));

    public static readonly InputDescriptor Remind = new("remind", "Boolean", new("Remind", "提醒"), new("Whether everybody who has not declined is reminded on the working day before. Default true.", "是否在前一个工作日提醒未谢绝的参会人，默认提醒。")) { DefaultValue = true, UIHint = "checkbox" };

    public static readonly InputDescriptor MeetingMail = new("mail", "String", new("Mail to the client", "给客户的邮件"), new("A mail of this process that the client gets instead of the usual letter: kickoff means mail/kickoff.en.md and mail/kickoff.zh-CN.md. It merges Meeting and Link.", "代替通用信件发给客户的本流程邮件：kickoff 即 mail/kickoff.en.md 与 mail/kickoff.zh-CN.md，其中引用 Meeting 与 Link。")) { UIHint = "dropdown", OfferedFrom = OfferedLists.Mails };

    public static readonly InputDescriptor MeetingReminderMail = new("reminderMail", "String", new("Reminder mail to the client", "给客户的提醒邮件"), new("The same for the reminder.", "提醒时用的本流程邮件。")) { UIHint = "dropdown", OfferedFrom = OfferedLists.Mails };

    public static readonly InputDescriptor DueIn = new("dueIn", "String", new("Due in", "期限"), new("How long it may take, like 3 working days or 3.00:00:00; after that the outcome is Timed out. Left out, it waits without end.", "最长等待时间，例如 3 个工作日 或 3.00:00:00；超过后走“Timed out”出口。省略则一直等待。")) { FaultOfLiteral = Duration.FaultOf };

    public static readonly InputDescriptor DueOn = new("dueOn", "Object", new("Due on", "截止日期"), new("A date like 2026-05-04 (the end of that working day, or of the next one), or an instant; a date that has passed counts as this day. Instead of Due in.", "日期，例如 2026-05-04（当天下班时，休息日则为下一工作日），或某一时刻；已过的日期按当天计算。与“期限”二选一。"));

    public static readonly InputDescriptor Prefill = new("prefill", "Object", new("Prefilled answers", "预填内容"), new("What stands in the form at first: answers by question, as an earlier form gave them. May be left out.", "表单打开时已填好的内容：各题的答案，例如之前表单的填写结果。可省略。")) { UIHint = "multi-line" };

    public static readonly InputDescriptor StaysOpen = new("staysOpen", "Boolean", new("Stays open", "逾期仍保留"), new("Whether the task stays open as overdue when its time is over, instead of the outcome Timed out. Default false.", "到期后任务是否作为逾期任务保留，而不走“Timed out”出口，默认否。")) { DefaultValue = false, UIHint = "checkbox" };

    public static readonly InputDescriptor RemindEvery = new("remindEvery", "String", new("Remind every", "催办间隔"), new("Time between reminders by mail, like 2 working days or 2.00:00:00. Left out, nobody is reminded.", "两次邮件催办之间的时间，例如 2 个工作日 或 2.00:00:00。省略则不催办。")) { FaultOfLiteral = Duration.FaultOf };

    public static readonly InputDescriptor Reminders = new("reminders", "Int32", new("Reminders at most", "催办次数上限"), new("How many reminders are sent at most, 0 to 20. Default 2.", "最多催办几次，0 至 20，默认 2。")) { DefaultValue = 2L };

    public static readonly InputDescriptor EscalateAfter = new("escalateAfter", "String", new("Escalate after", "升级时间"), new("After this time, like 1 working day or 1.00:00:00, the next person up the ladder may do it as well. Left out, it is not escalated.", "超过此时间（例如 1 个工作日 或 1.00:00:00）后，上一级人员也可处理。省略则不升级。")) { FaultOfLiteral = Duration.FaultOf };

    /// <summary>How often a task is reminded of that may be due on a date (<see cref="DueOn"/>).</summary>
    public static readonly InputDescriptor RemindOfDated = RemindEvery with { Description = new("Time between reminders by mail, like 2 working days or 2.00:00:00. Of a task that stays open after its date (Due on) the first comes on that date. Left out, nobody is reminded.", "两次邮件催办之间的时间，例如 2 个工作日 或 2.00:00:00。设有截止日期且逾期仍保留的任务，自截止日期起催办。省略则不催办。") };

    /// <summary>After how long a task is escalated that may be due on a date (<see cref="DueOn"/>).</summary>
    public static readonly InputDescriptor EscalateDated = EscalateAfter with { Description = new("After this time, like 1 working day or 1.00:00:00, the next person up the ladder may do it as well; of a task that stays open after its date (Due on) it counts from that date. Left out, it is not escalated.", "超过此时间（例如 1 个工作日 或 1.00:00:00）后，上一级人员也可处理；设有截止日期且逾期仍保留的任务，自截止日期起计算。省略则不升级。") };

    public static readonly InputDescriptor ClientCalendar = new("calendar", "String", new("Calendar", "日历"), new("By which working time counts: client, firm, or the name of a calendar. Default client.", "计算工作时间所用的日历：client（客户）、firm（本公司）或日历名称，默认 client。")) { DefaultValue = CalendarAsked.OfClient, UIHint = "dropdown", OfferedFrom = OfferedLists.Calendars };

    public static readonly InputDescriptor FirmCalendar = new("calendar", "String", new("Calendar", "日历"), new("By which working time counts: firm, client, or the name of a calendar. Default firm.", "计算工作时间所用的日历：firm（本公司）、client（客户）或日历名称，默认 firm。")) { DefaultValue = CalendarAsked.OfFirm, UIHint = "dropdown", OfferedFrom = OfferedLists.Calendars };

    public static readonly InputDescriptor ClockName = new("name", "String", new("Name", "名称"), new("What is promised, like answer; the same name stops the clock.", "承诺的内容，例如 answer；停止计时时使用同一名称。")) { IsRequired = true };

    public static readonly OutputDescriptor Outcome = new("outcome", "String", new("Outcome", "结果"), new("The outcome that was chosen.", "所选的结果。"));

    public static readonly OutputDescriptor Comment = new("comment", "String", new("Comment", "意见"), new("What the person wrote with it, or nothing.", "随结果填写的意见，可能为空。"));

    public static readonly OutputDescriptor CompletedBy = new("completedBy", "String", new("Completed by", "处理人"), new("The mail address of the person who did it.", "处理人的邮箱地址。"));

    public static readonly OutputDescriptor Answers = new("answers", "Object", new("Answers", "填写内容"), new("The answers of the form by question, or nothing.", "表单各题的填写内容，可能为空。"));
}
