using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.Inbox;

/// <summary>The words about human tasks.</summary>
internal static class InboxTexts
{
    public static LocalizedText NoneTitle { get; } = new("Nothing waits for you", "没有待办事项");
    public static LocalizedText NoneLine { get; } = new(
        "Approvals and tasks that a flow gives to you or your role appear here, the most urgent first.",
        "流程分配给您或您角色的审批和任务会显示在这里，最紧急的排在最前。");
    public static LocalizedText PickOne { get; } = new("Choose a task on the left.", "请在左侧选择一项。");
    public static LocalizedText Approval { get; } = new("Approval", "审批");
    public static LocalizedText Work { get; } = new("Task", "任务");
    public static LocalizedText Due { get; } = new("due {0}", "{0}到期");
    public static LocalizedText Overdue { get; } = new("overdue by {0}", "已逾期 {0}");
    public static LocalizedText NoDue { get; } = new("no due date", "无截止时间");
    public static LocalizedText Escalated { get; } = new("escalated", "已升级");
    public static LocalizedText Client { get; } = new("Client", "客户");
    public static LocalizedText Engagement { get; } = new("Engagement", "项目");
    public static LocalizedText AskedBy { get; } = new("Given to", "处理人");
    public static LocalizedText Since { get; } = new("Given", "分配时间");
    public static LocalizedText DueLabel { get; } = new("Due", "截止时间");
    public static LocalizedText Flow { get; } = new("Flow", "流程");
    public static LocalizedText ShowFlow { get; } = new("Show the flow", "查看流程");
    public static LocalizedText Answers { get; } = new("What the client answered", "客户的回复");
    public static LocalizedText EarlierAnswers { get; } = new("Earlier answers", "更早的回复");
    public static LocalizedText Comment { get; } = new("Comment", "意见");
    public static LocalizedText CommentHint { get; } = new("Needed for reject and return: whoever reads it wants to know why.", "拒绝或退回时必填，以便对方了解原因。");
    public static LocalizedText Open { get; } = new("Open", "待处理");
    public static LocalizedText Completed { get; } = new("Done", "已处理");
    public static LocalizedText Expired { get; } = new("Time ran out", "已超时");
    public static LocalizedText Withdrawn { get; } = new("Withdrawn", "已撤回");
    public static LocalizedText DoneBy { get; } = new("{0} by {1} on {2}", "{2}由 {1} {0}");
    public static LocalizedText ClosedOn { get; } = new("{0} on {1}", "{1}{0}");
    public static LocalizedText Back { get; } = new("All tasks", "全部待办");
    public static LocalizedText Decided { get; } = new("Done: {0}.", "已处理：{0}。");
    public static LocalizedText DecidedNext { get; } = new("Done: {0}. This is the next one.", "已处理：{0}。这是下一项。");
    public static LocalizedText AlreadyClosed { get; } = new("Nothing was changed: the task has been closed in the meantime.", "没有任何改动：该任务已被处理或关闭。");
    public static LocalizedText NotYours { get; } = new("Nothing was changed: this task is not yours.", "没有任何改动：此任务不由您处理。");
    public static LocalizedText OwnRequest { get; } = new("Nothing was changed: nobody approves his own request. A colleague with your role can.", "没有任何改动：不能审批自己的申请，可由同角色的同事处理。");
    public static LocalizedText AlreadyHeard { get; } = new("Nothing was changed: you have decided about this already; each voice counts once. Somebody else must answer this one.", "没有任何改动：您已就此作出决定，每人只计一次，需由他人处理。");
    public static LocalizedText OutdatedVersion { get; } = new("Nothing was changed: the document has a newer version, or is signed off. Decide about that one.", "没有任何改动：文件已有更新版本或已签署，请对新版本作出决定。");
    public static LocalizedText UnknownOutcome { get; } = new("Nothing was changed: the task has no such outcome. Load the page again.", "没有任何改动：任务没有该选项，请刷新页面。");
    public static LocalizedText CommentMissing { get; } = new("Please say why in a comment.", "请填写意见，说明原因。");
    public static LocalizedText CommentFaulty { get; } = new("The comment cannot be stored: at most {0} characters, no special signs.", "意见无法保存：最多 {0} 个字符，且不能含特殊符号。");
    public static LocalizedText FormFaulty { get; } = new("Please look at the marked questions again.", "请检查标出的问题。");
    public static LocalizedText Refused { get; } = new("Nothing was changed: {0}", "没有任何改动：{0}");
}
