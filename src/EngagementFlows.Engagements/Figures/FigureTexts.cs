using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Figures;

/// <summary>How people call the figures; the built-in form has the same words.</summary>
internal static class FigureTexts
{
    public static LocalizedText Engagements { get; } = new("Engagements", "项目数");
    public static LocalizedText PromisesKept { get; } = new("Promises kept", "已守约的承诺");
    public static LocalizedText PromisesBroken { get; } = new("Promises broken", "未守约的承诺");
    public static LocalizedText PromisesRunning { get; } = new("Promises running", "进行中的承诺");
    public static LocalizedText PromisesOverdue { get; } = new("Running promises that are overdue", "进行中已超时的承诺");
    public static LocalizedText TasksInTime { get; } = new("Tasks done in time", "按时完成的任务");
    public static LocalizedText TasksLate { get; } = new("Tasks done late or given up", "逾期完成或放弃的任务");
    public static LocalizedText TasksOpen { get; } = new("Tasks open", "未完成的任务");
    public static LocalizedText TasksOverdue { get; } = new("Open tasks that are overdue", "已逾期的未完成任务");
    public static LocalizedText QuestionsToUs { get; } = new("Questions that wait for us", "待我方答复的问题");
    public static LocalizedText QuestionsToClient { get; } = new("Questions that wait for the client", "待客户答复的问题");
    public static LocalizedText MilestonesInTime { get; } = new("Milestones reached in time", "按时达成的里程碑");
    public static LocalizedText MilestonesLate { get; } = new("Milestones reached late", "逾期达成的里程碑");
    public static LocalizedText MilestonesOverdue { get; } = new("Milestones overdue", "已逾期的里程碑");
    public static LocalizedText ComplaintsOpened { get; } = new("Complaints raised", "新增投诉");
    public static LocalizedText ComplaintsClosed { get; } = new("Complaints closed", "已结束的投诉");
    public static LocalizedText ComplaintsOpen { get; } = new("Complaints open", "处理中的投诉");
    public static LocalizedText ChangesDecided { get; } = new("Changes of the plan decided", "已确定的方案变更");
    public static LocalizedText MeetingsHeld { get; } = new("Meetings held", "已召开的会议");
    public static LocalizedText MeetingsMissed { get; } = new("Meetings missed", "未召开的会议");
    public static LocalizedText Satisfaction { get; } = new("Satisfaction, 1 to 5", "满意度（1 至 5）");
}
