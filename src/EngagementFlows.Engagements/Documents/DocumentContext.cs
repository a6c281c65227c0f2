using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engagements.Documents;

/// <summary>How activities read which document they are about.</summary>
internal static class DocumentContext
{
    /// <summary>Returns the version of the input <c>document</c>, one of this engagement's; <see langword="null"/> if it is not set.</summary>
    /// <exception cref="ActivityFaultException">There is no such version, or it is another engagement's: whoever gets the task or the link would read what is not his.</exception>
    public static Guid? DocumentVersionId(this ActivityContext context)
    {
        if (context.OptionalText("document") is not { } text)
            return null;
        Guid version = VersionId(context, "document", text);
        return Standing(context, version).VersionId;
    }

    /// <summary>Returns where a version of this engagement stands.</summary>
    /// <exception cref="ActivityFaultException">There is no such version, or it is another engagement's.</exception>
    public static VersionStanding Standing(ActivityContext context, Guid version)
    {
        VersionStanding standing = context.Ask(new VersionAsked(version));
        return standing.EngagementId == context.EngagementId()
            ? standing
            : throw EngagementContext.Fault(context, "document", version.ToString("D"), "It is a version of another engagement's document.");
    }

    /// <summary>Returns the version that an input names.</summary>
    public static Guid VersionId(ActivityContext context, string input, string text) =>
        Guid.TryParse(text, out Guid id) ? id : throw EngagementContext.Fault(context, input, text, "Give the id of a version: the output Version of Propose version.");
}
