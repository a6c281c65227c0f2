using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engagements.Cases;

/// <summary>How activities read which case they are about.</summary>
internal static class CaseContext
{
    /// <summary>Returns the case of the input <c>case</c>; <see langword="null"/> if it is not set.</summary>
    public static Guid? OptionalCaseId(this ActivityContext context) => context.OptionalText("case") is not { } text
        ? null
        : Guid.TryParse(text, out Guid id) ? id : throw EngagementContext.Fault(context, "case", text, "Give the id of a case: the output Case of Open case.");

    /// <summary>Returns the case of the input <c>case</c>.</summary>
    public static Guid CaseId(this ActivityContext context) =>
        context.OptionalCaseId() ?? throw EngagementContext.Fault(context, "case", null, "Give the id of a case: the output Case of Open case.");
}
