using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.Problems;

/// <summary>The words of the pages that are shown instead of what was asked for.</summary>
internal static class ProblemTexts
{
    public static LocalizedText NotFound { get; } = new("There is nothing at this address", "这个地址没有内容");
    public static LocalizedText NotFoundWay { get; } = new(
        "The link may be old or mistyped. The search on the first page finds clients and instances by name or id.",
        "链接可能已失效或输入有误。可在首页用搜索按名称或编号查找客户和实例。");
    public static LocalizedText Forbidden { get; } = new("Your role does not allow this", "您的角色无权执行此操作");
    public static LocalizedText ForbiddenWay { get; } = new(
        "Nothing was changed. An administrator can give the role that this page needs.",
        "没有任何改动。如需权限，请联系管理员。");
    public static LocalizedText BadForm { get; } = new("The page was open for too long, or the form did not come from it", "页面打开时间过长，或表单并非来自该页面");
    public static LocalizedText BadFormWay { get; } = new(
        "Nothing was changed. Go back, load the page again and repeat the step.",
        "没有任何改动。请返回并刷新页面后再操作一次。");
    public static LocalizedText Unavailable { get; } = new("The database does not answer", "数据库没有响应");
    public static LocalizedText UnavailableWay { get; } = new(
        "Nothing that was confirmed before is lost. Try again in a minute; if it stays so, an administrator finds the cause with the command 'doctor'.",
        "之前已确认的内容不会丢失。请一分钟后重试；如仍无法恢复，管理员可用 doctor 命令查找原因。");
    public static LocalizedText Failed { get; } = new("This page could not be made", "页面无法显示");
    public static LocalizedText FailedWay { get; } = new(
        "What was confirmed before is safe. Try again; if it happens again, give an administrator this number, which stands in the log: {0}",
        "之前已确认的内容不受影响。请重试；如再次出现，请把下面的编号告诉管理员，日志中可按此查找：{0}");
    public static LocalizedText GoHome { get; } = new("Go to the first page", "回到首页");
}
