using EngagementFlows.Engine;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Links;

/// <summary>Makes a link for the engagement's contact.</summary>
/// <param name="LinkId">The link's id.</param>
/// <param name="EngagementId">The engagement; its contact of this instant gets the link.</param>
/// <param name="BookmarkId">The wait that an answer resumes.</param>
/// <param name="DefinitionVersionId">The process version whose form is shown.</param>
/// <param name="FormPath">The form in that version.</param>
/// <param name="MayDecline">Whether the contact may say no.</param>
/// <param name="ExpiresAt">The instant from which it is dead.</param>
/// <param name="Message">What stands above the form, or <see langword="null"/>.</param>
/// <param name="ConfirmByCode">Whether an answer counts only with a code from the contact's mailbox.</param>
public sealed record LinkIssued(
    Guid LinkId, Guid EngagementId, Guid BookmarkId, string DefinitionVersionId, string FormPath, bool MayDecline, DateTimeOffset ExpiresAt, string? Message, bool ConfirmByCode = false) : Effect
{
    /// <summary>Gets the version of a document that the page shows, or <see langword="null"/>.</summary>
    public Guid? DocumentVersionId { get; init; }

    /// <summary>Gets what stands above the form in the contact's language, if <see cref="Message"/> is <see langword="null"/>.</summary>
    public LocalizedText? LocalizedMessage { get; init; }

    /// <summary>Gets the answers that stand in the form at first, by question, or <see langword="null"/>.</summary>
    public PlainObject? Prefill { get; init; }
}

/// <summary>Gives a contact a standing link, or lets the one that he has work for longer; one that was taken back stays dead.</summary>
/// <param name="LinkId">The link's id, after <see cref="StandingLink.IdOf"/>.</param>
/// <param name="EngagementId">The engagement.</param>
/// <param name="ContactId">The contact.</param>
/// <param name="DefinitionId">The flow that it starts.</param>
/// <param name="FormPath">The form of that flow.</param>
/// <param name="Label">What it is for.</param>
/// <param name="ExpiresAt">Until when it works at least.</param>
public sealed record StandingLinkOffered(Guid LinkId, Guid EngagementId, Guid ContactId, string DefinitionId, string FormPath, LocalizedText Label, DateTimeOffset ExpiresAt) : Effect;

/// <summary>Ends a link whose step has ended; a link that is no longer open stays as it is.</summary>
/// <param name="LinkId">The link.</param>
public sealed record LinkEnded(Guid LinkId) : Effect;
