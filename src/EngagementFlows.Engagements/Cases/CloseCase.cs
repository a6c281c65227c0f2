using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engagements.Cases;

/// <summary>Closes a case with its outcome.</summary>
public sealed class CloseCase() : Activity(new ActivityDescriptor
{
    TypeName = "EngagementFlows.CloseCase",
    Category = EngagementInputs.CasesCategory,
    DisplayName = new("Close case", "结束事项"),
    Description = new("Closes the case with its outcome, and with how content the client is.", "记录结果和客户满意度并结束事项。"),
    Inputs =
    [
        EngagementInputs.Case with { IsRequired = true },
        new("outcome", "String", new("Outcome", "结果"), new("How it ended, in a few words, such as accepted or mediated.", "用几个字说明结果，例如 accepted 或 mediated。")) { IsRequired = true },
        new("satisfaction", "Int32", new("Satisfaction", "满意度"), new("How content the client is with how it was handled, 1 to 5; may be left out.", "客户对处理过程的满意度，1 至 5，可省略。")),
    ],
})
{
    /// <inheritdoc/>
    public override ActivityResult Execute(ActivityContext context)
    {
        Guid id = context.CaseId();
        string outcome = context.RequiredText("outcome").ReplaceLineEndings(" ").Trim();
        if (outcome.Length > TextRule.NameLength)
            throw EngagementContext.Fault(context, "outcome", outcome, $"At most {TextRule.NameLength} characters.");
        int satisfaction = context.Whole("satisfaction", least: 1, most: 5, fallback: 0);
        return ActivityResult.Done.With(
            new CaseClosed(id, outcome, satisfaction == 0 ? null : satisfaction),
            new TimelineEntryAdded(context.NewId("closed-entry"), context.EngagementId(), TimelineKinds.Record, new($"Case closed: {outcome}", $"事项已结束：{outcome}"), null, id));
    }
}
