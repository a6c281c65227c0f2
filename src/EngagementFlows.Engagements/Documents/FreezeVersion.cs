using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engagements.Documents;

/// <summary>Signs a version off: from then on it is what was agreed, with date and person.</summary>
public sealed class FreezeVersion() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.FreezeVersion",
    Category = EngagementInputs.DocumentsCategory,
    DisplayName = new("Freeze version", "冻结版本"),
    Description = new(
        "Signs the newest version of a document off, with date and person. It holds until a later version is frozen; one that was replaced can no longer be frozen.",
        "签署文件的最新版本并记录日期与签署人。该版本有效，直至后续版本被冻结；已被取代的版本不能再冻结。"),
    Inputs =
    [
        EngagementInputs.Document with { IsRequired = true },
        new("frozenBy", "String", new("Signed off by", "签署人"), new("Who agreed: a mail address or a name.", "同意者：邮箱或姓名。")) { IsRequired = true },
    ],
})
{
    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        Guid version = DocumentContext.VersionId(context, "document", context.RequiredText("document"));
        string by = context.RequiredText("frozenBy");
        VersionStanding standing = DocumentContext.Standing(context, version);
        bool isReplaced = standing.State == DocumentState.Replaced || context.Ask(new NewestVersionAsked(standing.EngagementId, standing.Kind)).Number > standing.Number;
        if (standing.State == DocumentState.Frozen || isReplaced)
        {
            throw EngagementContext.Fault(
                context,
                "document",
                $"version {standing.Number} of '{standing.Kind}'",
                standing.State == DocumentState.Frozen ? "It is frozen already." : "A newer version took its place: freeze that one.");
        }

        LocalizedText name = DocumentNames.Of(standing.Kind);
        return ActivityResult.Done.With(
            new VersionFrozen(standing with { State = DocumentState.Frozen }, by),
            new TimelineEntryAdded(
                context.NewId("frozen-entry"), standing.EngagementId, TimelineKinds.Record, new($"{name.En}: version {standing.Number} signed off", $"{name.ZhCn}：第 {standing.Number} 版已签署"), by, version));
    }
}
