namespace EngagementFlows.Engagements.Links;

/// <summary>Where a link stands in its life.</summary>
public enum LinkState
{
    /// <summary>It may be answered, until its date.</summary>
    Open,

    /// <summary>It was answered or declined, once.</summary>
    Consumed,

    /// <summary>Its step ended without an answer: by time-out, cancellation, or another way of the flow.</summary>
    Ended,

    /// <summary>A member of staff took it back.</summary>
    Revoked,
}

/// <summary>A way for one contact to answer one form, once, without an account.</summary>
/// <param name="Id">The link's id; worthless without the token's signature.</param>
/// <param name="InstanceId">The instance that waits for the answer.</param>
/// <param name="BookmarkId">The wait that the answer resumes.</param>
/// <param name="EngagementId">The engagement.</param>
/// <param name="ContactId">The contact for whom it was made.</param>
/// <param name="DefinitionVersionId">The process version whose form is shown.</param>
/// <param name="FormPath">The form in that version, <c>forms/intake.json</c>.</param>
/// <param name="MayDecline">Whether the contact may say no.</param>
/// <param name="State">Where it stands.</param>
/// <param name="IssuedAt">When it was made.</param>
/// <param name="ExpiresAt">The instant from which it is dead.</param>
/// <param name="ClosedAt">When it was consumed, ended or revoked; <see langword="null"/> while open.</param>
/// <param name="Outcome"><c>Answered</c> or <c>Declined</c> once consumed.</param>
/// <param name="Message">What the flow wants to say above the form, or <see langword="null"/>.</param>
/// <param name="ConfirmByCode">Whether an answer counts only with a code from the contact's mailbox.</param>
public sealed record Link(
    Guid Id,
    Guid InstanceId,
    Guid BookmarkId,
    Guid EngagementId,
    Guid ContactId,
    string DefinitionVersionId,
    string FormPath,
    bool MayDecline,
    LinkState State,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? ClosedAt = null,
    string? Outcome = null,
    string? Message = null,
    bool ConfirmByCode = false)
{
    /// <summary>Gets the version of a document that the page shows, or <see langword="null"/>.</summary>
    public Guid? DocumentVersionId { get; init; }
}
