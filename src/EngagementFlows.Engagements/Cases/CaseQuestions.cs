using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Effects;

namespace EngagementFlows.Engagements.Cases;

/// <summary>Asks who is to answer for something.</summary>
/// <param name="EngagementId">The engagement.</param>
/// <param name="InstanceId">The instance whose tasks tell who has touched the matter.</param>
/// <param name="From">Whom the flow has in mind; of a role one person is chosen.</param>
/// <param name="Choice">How one of several is chosen.</param>
/// <param name="IsNeutral">Whether it must be somebody who has not touched the matter: neither owner nor architect of the engagement, and without a task of this instance.</param>
public sealed record OwnerAsked(Guid EngagementId, Guid InstanceId, AssigneeExpression From, OwnerChoice Choice, bool IsNeutral) : Question<StaffMember>;

/// <summary>Asks who stands on the next rung of the ladder: owner → architect → the last rung.</summary>
/// <param name="EngagementId">The engagement.</param>
/// <param name="Holder">Who holds the matter now.</param>
public sealed record NextRungAsked(Guid EngagementId, AssigneeExpression Holder) : Question<NextRung>;

/// <summary>How one of several people is chosen.</summary>
public enum OwnerChoice
{
    /// <summary>Who has the fewest open tasks.</summary>
    LeastLoaded,

    /// <summary>Who was given a case the longest time ago.</summary>
    InTurn,
}

/// <summary>A member of staff.</summary>
/// <param name="Email">The mail address.</param>
/// <param name="Name">The name.</param>
public sealed record StaffMember(string Email, string Name);

/// <summary>The next rung.</summary>
/// <param name="Member">Who stands on it; <see langword="null"/> if the holder stands on the last.</param>
public sealed record NextRung(StaffMember? Member);
