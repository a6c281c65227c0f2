using EngagementFlows.Engine.Effects;

namespace EngagementFlows.Engagements.Tasks;

/// <summary>Asks who the approvers of an engagement are: each person or role once, and nobody who would decide about his own request.</summary>
/// <param name="EngagementId">The engagement.</param>
/// <param name="Approvers">Assignees as flows write them, separated by line feeds.</param>
/// <param name="RequestedBy">The mail address of whoever asks, or <see langword="null"/>.</param>
public sealed record ApproversAsked(Guid EngagementId, string Approvers, string? RequestedBy) : Question<Approvers>
{
    /// <summary>Gets the assignees.</summary>
    public IEnumerable<AssigneeExpression> Assignees =>
        Approvers.Split('\n').Select(text => AssigneeExpression.TryParse(text, out AssigneeExpression? assignee) ? assignee : throw new FormatException($"'{text}' is no assignee. {AssigneeExpression.Rule}"));
}

/// <summary>The approvers of an engagement.</summary>
/// <param name="Assignees">At least one; no two mean the same person.</param>
public sealed record Approvers(IReadOnlyList<AssigneeExpression> Assignees);
