using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.Starts;

/// <summary>The words of the page on which a flow is started by hand.</summary>
internal static class StartTexts
{
    public static LocalizedText Title { get; } = new("Start a flow", "启动流程");
    public static LocalizedText Line { get; } = new("It begins at once for this engagement: tasks are given and mails are written as the flow has them.", "流程将立即为此项目启动，并按流程分配任务、发送邮件。");
    public static LocalizedText Which { get; } = new("Which flow?", "选择流程");
    public static LocalizedText Choose { get; } = new("Go on", "下一步");
    public static LocalizedText Version { get; } = new("version {0}", "第 {0} 版");
    public static LocalizedText Other { get; } = new("Another flow", "选择其他流程");
    public static LocalizedText NoneTitle { get; } = new("No flow to start", "没有可启动的流程");
    public static LocalizedText NoneLine { get; } = new("Published flows that are about an engagement and do not begin by themselves stand here.", "已发布、与项目相关且不会自动启动的流程会显示在这里。");
    public static LocalizedText Inputs { get; } = new("What it begins with", "启动参数");
    public static LocalizedText InputsLine { get; } = new("What you leave empty the flow does not get.", "留空的参数不会传给流程。");
    public static LocalizedText AsJson { get; } = new("As JSON, such as {0}.", "请用 JSON 填写，例如 {0}。");
    public static LocalizedText NotGiven { get; } = new("Not given", "不提供");
    public static LocalizedText Yes { get; } = new("Yes", "是");
    public static LocalizedText No { get; } = new("No", "否");
    public static LocalizedText UnderWay { get; } = new("One is under way for this engagement already, begun {0}.", "此项目已有一个该流程在运行，启动于{0}。");
    public static LocalizedText SeeIt { get; } = new("See it", "查看");
    public static LocalizedText Start { get; } = new("Start “{0}”", "启动“{0}”");
    public static LocalizedText Started { get; } = new("The flow has been started.", "流程已启动。");
    public static LocalizedText NotStarted { get; } = new("Nothing was started. {0}", "流程未启动。{0}");
    public static LocalizedText PageTooOld { get; } = new("Nothing was started: this page was incomplete. Please send it once more.", "流程未启动：页面内容不完整，请重新提交。");
    public static LocalizedText NotNumber { get; } = new("“{0}” must be a number.", "“{0}”必须是数字。");
    public static LocalizedText NotJson { get; } = new("“{0}” is no JSON that can be read.", "“{0}”不是可读取的 JSON。");
    public static LocalizedText TextFaulty { get; } = new("“{0}” holds a character that cannot be kept, or is longer than {1} characters.", "“{0}”包含无法保存的字符，或超过 {1} 个字符。");
}
