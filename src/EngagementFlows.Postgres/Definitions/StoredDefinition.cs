namespace EngagementFlows.Postgres.Definitions;

/// <summary>A stored version of a definition.</summary>
/// <param name="Id">The version's id.</param>
/// <param name="DefinitionId">The definition.</param>
/// <param name="Version">The version's number.</param>
/// <param name="Name">The name that people read, or <see langword="null"/>.</param>
/// <param name="State"><c>draft, submitted, published, retired</c>; <c>trial</c> for a snapshot of a draft on which its test runs stay.</param>
/// <param name="ContentHash">The hash of its content.</param>
/// <param name="Json">The text as it was imported or drawn.</param>
/// <param name="CreatedAt">When it was imported.</param>
/// <param name="CreatedBy">By whom.</param>
/// <param name="SubmittedBy">Who asked for its publication, or <see langword="null"/>.</param>
/// <param name="PublishedAt">When it was published, or <see langword="null"/>.</param>
/// <param name="PublishedBy">By whom, or <see langword="null"/>.</param>
/// <param name="IsDrawn">Whether it was made in the designer: while it is a draft, its content changes in place.</param>
/// <param name="Revision">How often it was saved in the designer; a layout that was moved counts, too.</param>
/// <param name="Authors">Who drew it.</param>
public sealed record StoredDefinition(
    string Id,
    string DefinitionId,
    int Version,
    string? Name,
    string State,
    string ContentHash,
    string Json,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    string? SubmittedBy,
    DateTimeOffset? PublishedAt,
    string? PublishedBy,
    bool IsDrawn,
    int Revision,
    IReadOnlyList<string> Authors);
