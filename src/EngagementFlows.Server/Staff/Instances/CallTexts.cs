using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.Instances;

/// <summary>The words about outside calls of which nobody knows whether they happened.</summary>
internal static class CallTexts
{
    public static LocalizedText Title { get; } = new("Did this call happen?", "这次调用是否已发生？");
    public static LocalizedText Hint { get; } = new(
        "The process that made this call ended before it recorded an answer. It is not made again by itself, since the other side may have acted on it. Ask there, then decide.",
        "发起此调用的进程在记录结果前已结束。对方可能已执行，因此系统不会自动重试。请先向对方核实，再作决定。");
    public static LocalizedText Since { get; } = new("Uncertain since", "不确定始于");
    public static LocalizedText Status { get; } = new("It was answered with status", "对方返回的状态码");
    public static LocalizedText Happened { get; } = new("It happened: go on with this status", "已发生：以此状态码继续");
    public static LocalizedText HappenedHint { get; } = new("The flow goes on as if this answer had come, without a body.", "流程将视为收到该回应（无正文）并继续。");
    public static LocalizedText Again { get; } = new("Call again", "重新调用");
    public static LocalizedText AgainHint { get; } = new("If the first call did happen after all, the other side gets it twice.", "如果第一次调用其实已发生，对方会收到两次。");
    public static LocalizedText LetBe { get; } = new("It did not happen: go on without it", "未发生：不再调用并继续");
    public static LocalizedText LetBeHint { get; } = new("The flow goes on as after a call that got no connection.", "流程将视为连接失败并继续。");
    public static LocalizedText Noted { get; } = new("Noted: the flow goes on.", "已记录，流程继续。");
    public static LocalizedText AgainDone { get; } = new("The call is made again.", "正在重新调用。");
    public static LocalizedText StatusMissing { get; } = new("Nothing was changed: please give a status from 200 to 599.", "没有任何改动：请填写 200 到 599 之间的状态码。");
    public static LocalizedText AlreadySettled { get; } = new(
        "Nothing was changed: meanwhile somebody has decided, the answer has come, or the flow has ended.",
        "没有任何改动：已有人处理、已收到回应，或流程已结束。");
}
