using EngagementFlows.Engine.Effects;

namespace EngagementFlows.Engagements.Links;

/// <summary>Asks which link the engagement's contact has, or will have, to start a flow.</summary>
/// <param name="EngagementId">The engagement.</param>
/// <param name="DefinitionId">The flow.</param>
public sealed record StandingLinkAsked(Guid EngagementId, string DefinitionId) : Question<StandingLinkPlace>
{
    /// <inheritdoc/>
    public override bool TryAnswer(IReadOnlyList<Effect> effects, out object? answer)
    {
        StandingLinkOffered? offered = effects.OfType<StandingLinkOffered>().LastOrDefault(link => link.EngagementId == EngagementId && link.DefinitionId == DefinitionId);
        answer = offered is null ? null : new StandingLinkPlace(offered.LinkId, offered.ContactId, IsNew: false);
        return offered is not null;
    }
}

/// <summary>Which link a contact has to start a flow.</summary>
/// <param name="LinkId">The link.</param>
/// <param name="ContactId">The engagement's contact of now.</param>
/// <param name="IsNew">Whether it is to be made.</param>
public sealed record StandingLinkPlace(Guid LinkId, Guid ContactId, bool IsNew);
