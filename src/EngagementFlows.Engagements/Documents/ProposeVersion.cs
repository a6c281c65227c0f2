using System.Text.RegularExpressions;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Documents;

/// <summary>Makes the next version of a document of the engagement from the answers of a form. The content of a version never changes again.</summary>
public sealed partial class ProposeVersion() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.ProposeVersion",
    Category = EngagementInputs.DocumentsCategory,
    DisplayName = new("Propose version", "提出版本"),
    Description = new(
        "Keeps the answers of a form as the next version of a document, such as the needs or the plan. Approvals and the client's answer are about this version; a correction is the next one.",
        "把表单内容保存为文件（如需求、方案）的下一个版本。审批与客户答复都针对该版本；修改即产生下一版本。"),
    Inputs =
    [
        new("kind", "String", new("Document", "文件"), new("Which document of the engagement: needs, plan, minutes, change, or a name of your own in small letters.", "项目的哪份文件：needs、plan、minutes、change，或自定的小写名称。")) { IsRequired = true, FaultOfLiteral = FaultOfKind },
        new("form", "String", new("Form", "表单"), new("The form whose answers these are, like forms/plan.json; it gives the fields their names. For figures: built-in/figures.json.", "内容所属的表单，例如 forms/plan.json；字段名称取自该表单。统计数据用 built-in/figures.json。")) { IsRequired = true, UIHint = "dropdown", OfferedFrom = OfferedLists.AllForms },
        new("content", "Object", new("Content", "内容"), new("The answers: the output Answers of the task in which the form was filled in.", "内容：填写该表单的任务的输出 Answers。")) { IsRequired = true },
        new("proposedBy", "String", new("Proposed by", "提出人"), new("The mail address of who wrote it: the output Completed by. May be left out.", "撰写人的邮箱：即输出 Completed by。可省略。")),
    ],
    Outputs =
    [
        new("version", "String", new("Version", "版本"), new("The id of the version, for the input Document of what follows.", "版本的标识，供后续活动的“文件版本”输入使用。")),
        new("number", "Int32", new("Number", "版本号"), new("The number of the version, from 1.", "版本号，从 1 开始。")),
        new("isChanged", "Boolean", new("Is changed", "是否有改动"), new("Whether it differs from the version before it; true for the first.", "与上一版本是否不同；首个版本为 true。")),
    ],
})
{
    private const int ContentLength = 200_000;

    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        string kind = context.RequiredText("kind").Trim();
        if (FaultOfKind(kind) is { } fault)
            throw EngagementContext.Fault(context, "kind", kind, fault);
        PlainObject content = context.Input("content") as PlainObject
            ?? throw EngagementContext.Fault(context, "content", null, "Give the answers of the form, an object.");
        string json = PlainJson.Write(content);
        if (json.Length > ContentLength)
            throw EngagementContext.Fault(context, "content", $"{json.Length} characters long", $"At most {ContentLength} are kept.");
        string form = FormPath(context);
        Guid engagement = context.EngagementId();
        NewestVersion newest = context.Ask(new NewestVersionAsked(engagement, kind));
        Guid version = context.NewId("version");
        int number = newest.Number + 1;
        string hash = DocumentHash.Of(content);
        string? by = context.OptionalText("proposedBy");
        LocalizedText name = DocumentNames.Of(kind);
        return ActivityResult.Done
            .Set("version", version.ToString("D"))
            .Set("number", (long)number)
            .Set("isChanged", newest.ContentHash != hash)
            .With(
                new VersionProposed(version, engagement, kind, number, context.DefinitionVersionId, form, json, hash, by),
                new TimelineEntryAdded(context.NewId("version-entry"), engagement, TimelineKinds.Record, new($"{name.En}: version {number} proposed", $"{name.ZhCn}：提出第 {number} 版"), by, version));
    }

    private static string FormPath(ActivityContext context) => context.OptionalText("form") == BuiltInForms.Figures
        ? BuiltInForms.Figures
        : context.AssetPath("form", "forms") ?? throw EngagementContext.Fault(context, "form", null, $"Name a form of the process folder, like 'forms/plan.json', or '{BuiltInForms.Figures}' for the content of Draw figures.");

    /// <summary>Returns what is wrong with the name of a document, or <see langword="null"/>.</summary>
    internal static string? FaultOfKind(string kind) => Kind().IsMatch(kind) ? null : "Use 1 to 40 small letters, digits and hyphens, beginning with a letter, like 'plan'.";

    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex Kind();
}
