using EngagementFlows.Engine;

namespace EngagementFlows.Server.Studio.Hosting;

/// <summary>The words of the page around the Studio; the Studio's own English is overlaid by <c>designer.zh-CN.json</c>.</summary>
internal static class DesignerTexts
{
    public static LocalizedText Loading { get; } = new("Loading the designer", "正在载入设计器");

    public static LocalizedText FirstTime { get; } = new(
        "The first time takes longer: about 10 MB come over the line, and stay in your browser.",
        "首次载入需要较长时间：约 10 MB 的程序会下载并保存在您的浏览器中。");

    public static LocalizedText NeedsScript { get; } = new(
        "The designer is a program that runs in the browser, and this browser runs no scripts here. The list of flows shows without it.",
        "设计器是在浏览器中运行的程序，而此浏览器未启用脚本。无脚本时可查看流程定义列表。");

    public static LocalizedText Narrow { get; } = new(
        "Drawing wants a wider window. Lists and instances can be read here.",
        "绘制流程需要更宽的窗口；在这里可以查看列表和实例。");

    public static LocalizedText SessionEnded { get; } = new("Your session has ended", "登录已过期");

    public static LocalizedText SessionEndedHint { get; } = new(
        "Nothing is lost: your work waits in this tab. Sign in in another tab and come back; what was not saved yet is then sent.",
        "您的工作没有丢失，仍保留在此标签页中。请在新标签页登录后返回，尚未保存的内容会自动提交。");

    public static LocalizedText SignIn { get; } = new("Sign in (new tab)", "登录（新标签页）");

    public static LocalizedText SendAgain { get; } = new("I have signed in: go on", "我已登录，继续");

    public static LocalizedText StillSignedOut { get; } = new("You are not signed in yet.", "您尚未登录。");

    public static LocalizedText Broken { get; } = new(
        "A part of the designer has failed. What was saved is safe; load the page anew before you go on.",
        "设计器的某一部分出错。已保存的内容不受影响，请重新载入页面后继续。");

    public static LocalizedText Reload { get; } = new("Load anew", "重新载入");

    public static LocalizedText Rehearse { get; } = new("Rehearse", "演练");

    public static LocalizedText Rehearsal { get; } = new("Rehearsal", "流程演练");

    public static LocalizedText Redrawn { get; } = new(
        "The flow was saved anew: the next step plays it as it is now.",
        "流程已重新保存，下一步将按最新内容运行。");

    public static LocalizedText Estimated { get; } = new("There are many: their total is estimated.", "实例较多，总数为估算值。");

    public static LocalizedText Close { get; } = new("Close", "关闭");

    /// <summary>Gets what <c>designer.js</c> says, by the name under which it asks; <c>notice-…</c> are the codes of the header <c>X-EngagementFlows-Notice</c>.</summary>
    public static IReadOnlyDictionary<string, LocalizedText> ForScript { get; } = new Dictionary<string, LocalizedText>(StringComparer.Ordinal)
    {
        ["forbidden"] = new("Your roles do not allow this. Nothing was changed.", "您的角色无权执行此操作，未做任何更改。"),
        ["missing"] = new("What this page is about is not there, or not any more.", "此页面的内容不存在或已被删除。"),
        ["unreachable"] = new("The server does not answer. It is asked again; keep this tab open.", "服务器没有响应，正在重试，请不要关闭此标签页。"),
        ["failed"] = new("The server could not do this. If it happens again, tell your administrator.", "服务器未能完成此操作。如再次出现，请告知管理员。"),
        ["nothing-here"] = new("There is nothing at this address.", "此地址没有内容。"),
        ["no-flow"] = new("This is no flow: the file is cut off, or holds something else. Export the flow again.", "这不是流程文件：内容不完整，或是其他文件。请重新导出流程。"),
        ["close"] = Close,
        ["reload"] = new("Load the page again", "重新加载页面"),
        ["choices-changed"] = new("What can be chosen here has changed: forms, mails, people, calendars or flows.", "可选内容已有变化：表单、邮件、人员、日历或流程。"),
        ["notice-saved"] = new("Saved.", "已保存。"),
        ["notice-submitted"] = new("Saved and submitted. It goes live when an architect approves it.", "已保存并提交，经架构师批准后生效。"),
        ["notice-published"] = new("Published: it goes live now.", "已发布，即刻生效。"),
        ["notice-retracted"] = new("Taken back: nothing new starts on it. Instances that run go on.", "已取消发布：不再启动新的实例，运行中的实例会继续。"),
        ["notice-unchanged"] = new("Nothing was changed: this is stored already.", "没有变化：内容与已保存的相同。"),
        ["notice-late"] = new("A later save of this page is stored already; the earlier one was left out.", "此页面较新的内容已经保存，较早的一次未再写入。"),
        ["notice-conflict"] = new(
            "Your last change is not stored: somebody else has saved this flow since you opened it. Copy what you changed, reload the page and make it again.",
            "您的最近修改未保存：在您打开之后，其他人保存过此流程。请先复制您的修改，重新加载页面后再次修改。"),
        ["notice-refused"] = new("Refused. Nothing was changed.", "未被接受，未做任何更改。"),
        ["notice-cannot-start"] = new("This flow cannot be started from here: it is about an engagement, or needs input. Rehearse it, or start it by a schedule once it is published.", "此流程不能在这里启动：它针对某个委托项目，或需要输入。请使用演练，或在发布后由定期计划启动。"),
    };
}
