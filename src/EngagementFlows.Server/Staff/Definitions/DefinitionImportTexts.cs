using EngagementFlows.Engine;
using EngagementFlows.Server.Definitions;
using EngagementFlows.Server.Staff.Controls;

namespace EngagementFlows.Server.Staff.Definitions;

/// <summary>The words of the pages that import definitions.</summary>
internal static class DefinitionImportTexts
{
    public static LocalizedText Import { get; } = new("Import definitions", "导入流程定义");
    public static LocalizedText File { get; } = new("JSON or ZIP file", "JSON 或 ZIP 文件");
    public static LocalizedText FileHint { get; } = new(
        "One definition as Elsa exports it, or a ZIP with a folder for each process: client-intake/client-intake.json, beside it mail/, forms/ and files/. Nothing is stored before you have seen what the file would do.",
        "单个 Elsa 导出的流程定义，或每个流程一个文件夹的 ZIP：client-intake/client-intake.json，旁边是 mail/、forms/ 和 files/。在您查看预览并确认之前，不会保存任何内容。");
    public static LocalizedText Cases { get; } = new(
        "Case files (cases/) are not stored: they stay with your files, where the command “rehearse” plays them.", "案例文件（cases/）不会保存：它们留在您的文件中，由 rehearse 命令演练。");
    public static LocalizedText Upload { get; } = new("Upload and look", "上传并预览");
    public static LocalizedText Missing { get; } = new("Choose a file first.", "请先选择文件。");
    public static LocalizedText Earlier { get; } = new("Earlier imports", "以往的导入");
    public static LocalizedText NoneTitle { get; } = new("Nothing has been imported here yet", "还没有导入记录");
    public static LocalizedText NoneLine { get; } = new("Files appear here with what became of them.", "上传的文件及其处理结果会显示在这里。");
    public static LocalizedText Uploaded { get; } = new("Uploaded", "上传时间");
    public static LocalizedText Outcome { get; } = new("Becomes", "处理");
    public static LocalizedText Faults { get; } = new("Faults", "问题");
    public static LocalizedText Warnings { get; } = new("Warnings", "提醒");
    public static LocalizedText Blocks { get; } = new(
        "Faults do not keep a draft from being stored; they keep it from being published.", "有问题的草稿可以保存，但不能发布。");
    public static LocalizedText FaultyLine { get; } = new("Nothing can be stored from this file. Mend what is refused below and upload it again.", "该文件无法导入。请修改以下被拒绝的内容后重新上传。");
    public static LocalizedText Confirm { get; } = new("Store {0} as drafts", "将 {0} 个保存为草稿");
    public static LocalizedText NothingNew { get; } = new("All of it is stored already: nothing would change.", "内容均已存在，不会产生任何变化。");
    public static LocalizedText Drop { get; } = new("Drop", "放弃");
    public static LocalizedText Dropped { get; } = new("The file was dropped. Nothing was stored from it.", "已放弃该文件，未保存任何内容。");
    public static LocalizedText Stored { get; } = new("Stored as drafts. Somebody else publishes them (four eyes).", "已保存为草稿，需由另一位同事复核发布。");
    public static LocalizedText NowRefused { get; } = new("Nothing was stored: it is refused by now. Upload the file again to see why.", "未保存：该内容现已被拒绝。请重新上传文件查看原因。");
    public static LocalizedText TooLate { get; } = new("This file no longer waits for a decision.", "该文件已不在等待处理。");
    public static LocalizedText Waits { get; } = new("If nobody decides about it, the file is removed on {0}.", "若无人处理，该文件将于 {0} 移除。");
    public static LocalizedText ExpiredLine { get; } = new(
        "Nobody decided about this file, so it was removed on {0}. Nothing was stored from it. Upload it again to store it.", "该文件无人处理，已于 {0} 移除，未保存任何内容。如需保存，请重新上传。");
    public static LocalizedText DecidedBy { get; } = new("by {0}, {1}", "由{0}处理，{1}");
    public static LocalizedText InEnglish { get; } = new("Faults are told in English, as the command “validate” tells them.", "问题说明以英文给出，与 validate 命令一致。");

    public static (LocalizedText Word, Tone Tone) StateOf(string state) => state switch
    {
        "faulty" => (new("is refused", "被拒绝"), Tone.Broken),
        "previewed" => (new("waits for your word", "待确认"), Tone.NeedsYou),
        "done" => (new("stored", "已保存"), Tone.Done),
        "expired" => (new("removed, nobody decided", "无人处理，已移除"), Tone.Waiting),
        "cancelled" => (new("dropped", "已放弃"), Tone.Waiting),
        _ => throw new InvalidOperationException($"EngagementFlows bug: an import of definitions cannot be '{state}'."),
    };

    public static (LocalizedText Word, Tone Tone) OutcomeOf(string outcome) => outcome switch
    {
        "new" => (new("New", "新增"), Tone.Running),
        "new-version" => (new("New version", "新版本"), Tone.Running),
        "unchanged" => (new("Unchanged", "未变"), Tone.Waiting),
        DefinitionArchiveImport.Older => (new("Left out, the file holds a newer version", "已略过（文件中有更新的版本）"), Tone.Waiting),
        "refused" => (new("Refused", "被拒绝"), Tone.Broken),
        _ => throw new InvalidOperationException($"EngagementFlows bug: a definition of an import cannot be '{outcome}'."),
    };
}
