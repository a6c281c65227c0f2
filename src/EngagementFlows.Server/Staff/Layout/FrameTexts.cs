using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.Layout;

/// <summary>The words of the console's frame.</summary>
internal static class FrameTexts
{
    public static LocalizedText Home { get; } = new("Home", "首页");
    public static LocalizedText Inbox { get; } = new("Inbox", "待办");
    public static LocalizedText Clients { get; } = new("Clients", "客户");
    public static LocalizedText Mailbox { get; } = new("Mailbox", "邮件");
    public static LocalizedText Flows { get; } = new("Flows", "流程");
    public static LocalizedText Instances { get; } = new("Instances", "实例");
    public static LocalizedText Incidents { get; } = new("Incidents", "异常");
    public static LocalizedText Definitions { get; } = new("Definitions", "流程定义");
    public static LocalizedText Designer { get; } = new("Designer", "设计器");
    public static LocalizedText Firm { get; } = new("Firm", "公司");
    public static LocalizedText People { get; } = new("People", "人员");
    public static LocalizedText ApiKeys { get; } = new("API keys", "API 密钥");
    public static LocalizedText More { get; } = new("More", "更多");
    public static LocalizedText MainNavigation { get; } = new("Main navigation", "主导航");
    public static LocalizedText SkipToContent { get; } = new("Skip to content", "跳到正文");
    public static LocalizedText Search { get; } = new("Search clients and instances", "搜索客户和实例");
    public static LocalizedText Light { get; } = new("Light", "浅色");
    public static LocalizedText Dark { get; } = new("Dark", "深色");
    public static LocalizedText SwitchToDark { get; } = new("Switch to dark colours", "切换到深色");
    public static LocalizedText SwitchToLight { get; } = new("Switch to light colours", "切换到浅色");
    public static LocalizedText OtherLanguage { get; } = new("中文", "English");
    public static LocalizedText SwitchLanguage { get; } = new("Read this in Chinese", "用英文阅读");
    public static LocalizedText SignOut { get; } = new("Sign out", "退出登录");
    public static LocalizedText SignOutEverywhere { get; } = new("Sign out everywhere", "在所有设备上退出");
    public static LocalizedText SignOutEverywhereHint { get; } = new("Ends your sessions in all browsers.", "结束您在所有浏览器中的会话。");
    public static LocalizedText Account { get; } = new("Your account", "我的账号");
    public static LocalizedText Keyboard { get; } = new("Keyboard", "键盘操作");
    public static LocalizedText KeySearch { get; } = new("Search", "搜索");
    public static LocalizedText KeyGo { get; } = new("then a letter: go to", "再按一个字母：前往");
    public static LocalizedText KeyRows { get; } = new("Next and previous row, open it", "下一行、上一行、打开");
    public static LocalizedText KeyDecide { get; } = new("Approve, return (in a task)", "批准、退回（在待办中）");
    public static LocalizedText KeyHelp { get; } = new("Show these keys", "显示这些按键");
    public static LocalizedText Close { get; } = new("Close", "关闭");
    public static LocalizedText Waiting { get; } = new("{0} waiting for you", "{0} 项待您处理");
    public static LocalizedText NeedAttention { get; } = new("{0} need attention", "{0} 项需要处理");
    public static LocalizedText NoSuchPlace { get; } = new("The address named a place that this list does not have; here is its beginning.", "地址中的位置不在此列表中，已显示列表开头。");
    public static LocalizedText Loading { get; } = new("Loading", "正在载入");
    public static LocalizedText NoConnection { get; } = new("The server does not answer. What you see may be old; try again in a moment.", "服务器没有响应。当前内容可能不是最新，请稍后再试。");
}
