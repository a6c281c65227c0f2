using EngagementFlows.Engine;
using EngagementFlows.Engine.Definitions.Comparison;

namespace EngagementFlows.Server.Staff.Definitions.Review;

/// <summary>The words about what changes with a version, and about the consent to it.</summary>
internal static class ReviewTexts
{
    public static LocalizedText Title { get; } = new("What changes: {0}", "变更内容：{0}");
    public static LocalizedText Review { get; } = new("See what changes", "查看变更内容");
    public static LocalizedText Against { get; } = new("Version {0} compared with version {1}", "第 {0} 版与第 {1} 版的比较");
    public static LocalizedText First { get; } = new("The first version: all of it is new", "首个版本：全部内容均为新增");
    public static LocalizedText Same { get; } = new("The versions do not differ in what the flow does, nor in its mails and forms.", "两个版本的流程逻辑、邮件和表单均无差异。");
    public static LocalizedText TheFlow { get; } = new("The flow as a whole", "流程整体");
    public static LocalizedText Activities { get; } = new("Activities", "活动");
    public static LocalizedText Connections { get; } = new("Connections", "连线");
    public static LocalizedText Mails { get; } = new("Mails", "邮件");
    public static LocalizedText MailsLine { get; } = new("As they look with the sample values that belong to them.", "以各邮件附带的示例数据显示。");
    public static LocalizedText Forms { get; } = new("Forms", "表单");
    public static LocalizedText OtherFiles { get; } = new("Other files", "其他文件");
    public static LocalizedText Picture { get; } = new("The picture", "流程图");
    public static LocalizedText PictureBefore { get; } = new("Before: version {0}", "变更前：第 {0} 版");
    public static LocalizedText PictureAfter { get; } = new("After: version {0}", "变更后：第 {0} 版");
    public static LocalizedText Before { get; } = new("Before", "变更前");
    public static LocalizedText After { get; } = new("After", "变更后");
    public static LocalizedText Field { get; } = new("Field", "字段");
    public static LocalizedText AllFields { get; } = new("All its fields", "全部字段");
    public static LocalizedText Added { get; } = new("added", "新增");
    public static LocalizedText Removed { get; } = new("removed", "删除");
    public static LocalizedText Changed { get; } = new("changed", "修改");
    public static LocalizedText ConnectionLine { get; } = new("From “{0}” by “{1}” to “{2}”", "从“{0}”经“{1}”到“{2}”");
    public static LocalizedText AnswerOf { get; } = new("Question “{0}”", "问题“{0}”");
    public static LocalizedText OnlyDetails { get; } = new("Details of the questions", "问题的细节");
    public static LocalizedText NoMail { get; } = new("This version has no such mail.", "此版本没有该邮件。");
    public static LocalizedText BrokenMail { get; } = new("The mail cannot be shown: {0}", "邮件无法显示：{0}");
    public static LocalizedText InLanguage { get; } = new("“{0}” in {1}", "邮件“{0}”（{1}）");
    public static LocalizedText English { get; } = new("English", "英文");
    public static LocalizedText Chinese { get; } = new("Chinese", "中文");

    public static LocalizedText Submit { get; } = new("Ask for publication", "提交发布");
    public static LocalizedText SubmitLine { get; } = new("Somebody else looks at the changes and publishes them or returns them with a comment.", "将由另一人查看变更，然后发布，或附上意见退回。");
    public static LocalizedText Withdraw { get; } = new("Take it back", "撤回");
    public static LocalizedText Approve { get; } = new("Publish", "发布");
    public static LocalizedText ApproveLine { get; } = new("New instances run on this version from now on; those that run stay on theirs.", "此后新建的实例使用此版本；运行中的实例仍使用原版本。");
    public static LocalizedText Return { get; } = new("Return with a comment", "附意见退回");
    public static LocalizedText Comment { get; } = new("What has to change", "需要修改的内容");
    public static LocalizedText Own { get; } = new("You made, drew or submitted this version yourself: somebody else decides.", "此版本由您创建、绘制或提交，须由他人决定。");
    public static LocalizedText Unpublish { get; } = new("Take it out of use", "停用");
    public static LocalizedText ReturnedLine { get; } = new("Returned by {0} on {1}: {2}", "{0} 于 {1} 退回：{2}");

    public static LocalizedText Submitted { get; } = new("Submitted. An architect decides.", "已提交，等待架构师决定。");
    public static LocalizedText Published { get; } = new("Published: new instances run on it.", "已发布，新实例将使用此版本。");
    public static LocalizedText Returned { get; } = new("Returned with your comment.", "已附意见退回。");
    public static LocalizedText Withdrawn { get; } = new("Taken back.", "已撤回。");
    public static LocalizedText NotNow { get; } = new("Nothing was done: somebody else has decided in the meantime.", "未执行：其间已有他人作出决定。");
    public static LocalizedText Faulty { get; } = new("Nothing was done: the version has faults.", "未执行：此版本存在错误。");
    public static LocalizedText CommentMissing { get; } = new("Nothing was done: say what has to change.", "未执行：请说明需要修改的内容。");

    /// <summary>Returns the word for a kind of change.</summary>
    public static LocalizedText WordOf(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => Added,
        ChangeKind.Removed => Removed,
        _ => Changed,
    };
}
