using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Values;

namespace EngagementFlows.Engagements.Documents;

/// <summary>Reads the version of a document that is in force: the newest that was signed off.</summary>
public sealed class ReadVersion() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.ReadVersion",
    Category = EngagementInputs.DocumentsCategory,
    DisplayName = new("Read version", "读取版本"),
    Description = new(
        "Reads the version of a document that is in force: the newest that was signed off. A change begins from it.",
        "读取文件的现行版本，即最近签署的版本。变更以此为基础。"),
    Inputs = [new("kind", "String", new("Document", "文件"), new("Which document of the engagement, like plan.", "项目的哪份文件，例如 plan。")) { IsRequired = true, FaultOfLiteral = ProposeVersion.FaultOfKind }],
    Outputs =
    [
        new("version", "String", new("Version", "版本"), new("The id of the version, for the input Document of what follows.", "版本的标识，供后续活动的“文件版本”输入使用。")),
        new("number", "Int32", new("Number", "版本号"), new("The number of the version.", "版本号。")),
        new("content", "Object", new("Content", "内容"), new("Its content, to prefill a form or to be looked into.", "版本内容，可用于预填表单或读取其中的值。")),
    ],
    Outcomes = [Found, NotFound],
})
{
    /// <summary>The outcome if a version is in force.</summary>
    public const string Found = "Found";

    /// <summary>The outcome if none was signed off yet.</summary>
    public const string NotFound = "Not found";

    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        string kind = context.RequiredText("kind").Trim();
        if (ProposeVersion.FaultOfKind(kind) is { } fault)
            throw EngagementContext.Fault(context, "kind", kind, fault);
        VersionInForce? version = context.Ask(new VersionInForceAsked(context.EngagementId(), kind));
        return version is null
            ? ActivityResult.Complete(NotFound)
            : ActivityResult.Complete(Found)
                .Set("version", version.VersionId.ToString("D"))
                .Set("number", (long)version.Number)
                .Set("content", PlainJson.Parse(version.Content));
    }
}
