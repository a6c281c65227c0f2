using EngagementFlows.Engine;
using EngagementFlows.Server.Definitions;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>What the server tells people in the Studio about flows.</summary>
internal static class DesignTexts
{
    public static LocalizedText Behind { get; } = new(
        "Not saved: {0} saved this flow on {1}, after you opened it. To go on from there, copy what you changed, reload the page and make your change again; nothing of the other's work is written over.",
        "未保存：在您打开之后，{0}于 {1} 保存了此流程。请先复制您的修改，重新加载页面后再次修改；对方的内容不会被覆盖。");
    public static LocalizedText NewerVersion { get; } = new(
        "Not saved: since you opened this flow, {0} made version {2} of it on {1}. Copy what you changed, reload the page and make your change there.",
        "未保存：在您打开之后，{0}于 {1} 创建了第 {2} 版。请先复制您的修改，重新加载页面后在新版本上修改。");
    public static LocalizedText NoStamp { get; } = new(
        "Not saved: the copy does not say which revision it goes out from, so it could be older than what is stored. Load the flow again and save what you load with its customProperties.",
        "未保存：该副本未说明其来源修订号，可能比已保存的内容更旧。请重新加载流程，并连同 customProperties 一起保存。");
    public static LocalizedText Gone { get; } = new(
        "Not saved: the flow “{0}” has been deleted meanwhile. Export it or save it under another name to keep your work.",
        "未保存：流程“{0}”已被删除。请导出或另存为新流程，以保留您的工作。");
    public static LocalizedText Emptied { get; } = new(
        "Not saved: this would remove all {0} activities at once, as happens when a page could not draw the flow. Reload the page. To empty the flow on purpose, remove the activities in two steps.",
        "未保存：这将一次移除全部 {0} 个活动，通常是因为页面未能绘制出流程。请重新加载页面。若确实要清空流程，请分两步移除活动。");
    public static LocalizedText VersionGone { get; } = new(
        "Version {0} has been deleted meanwhile, so there is nothing to go back to. Reload the page to see the versions that are left.", "第 {0} 版已被删除，无法恢复。请重新加载页面以查看现有版本。");
    public static LocalizedText Refused { get; } = new("Not saved, since it could not be read again: {0}", "未保存，因为保存后将无法再次读取：{0}");
    public static LocalizedText NoName { get; } = new("Give the flow a name.", "请为流程命名。");
    public static LocalizedText NotPublished { get; } = new("Saved, but not handed in for publication: {0}", "已保存，但未提交发布：{0}");
    public static LocalizedText AtActivity { get; } = new("At {0}: {1}", "活动 {0}：{1}");
    public static LocalizedText ChangedMeanwhile { get; } = new("The flow changed at this moment. Reload the page and try again.", "流程刚刚发生了变化。请重新加载页面后再试。");
    public static LocalizedText MayNotPublish { get; } = new("Four eyes: somebody else than those who made this version must publish it.", "双人复核：须由未参与制作此版本的同事发布。");
    public static LocalizedText NothingPublished { get; } = new("No version of this flow is published or waits for publication.", "此流程没有已发布或待发布的版本。");
    public static LocalizedText IsPublished { get; } = new(
        "Version {1} of “{0}” is published. Unpublish it first; instances that run on it go on.", "“{0}”第 {1} 版已发布，请先取消发布；其运行中的实例会继续。");
    public static LocalizedText HasInstances { get; } = new(
        "Version {1} of “{0}” stays: instances ran or run on it, and their history is read by it.", "“{0}”第 {1} 版必须保留：有实例在其上运行过，其历史依赖该版本。");
    public static LocalizedText AboutEngagement { get; } = new(
        "This flow works for an engagement, and a run from here has none. Rehearse it instead, or start it on the client's page once it is published.",
        "此流程为客户项目服务，而从此处运行没有对应的项目。请改用演练，或在发布后从客户页面启动。");
    public static LocalizedText SendsMail { get; } = new(
        "This draft sends mail, and a trial must not reach anybody. Rehearse it instead: there each mail is shown as it would look.",
        "此草稿会发送邮件，而试运行不得打扰任何人。请改用演练，可预览每封邮件的样子。");
    public static LocalizedText NoSuchActivity { get; } = new("This version has no such activity any more. Save the flow and try again.", "此版本中已没有该活动。请保存流程后再试。");
    public static LocalizedText NotAlone { get; } = new("The activity could not be run by itself: {0}", "无法单独运行该活动：{0}");
    public static LocalizedText NotReadable { get; } = new("The flow cannot be read: {0}", "无法读取流程：{0}");
    public static LocalizedText ArchiveStored { get; } = new("Imported as drafts, with their mails and forms: {0}.", "已导入为草稿（含邮件和表单）：{0}。");
    public static LocalizedText ArchiveOfOthers { get; } = new(
        "Not imported: into the open flow “{0}” goes an archive of this flow alone, and this one holds {1}. Import it in the list of flows.",
        "未导入：在打开的流程“{0}”中只能导入仅含该流程的压缩包，而此文件包含 {1}。请在流程列表中导入。");
    public static LocalizedText AtFile { get; } = new("File {0}: {1}", "文件 {0}：{1}");

    /// <summary>Returns what became of a definition of an archive.</summary>
    public static LocalizedText Archived(string outcome) => outcome switch
    {
        "new" => new("{0} (new)", "{0}（新流程）"),
        "new-version" => new("{0} (new version)", "{0}（新版本）"),
        DefinitionArchiveImport.Older => new("{0} (an older version, left out)", "{0}（较旧版本，已略过）"),
        _ => new("{0} (unchanged)", "{0}（无变化）"),
    };

    public static LocalizedText ImportHasNoId { get; } = new("The file has no definition: it needs 'definitionId' and 'root'.", "文件中没有流程定义：需要 definitionId 和 root。");
}
