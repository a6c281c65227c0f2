using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.Clients;

/// <summary>The words about clients and engagements.</summary>
internal static class StaffClientTexts
{
    public static LocalizedText Client { get; } = new("Client", "客户");
    public static LocalizedText Engagement { get; } = new("Engagement", "项目");
    public static LocalizedText Stage { get; } = new("Stage", "阶段");
    public static LocalizedText Owner { get; } = new("Owner", "负责人");
    public static LocalizedText Architect { get; } = new("Architect", "架构师");
    public static LocalizedText NotNamed { get; } = new("not named yet", "尚未指定");
    public static LocalizedText Contact { get; } = new("Contact", "联系人");
    public static LocalizedText Mail { get; } = new("Mail", "邮箱");
    public static LocalizedText Phone { get; } = new("Phone", "电话");
    public static LocalizedText Language { get; } = new("Language", "语言");
    public static LocalizedText LocalTime { get; } = new("Time there", "当地时间");
    public static LocalizedText Industry { get; } = new("Industry", "行业");
    public static LocalizedText Tier { get; } = new("Service class", "服务级别");
    public static LocalizedText ExternalId { get; } = new("External id", "外部编号");
    public static LocalizedText AllStages { get; } = new("All stages", "全部阶段");
    public static LocalizedText Find { get; } = new("Name, contact, engagement or external id", "名称、联系人、项目或外部编号");
    public static LocalizedText NoneTitle { get; } = new("No clients yet", "还没有客户");
    public static LocalizedText NoneLine { get; } = new(
        "Import a list as CSV. An example stands in workflows/samples/clients.csv.",
        "可导入 CSV 格式的客户名单，示例见 workflows/samples/clients.csv。");
    public static LocalizedText NoMatchTitle { get; } = new("No client matches", "没有符合条件的客户");
    public static LocalizedText Timeline { get; } = new("What happened", "时间线");
    public static LocalizedText NoEntriesTitle { get; } = new("Nothing has happened yet", "暂无记录");
    public static LocalizedText NoEntriesLine { get; } = new(
        "Each mail, answer, decision and change of stage appears here.",
        "每封邮件、每次回复、审批和阶段变化都会显示在这里。");
    public static LocalizedText AllKinds { get; } = new("Everything", "全部");
    public static LocalizedText ShowInstance { get; } = new("show the flow", "查看流程");
    public static LocalizedText ShowMail { get; } = new("show the mail", "查看邮件");
    public static LocalizedText Erase { get; } = new("Erase this client's data", "删除此客户的数据");
    public static LocalizedText EraseWhat { get; } = new(
        "Names, mail addresses, phone numbers, answers, letters, notes and everything that flows kept of them are erased for good. What runs for the client is cancelled, open links die, mails that have not left are withdrawn.",
        "姓名、邮箱、电话、回复、邮件、备注，以及流程保存的相关内容将被永久删除。为该客户运行的流程将被取消，未使用的链接失效，尚未发出的邮件将被撤回。");
    public static LocalizedText EraseStays { get; } = new(
        "What stays: ids, dates, stages, counts, and who of the staff did what and when.",
        "保留的内容：编号、日期、阶段、数量，以及哪位同事在何时做过什么。");
    public static LocalizedText EraseElsewhere { get; } = new(
        "Backups, mails that have left and other systems are not reached from here. After a restore of an older backup, erase again.",
        "备份、已发出的邮件以及其他系统不在此范围内。如恢复了较早的备份，请再次删除。");
    public static LocalizedText EraseReasonHint { get; } = new("The reason stays in the audit: write no name into it.", "原因会保留在审计记录中，请勿填写姓名。");
    public static LocalizedText EraseName { get; } = new("To confirm, type the client's name: {0}", "请输入客户名称以确认：{0}");
    public static LocalizedText EraseNow { get; } = new("Erase for good", "永久删除");
    public static LocalizedText ErasedNow { get; } = new("The client's data is erased.", "客户数据已删除。");
    public static LocalizedText EraseOtherName { get; } = new("Nothing was erased: the name that you typed is not the client's.", "未删除任何内容：输入的名称与客户名称不一致。");
    public static LocalizedText EraseImport { get; } = new("Nothing was erased: a file that holds this client is being imported. Wait until that has ended, or drop it.", "未删除任何内容：正在导入包含此客户的文件，请等待导入结束或取消导入。");
    public static LocalizedText EraseRunning { get; } = new("Nothing was erased: flows for this client keep starting. Look at its flows, then try again.", "未删除任何内容：仍有流程在为此客户启动，请查看相关流程后重试。");
    public static LocalizedText EraseNobody { get; } = new("There is no such client.", "没有这个客户。");
    public static LocalizedText ErasedSince { get; } = new("The data of this client was erased on {0}.", "此客户的数据已于{0}删除。");
    public static LocalizedText LanguageEnglish { get; } = new("English", "英文");
    public static LocalizedText LanguageChinese { get; } = new("Chinese", "中文");
}
