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
    public static LocalizedText KindMail { get; } = new("Mails", "邮件");
    public static LocalizedText KindAnswer { get; } = new("Answers", "客户回复");
    public static LocalizedText KindTask { get; } = new("Tasks", "任务");
    public static LocalizedText KindApproval { get; } = new("Approvals", "审批");
    public static LocalizedText KindStage { get; } = new("Stages", "阶段变化");
    public static LocalizedText KindNote { get; } = new("Notes", "备注");
    public static LocalizedText KindRecord { get; } = new("Records", "资料变更");
    public static LocalizedText ShowInstance { get; } = new("show the flow", "查看流程");
    public static LocalizedText ShowMail { get; } = new("show the mail", "查看邮件");
    public static LocalizedText LanguageEnglish { get; } = new("English", "英文");
    public static LocalizedText LanguageChinese { get; } = new("Chinese", "中文");
}
