using EngagementFlows.Engine;
using EngagementFlows.Server.Staff.Controls;

namespace EngagementFlows.Server.Staff.Clients;

/// <summary>The words of the pages that import clients.</summary>
internal static class ClientImportTexts
{
    public static LocalizedText Import { get; } = new("Import clients", "导入客户");
    public static LocalizedText File { get; } = new("CSV file", "CSV 文件");
    public static LocalizedText FileHint { get; } = new(
        "Up to 100,000 lines and 40 MiB. UTF-8, UTF-16 and GB18030 are recognised, and commas, semicolons and tabs. Nothing is imported before you have seen what the file would do.",
        "最多 10 万行、40 MiB。可识别 UTF-8、UTF-16 和 GB18030 编码，以及逗号、分号和制表符分隔。在您查看预览并确认之前，不会导入任何内容。");
    public static LocalizedText Columns { get; } = new("Columns: {0}. May be left out: {1}.", "列：{0}。可省略：{1}。");
    public static LocalizedText Upload { get; } = new("Upload and look", "上传并预览");
    public static LocalizedText Missing { get; } = new("Choose a file first.", "请先选择文件。");
    public static LocalizedText Earlier { get; } = new("Earlier imports", "以往的导入");
    public static LocalizedText NoneTitle { get; } = new("Nothing has been imported yet", "还没有导入记录");
    public static LocalizedText NoneLine { get; } = new("Files appear here with what became of them.", "上传的文件及其处理结果会显示在这里。");
    public static LocalizedText State { get; } = new("State", "状态");
    public static LocalizedText Lines { get; } = new("Lines", "行数");
    public static LocalizedText Uploaded { get; } = new("Uploaded", "上传时间");
    public static LocalizedText Made { get; } = new("New", "新增");
    public static LocalizedText Changed { get; } = new("Changed", "变更");
    public static LocalizedText Same { get; } = new("Unchanged", "未变");
    public static LocalizedText Faults { get; } = new("Faults", "问题");
    public static LocalizedText Detected { get; } = new("Detected", "识别结果");
    public static LocalizedText FirstLines { get; } = new("First lines", "前几行");
    public static LocalizedText Line { get; } = new("Line", "行");
    public static LocalizedText Column { get; } = new("Column", "列");
    public static LocalizedText Fault { get; } = new("What to mend", "需要修改的内容");
    public static LocalizedText Download { get; } = new("Download the faults as CSV", "下载问题清单（CSV）");
    public static LocalizedText FaultyLine { get; } = new("Nothing can be imported from this file: it has {0} faults. Mend them and upload it again.", "该文件有 {0} 处问题，无法导入。请修改后重新上传。");
    public static LocalizedText MoreFaults { get; } = new("The first {0} of {1} are shown.", "显示 {1} 处中的前 {0} 处。");
    public static LocalizedText StartFlows { get; } = new("Start the intake of new clients: they get a mail", "为新客户启动接洽流程（将向客户发送邮件）");
    public static LocalizedText Confirm { get; } = new("Import {0} lines", "导入 {0} 行");
    public static LocalizedText Drop { get; } = new("Drop", "放弃");
    public static LocalizedText Dropped { get; } = new("The file was dropped. Nothing was imported from it.", "已放弃该文件，未导入任何内容。");
    public static LocalizedText Confirmed { get; } = new("The import begins. You may leave this page.", "导入已开始，您可以离开此页面。");
    public static LocalizedText TooLate { get; } = new("This file no longer waits for a decision.", "该文件已不在等待处理。");
    public static LocalizedText Waits { get; } = new("If nobody decides about it, the file is removed on {0}.", "若无人处理，该文件将于 {0} 移除。");
    public static LocalizedText ExpiredLine { get; } = new(
        "Nobody decided about this file, so it was removed on {0}: a file of clients holds people's addresses. Nothing was imported from it. Upload it again to import it.",
        "该文件无人处理，已于 {0} 移除，因为客户文件含有个人联系方式。未导入任何内容。如需导入，请重新上传。");
    public static LocalizedText Progress { get; } = new("{0} of {1} lines", "已处理 {0} / {1} 行");
    public static LocalizedText OneCommit { get; } = new(
        "All lines become visible together at the end. If the server stops before, the import begins anew by itself.",
        "所有行会在结束时一并生效。若服务器中途停止，导入会自动重新开始。");
    public static LocalizedText Again { get; } = new("Attempt {0}: an earlier one was cut off, and nothing of it was stored.", "第 {0} 次尝试：此前的尝试被中断，未保存任何内容。");
    public static LocalizedText DoneLine { get; } = new("Imported: {0} new clients of {1} lines.", "导入完成：共 {1} 行，新增 {0} 个客户。");
    public static LocalizedText ToClients { get; } = new("Show the clients", "查看客户");
    public static LocalizedText Comma { get; } = new("commas", "逗号分隔");
    public static LocalizedText Semicolon { get; } = new("semicolons", "分号分隔");
    public static LocalizedText Tab { get; } = new("tabs", "制表符分隔");

    public static (LocalizedText Word, Tone Tone) StateOf(string state) => state switch
    {
        "faulty" => (new("has faults", "有问题"), Tone.Broken),
        "previewed" => (new("waits for your word", "待确认"), Tone.NeedsYou),
        "queued" => (new("waits for its turn", "排队中"), Tone.Waiting),
        "running" => (new("is being imported", "导入中"), Tone.Running),
        "starting" => (new("starts flows", "正在启动流程"), Tone.Running),
        "done" => (new("done", "已完成"), Tone.Done),
        "failed" => (new("failed", "失败"), Tone.Broken),
        "expired" => (new("removed, nobody decided", "无人处理，已移除"), Tone.Waiting),
        "cancelled" => (new("dropped", "已放弃"), Tone.Waiting),
        _ => throw new InvalidOperationException($"EngagementFlows bug: an import cannot be '{state}'."),
    };

    public static LocalizedText SeparatorOf(char separator) => separator switch
    {
        ';' => Semicolon,
        '\t' => Tab,
        _ => Comma,
    };

    public static LocalizedText SeparatorOf(string separator) => separator switch
    {
        "semicolon" => Semicolon,
        "tab" => Tab,
        _ => Comma,
    };
}
