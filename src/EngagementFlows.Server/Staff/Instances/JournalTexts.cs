using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.Instances;

/// <summary>The sentences of the journal.</summary>
internal static class JournalTexts
{
    public static LocalizedText Flow { get; } = new("The flow", "流程");
    public static LocalizedText Waits { get; } = new("{0}: began to wait", "{0}：开始等待");
    public static LocalizedText Completed { get; } = new("{0}: done", "{0}：完成");
    public static LocalizedText CompletedWith { get; } = new("{0}: done, went on with “{1}”", "{0}：完成，走向“{1}”");
    public static LocalizedText TakenBack { get; } = new("{0}: taken back", "{0}：已撤回");
    public static LocalizedText Failed { get; } = new("{0}: failed. {1}", "{0}：失败。{1}");
    public static LocalizedText Line { get; } = new("Wrote: {0}", "输出：{0}");
    public static LocalizedText Cancelled { get; } = new("Cancelled. {0}", "已取消。{0}");
    public static LocalizedText Retried { get; } = new("{0}: tried again", "{0}：重试");
    public static LocalizedText RetriedSince { get; } = new("{0}: tried again. {1}", "{0}：重试。{1}");
    public static LocalizedText Skipped { get; } = new("{0}: skipped. {1}", "{0}：已跳过。{1}");
    public static LocalizedText VariableSet { get; } = new("Variable set: {0}", "变量已设置：{0}");
    public static LocalizedText Title { get; } = new("Journal", "运行记录");
    public static LocalizedText NoneTitle { get; } = new("Nothing is written yet", "暂无记录");
    public static LocalizedText MoreEntries { get; } = new("Show later entries", "显示后续记录");
}
