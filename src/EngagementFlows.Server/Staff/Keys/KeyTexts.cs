using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.Keys;

/// <summary>The words of keys of programs.</summary>
internal static class KeyTexts
{
    public static LocalizedText Make { get; } = new("Make a key", "新建密钥");
    public static LocalizedText Name { get; } = new("Name", "名称");
    public static LocalizedText NameHint { get; } = new("Names the program in the audit: letters, digits, dot, dash. It cannot be used again later.", "在审计中标识该程序：字母、数字、点、连字符。名称以后不能重复使用。");
    public static LocalizedText Scopes { get; } = new("May", "权限");
    public static LocalizedText ActsFor { get; } = new("Completes the tasks of", "代为完成待办");
    public static LocalizedText Nobody { get; } = new("Nobody", "无");
    public static LocalizedText ActsForHint { get; } = new("Only needed for completing tasks: the program then acts in that person's place.", "仅在需要完成待办时设置：程序将以该同事的身份处理。");
    public static LocalizedText Days { get; } = new("Lives for days", "有效天数");
    public static LocalizedText DaysHint { get; } = new("Empty: until it is revoked.", "留空表示直到吊销为止。");
    public static LocalizedText MakeIt { get; } = new("Make the key", "生成密钥");
    public static LocalizedText Made { get; } = new("Key for {0}", "{0} 的密钥");
    public static LocalizedText SecretHint { get; } = new(
        "Shown here only; the server keeps no copy. The program sends it as “Authorization: Bearer …”. If it is lost, make a new one and revoke this one.",
        "仅在此处显示一次，服务器不保留副本。程序以“Authorization: Bearer …”发送。如遗失，请新建密钥并吊销此密钥。");
    public static LocalizedText Back { get; } = new("Back to the keys", "返回密钥列表");
    public static LocalizedText NoneTitle { get; } = new("No keys yet", "还没有密钥");
    public static LocalizedText NoneLine { get; } = new("A program that calls the API needs a key of its own, with no more rights than it uses.", "调用 API 的每个程序都需要自己的密钥，且只授予其所需的权限。");
    public static LocalizedText State { get; } = new("State", "状态");
    public static LocalizedText Live { get; } = new("Live", "有效");
    public static LocalizedText LiveUntil { get; } = new("Live until {0}", "有效至{0}");
    public static LocalizedText Expired { get; } = new("Expired on {0}", "已于{0}过期");
    public static LocalizedText RevokedAt { get; } = new("Revoked on {0}", "已于{0}吊销");
    public static LocalizedText LastUsed { get; } = new("Last used", "最近使用");
    public static LocalizedText Never { get; } = new("Never", "从未");
    public static LocalizedText MadeOn { get; } = new("Made", "创建");
    public static LocalizedText Revoke { get; } = new("Revoke", "吊销");
    public static LocalizedText RevokeHint { get; } = new("The program is refused from its next request on. This cannot be undone.", "该程序从下一次请求起将被拒绝，且无法恢复。");
    public static LocalizedText Revoked { get; } = new("The key “{0}” is dead.", "密钥“{0}”已吊销。");
    public static LocalizedText AlreadyDead { get; } = new("That key was dead already.", "该密钥此前已失效。");
    public static LocalizedText InSettings { get; } = new("Keys that the settings name ({0}) are not in this list; they are changed there.", "在配置中定义的密钥（{0}）不在此列表中，请在配置中修改。");
    public static LocalizedText NameFaulty { get; } = new("Type a name of 1 to 64 letters, digits, dots or dashes that begins with a letter or digit.", "请输入 1 至 64 个字母、数字、点或连字符组成的名称，以字母或数字开头。");
    public static LocalizedText NameTaken { get; } = new("A key of that name exists or existed. Choose another name, so that the audit does not mix them.", "已有或曾有同名密钥。请换一个名称，以免审计混淆。");
    public static LocalizedText NoScope { get; } = new("Choose at least one thing that it may do.", "请至少选择一项权限。");
    public static LocalizedText DaysFaulty { get; } = new("Type a number of days from 1 to 3650, or nothing.", "请输入 1 至 3650 的天数，或留空。");
    public static LocalizedText UnknownPerson { get; } = new("Choose an active member of staff, or nobody.", "请选择一位在职同事，或选择“无”。");
}
