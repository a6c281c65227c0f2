using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engagements.Clients;

/// <summary>Sets the stage of the engagement and writes it into its timeline.</summary>
public sealed class SetEngagementStage() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.SetEngagementStage",
    Category = EngagementInputs.ClientsCategory,
    DisplayName = new("Set engagement stage", "设置项目阶段"),
    Description = new("Moves the engagement to another stage; the change stands in its timeline.", "把项目移到另一阶段，并记入时间线。"),
    Inputs =
    [
        new("stage", "String", new("Stage", "阶段"), new("The new stage.", "新的阶段。")) { IsRequired = true, UIHint = "dropdown", Options = EngagementStages.All, NameOfOption = EngagementStages.NameOf },
    ],
})
{
    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        string stage = context.RequiredText("stage");
        if (!EngagementStages.IsKnown(stage))
            throw EngagementContext.Fault(context, "stage", stage, $"Allowed: {string.Join(", ", EngagementStages.All)}.");
        LocalizedText name = EngagementStages.NameOf(stage);
        return ActivityResult.Done.With(
            new StageChanged(context.EngagementId(), stage),
            new TimelineEntryAdded(context.NewId("entry"), context.EngagementId(), TimelineKinds.Stage, new($"Stage: {name.En}", $"阶段：{name.ZhCn}")));
    }
}
