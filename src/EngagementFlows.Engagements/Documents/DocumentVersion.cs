namespace EngagementFlows.Engagements.Documents;

/// <summary>Where a version of a document stands.</summary>
public enum DocumentState
{
    /// <summary>It is asked about; decisions count for it.</summary>
    Proposed,

    /// <summary>A newer version took its place before it was frozen.</summary>
    Replaced,

    /// <summary>It was signed off, with date and person, and holds until a newer version is frozen.</summary>
    Frozen,
}

/// <summary>A numbered version of a document of an engagement: a needs register, a plan, minutes. Its content never changes; a correction is the next version.</summary>
public sealed record DocumentVersion
{
    /// <summary>Gets the version's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Gets the engagement.</summary>
    public required Guid EngagementId { get; init; }

    /// <summary>Gets which document of the engagement it is, such as <c>needs</c> or <c>plan</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the number, from 1 without a gap for each document of an engagement.</summary>
    public required int Number { get; init; }

    /// <summary>Gets the process version whose form names the fields.</summary>
    public required string DefinitionVersionId { get; init; }

    /// <summary>Gets the form in that version, <c>forms/plan.json</c>.</summary>
    public required string FormPath { get; init; }

    /// <summary>Gets the content: answers of the form, as JSON.</summary>
    public required string Content { get; init; }

    /// <summary>Gets <see cref="DocumentHash"/> of the content.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Gets where it stands.</summary>
    public required DocumentState State { get; init; }

    /// <summary>Gets when it was proposed.</summary>
    public required DateTimeOffset ProposedAt { get; init; }

    /// <summary>Gets the mail address of who proposed it, or <see langword="null"/>.</summary>
    public string? ProposedBy { get; init; }

    /// <summary>Gets when it was frozen; <see langword="null"/> if it is not.</summary>
    public DateTimeOffset? FrozenAt { get; init; }

    /// <summary>Gets who signed it off: a mail address or a name; <see langword="null"/> if it is not frozen.</summary>
    public string? FrozenBy { get; init; }
}
