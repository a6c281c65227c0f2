using EngagementFlows.Engagements.Cases;
using EngagementFlows.Engagements.Documents;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Definitions;

namespace EngagementFlows.Server.Staff.Instances;

/// <summary>Says in words which way an activity went; an outcome that a flow named itself, and not in both languages, is its own text.</summary>
internal static class OutcomeWords
{
    /// <summary>Returns the words of the flow's author, if he gave any, and else ours.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="definition">The version of the flow; <see langword="null"/> = it is not known.</param>
    public static LocalizedText Of(string outcome, WorkflowDefinition? definition) => definition?.OutcomeNames.GetValueOrDefault(outcome) ?? Of(outcome);

    public static LocalizedText Of(string outcome) => outcome switch
    {
        "True" => new("Yes", "是"),
        "False" => new("No", "否"),
        "Default" => new("Default", "默认"),
        "Completed" => new("Completed", "已完成"),
        "Canceled" => new("Cancelled", "已取消"),
        TaskOutcomes.Approved => new("Approved", "已批准"),
        TaskOutcomes.Rejected => new("Rejected", "已拒绝"),
        TaskOutcomes.Returned => new("Returned", "已退回"),
        ScheduleMeeting.Agreed => new("Agreed", "已约定"),
        ScheduleMeeting.NewTimeProposed => new("New time proposed", "已提出其他时间"),
        CollectMinutes.Cancelled => new("Cancelled", "已取消"),
        ReadVersion.Found => new("Found", "已找到"),
        ReadVersion.NotFound => new("Not found", "未找到"),
        Escalate.Escalated => new("Escalated", "已升级"),
        Escalate.Top => new("On the last rung", "已在最高一级"),
        LinkDecision.Answered => new("Answered", "已回复"),
        LinkDecision.Declined => new("Declined", "已谢绝"),
        "Unmatched status code" => new("Unmatched status code", "未匹配的状态码"),
        "Failed to connect" => new("Failed to connect", "连接失败"),
        "Timeout" => new("Timeout", "超时"),
        "Request too large" => new("Request too large", "请求过大"),
        "File too large" => new("File too large", "文件过大"),
        "Invalid file extension" => new("Invalid file extension", "文件扩展名无效"),
        "Invalid file MIME type" => new("Invalid file MIME type", "文件类型无效"),
        _ => TaskOutcomes.NameOf(outcome),
    };
}
