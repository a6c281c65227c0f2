using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.People;

/// <summary>The words of people and their accounts.</summary>
internal static class PeopleTexts
{
    public static LocalizedText Invite { get; } = new("Invite somebody", "邀请同事");
    public static LocalizedText InviteLine { get; } = new(
        "A mail with a one-time link goes to the address. It opens once, and whoever opens it chooses the password.",
        "系统会向该邮箱发送带一次性链接的邮件。链接只能使用一次，打开者自行设置密码。");
    public static LocalizedText Name { get; } = new("Name", "姓名");
    public static LocalizedText Email { get; } = new("Mail address", "邮箱");
    public static LocalizedText Roles { get; } = new("Roles", "角色");
    public static LocalizedText State { get; } = new("State", "状态");
    public static LocalizedText Language { get; } = new("Language", "语言");
    public static LocalizedText Zone { get; } = new("Time zone", "时区");
    public static LocalizedText ZoneHint { get; } = new("As in Europe/Berlin or Asia/Shanghai.", "例如 Europe/Berlin 或 Asia/Shanghai。");
    public static LocalizedText MakeLink { get; } = new("Add and invite", "添加并邀请");
    public static LocalizedText Added { get; } = new("{0} has been added", "已添加 {0}");
    public static LocalizedText LinkOf { get; } = new("One-time link for {0}", "{0} 的一次性链接");
    public static LocalizedText LinkHint { get; } = new(
        "Mails go into a folder only, so the link is shown here, once. Send it on a way that nobody else reads; it opens once, within {0} hours. A newer link ends it.",
        "邮件目前只写入文件夹，因此链接在此处显示一次。请通过他人无法查看的途径发送；链接只能使用一次，{0} 小时内有效。生成新链接后旧链接失效。");
    public static LocalizedText LinkMailed { get; } = new(
        "A mail with the link is on its way to {0}. It opens once, within {1} hours; a newer link ends it.",
        "带链接的邮件正发往 {0}。链接只能使用一次，{1} 小时内有效；生成新链接后旧链接失效。");
    public static LocalizedText ShowMail { get; } = new("See what became of the mail", "查看邮件状态");
    public static LocalizedText NewLink { get; } = new("Send a one-time link", "发送一次性链接");
    public static LocalizedText NewLinkLine { get; } = new(
        "By mail, for somebody who has no password yet, or has forgotten it. Earlier links end; the password stays until a new one is set.",
        "通过邮件发送，适用于尚未设置密码或忘记密码的同事。之前的链接随即失效；在设置新密码之前，原密码仍然有效。");
    public static LocalizedText Back { get; } = new("Back to {0}", "返回 {0}");
    public static LocalizedText Active { get; } = new("Active", "正常");
    public static LocalizedText Disabled { get; } = new("Disabled", "已停用");
    public static LocalizedText Invited { get; } = new("Invited, link opens until {0}", "已邀请，链接有效至{0}");
    public static LocalizedText NoPassword { get; } = new("Has no password", "尚未设置密码");
    public static LocalizedText Locked { get; } = new("Locked until {0}", "锁定至{0}");
    public static LocalizedText ChangeRoles { get; } = new("Change roles", "更改角色");
    public static LocalizedText ChangeRolesHint { get; } = new("Sessions under the old roles end at once.", "使用原角色的会话将立即结束。");
    public static LocalizedText Disable { get; } = new("Disable the account", "停用账号");
    public static LocalizedText DisableHint { get; } = new(
        "Nobody can sign in with it any more, and sessions end at once. Tasks stay where they are; give them to somebody else.",
        "此账号将无法登录，现有会话立即结束。待办不会变动，请转交给他人。");
    public static LocalizedText EndSessions { get; } = new("Sign out everywhere", "在所有设备上退出");
    public static LocalizedText EndSessionsHint { get; } = new(
        "Ends the sessions in all browsers at once, for a device that was lost or a session that was forgotten. The password stays; API keys go on.",
        "立即结束所有浏览器中的会话，适用于设备丢失或忘记退出的情况。密码不变，API 密钥不受影响。");
    public static LocalizedText Enable { get; } = new("Enable the account", "启用账号");
    public static LocalizedText Unlock { get; } = new("Unlock the account", "解除锁定");
    public static LocalizedText Done { get; } = new("Done.", "已完成。");
    public static LocalizedText Unchanged { get; } = new("Nothing had to be changed.", "无需更改。");
    public static LocalizedText Unknown { get; } = new("That could not be done: the person is not there any more, or you are no administrator any more.", "无法完成：此人已不存在，或您已不是管理员。");
    public static LocalizedText Oneself { get; } = new("Nobody changes his own roles or account. Ask another administrator.", "不能更改自己的角色或账号，请联系其他管理员。");
    public static LocalizedText NoRole { get; } = new("Choose at least one role. To take all of them away, disable the account.", "请至少选择一个角色。如需取消全部角色，请停用账号。");
    public static LocalizedText NameFaulty { get; } = new("Type a name of at most 200 characters on one line.", "请输入姓名，单行，不超过 200 个字符。");
    public static LocalizedText AddressFaulty { get; } = new("Type a mail address like name@example.com.", "请输入邮箱，例如 name@example.com。");
    public static LocalizedText AddressTaken { get; } = new("Somebody with this mail address is there already. Look for the person in the list.", "已有人使用此邮箱，请在列表中查找。");
    public static LocalizedText ZoneFaulty { get; } = new("Choose a language, and type a time zone like Europe/Berlin.", "请选择语言，并输入时区，例如 Asia/Shanghai。");
    public static LocalizedText You { get; } = new("This is you", "这是您本人");
}
