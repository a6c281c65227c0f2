using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.Incidents;

/// <summary>The words about incidents.</summary>
internal static class IncidentTexts
{
    public static LocalizedText NoneTitle { get; } = new("No incidents", "没有异常");
    public static LocalizedText NoneLine { get; } = new(
        "When a step fails it waits here for a person; everything committed before stays as it is.",
        "步骤失败后会在这里等待处理；此前已提交的内容保持不变。");
    public static LocalizedText ClosedTitle { get; } = new("In files that you do not read", "您无权查阅的档案中");
    public static LocalizedText ClosedLine { get; } = new(
        "What failed is shown to the readers of the file alone. You can try the step again, or tell one of them.",
        "失败内容仅对该档案的查阅人可见。您可以重试该步骤，或告知其中一位。");
    public static LocalizedText What { get; } = new("What failed", "失败内容");
    public static LocalizedText Where { get; } = new("Where", "位置");
    public static LocalizedText Since { get; } = new("Since", "发生时间");
    public static LocalizedText Attempts { get; } = new("Attempts", "尝试次数");
    public static LocalizedText Activity { get; } = new("Activity", "节点");
    public static LocalizedText Cause { get; } = new("Innermost cause", "根本原因");
    public static LocalizedText Expression { get; } = new("Expression", "表达式");
    public static LocalizedText Line { get; } = new("line {0}", "第 {0} 行");
    public static LocalizedText Value { get; } = new("Value found", "实际值");
    public static LocalizedText Mend { get; } = new("Mend", "处理");
    public static LocalizedText Retry { get; } = new("Try the step again", "重试此步骤");
    public static LocalizedText RetryHint { get; } = new("Runs the step once more with the data as it is now.", "用当前数据再执行一次此步骤。");
    public static LocalizedText SetAndRetry { get; } = new("Set variable and try again", "设置变量并重试");
    public static LocalizedText Variable { get; } = new("Variable", "变量名");
    public static LocalizedText NewValue { get; } = new("New value, as JSON: 12, true, \"text\"", "新的值（JSON 格式）：12、true、\"文字\"");
    public static LocalizedText Skip { get; } = new("Skip the step", "跳过此步骤");
    public static LocalizedText SkipHint { get; } = new("The step counts as done without being run; the flow follows the outcome that you choose.", "此步骤视为已完成而不执行，流程按所选出口继续。");
    public static LocalizedText Outcome { get; } = new("Outcome to follow (empty = Done)", "后续出口（留空即 Done）");
    public static LocalizedText CancelInstance { get; } = new("Cancel the instance", "取消整个实例");
    public static LocalizedText CancelHint { get; } = new("Ends the whole run; its open tasks and links end with it.", "结束整个运行；其未完成的任务和链接一并终止。");
    public static LocalizedText Resolved { get; } = new("Mended on {0} by {1}: {2}", "{0}由 {1} 处理：{2}");
    public static LocalizedText Why { get; } = new("Reason", "原因");
    public static LocalizedText Engine { get; } = new("the engine", "引擎");
    public static LocalizedText Retried { get; } = new("tried again", "已重试");
    public static LocalizedText Skipped { get; } = new("skipped", "已跳过");
    public static LocalizedText CancelledWord { get; } = new("cancelled", "已取消");
    public static LocalizedText Done { get; } = new("The incident is mended.", "异常已处理。");
    public static LocalizedText AgainFailed { get; } = new("The step was tried again and failed again.", "已重试，但步骤再次失败。");
    public static LocalizedText AlreadyMended { get; } = new("Nothing was changed: the incident has been mended in the meantime.", "没有任何改动：该异常已被处理。");
    public static LocalizedText Refused { get; } = new("Nothing was changed: {0}", "没有任何改动：{0}");
    public static LocalizedText ReasonMissing { get; } = new("Nothing was changed: say why, so that the audit is complete.", "没有任何改动：请填写原因，以便审计完整。");
    public static LocalizedText ValueFaulty { get; } = new("Nothing was changed: “{0}” is not JSON. Write text in quotes, like \"Berlin\".", "没有任何改动：“{0}”不是有效的 JSON。文字请加引号，例如 \"柏林\"。");
    public static LocalizedText VariableMissing { get; } = new("Nothing was changed: name the variable.", "没有任何改动：请填写变量名。");
}
