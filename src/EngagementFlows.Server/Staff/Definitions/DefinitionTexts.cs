using EngagementFlows.Engine;

namespace EngagementFlows.Server.Staff.Definitions;

/// <summary>The words about definitions.</summary>
internal static class DefinitionTexts
{
    public static LocalizedText NoneTitle { get; } = new("No definitions yet", "还没有流程定义");
    public static LocalizedText NoneLine { get; } = new(
        "Put Elsa definitions into the workflows folder and start the server again, or import them here.",
        "将 Elsa 流程定义放入 workflows 文件夹并重新启动服务器，或在此页面导入。");
    public static LocalizedText Definition { get; } = new("Definition", "流程定义");
    public static LocalizedText Version { get; } = new("Version", "版本");
    public static LocalizedText State { get; } = new("State", "状态");
    public static LocalizedText Running { get; } = new("Running", "运行中");
    public static LocalizedText Since { get; } = new("Since", "时间");
    public static LocalizedText Program { get; } = new("a program: {0}", "程序：{0}");
    public static LocalizedText WorkflowFiles { get; } = new("the workflow files", "流程文件");
    public static LocalizedText By { get; } = new("By", "操作人");
    public static LocalizedText Draft { get; } = new("Draft", "草稿");
    public static LocalizedText Submitted { get; } = new("Waits for a second pair of eyes", "待复核");
    public static LocalizedText Published { get; } = new("Published", "已发布");
    public static LocalizedText Retired { get; } = new("Replaced by a later version", "已被新版本取代");
    public static LocalizedText Validity { get; } = new("Validity: {0}", "校验结果：{0}");
    public static LocalizedText Valid { get; } = new("No faults found", "未发现问题");
    public static LocalizedText Faults { get; } = new("{0} fault(s)", "{0} 个错误");
    public static LocalizedText Warnings { get; } = new("{0} warning(s)", "{0} 个提醒");
    public static LocalizedText Where { get; } = new("Where", "位置");
    public static LocalizedText What { get; } = new("What", "内容");
    public static LocalizedText AllVersions { get; } = new("All versions", "全部版本");
    public static LocalizedText SourceJson { get; } = new("Definition as JSON", "流程定义（JSON）");
    public static LocalizedText FileState { get; } = new("File", "文件");
    public static LocalizedText FileSame { get; } = new("as published", "与发布一致");
    public static LocalizedText FileDiffers { get; } = new("differs", "有差异");
    public static LocalizedText FileMissing { get; } = new("none", "无");
    public static LocalizedText WriteFile { get; } = new("Write into the workflows folder", "写回流程文件夹");
    public static LocalizedText WriteFileLine { get; } = new("The published version replaces the flow's files, so that they can be kept in a repository.", "用已发布的版本替换此流程的文件，便于纳入代码仓库保存。");
    public static LocalizedText FileWritten { get; } = new("Written: {0}", "已写入：{0}");
    public static LocalizedText FileUnchanged { get; } = new("The files hold this version already.", "文件内容已与此版本一致。");
    public static LocalizedText FileExtra { get; } = new("Not part of the version, left as they are: {0}", "不属于此版本，未作改动：{0}");
    public static LocalizedText FileFailed { get; } = new("The files cannot be written: {0}", "无法写入文件：{0}");
    public static LocalizedText InstancesOfIt { get; } = new("Instances of this flow", "此流程的实例");
}
