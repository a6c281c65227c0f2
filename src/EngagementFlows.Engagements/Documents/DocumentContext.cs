using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engagements.Documents;

/// <summary>How activities read which document they are about.</summary>
internal static class DocumentContext
{
    /// <summary>Returns the version of the input <c>document</c>; <see langword="null"/> if it is not set.</summary>
    public static Guid? DocumentVersionId(this ActivityContext context) => context.OptionalText("document") is { } text ? VersionId(context, "document", text) : null;

    /// <summary>Returns the version that an input names.</summary>
    public static Guid VersionId(ActivityContext context, string input, string text) =>
        Guid.TryParse(text, out Guid id) ? id : throw EngagementContext.Fault(context, input, text, "Give the id of a version: the output Version of Propose version.");
}
