using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engagements.Cases;

/// <summary>Writes down what was learned from a case.</summary>
public sealed class RecordLesson() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.RecordLesson",
    Category = EngagementInputs.CasesCategory,
    DisplayName = new("Record lesson", "记录经验"),
    Description = new("Keeps what the firm learned from a case, so that it changes something.", "保存从事项中得到的经验，以便改进。"),
    Inputs =
    [
        EngagementInputs.Case with { IsRequired = true },
        new("lesson", "String", new("Lesson", "经验"), new("What was learned, and what will be done differently.", "得到的经验，以及今后的改进。")) { IsRequired = true, UIHint = "multi-line" },
    ],
})
{
    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        Guid id = context.CaseId();
        return ActivityResult.Done.With(
            new LessonRecorded(id, context.RequiredText("lesson")),
            new TimelineEntryAdded(context.NewId("lesson-entry"), context.EngagementId(), TimelineKinds.Note, new("A lesson was recorded", "已记录经验"), null, id));
    }
}
