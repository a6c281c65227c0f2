namespace EngagementFlows.Postgres.Definitions;

/// <summary>A stored version of a definition.</summary>
/// <param name="Id">The version's id.</param>
/// <param name="DefinitionId">The definition.</param>
/// <param name="Version">The version's number.</param>
/// <param name="Name">The name that people read, or <see langword="null"/>.</param>
/// <param name="State"><c>draft, submitted, published, retired</c>.</param>
/// <param name="ContentHash">The hash of its content.</param>
/// <param name="Json">The text as it was imported.</param>
/// <param name="CreatedAt">When it was imported.</param>
/// <param name="CreatedBy">By whom.</param>
/// <param name="SubmittedBy">Who asked for its publication, or <see langword="null"/>.</param>
/// <param name="PublishedAt">When it was published, or <see langword="null"/>.</param>
/// <param name="PublishedBy">By whom, or <see langword="null"/>.</param>
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
    string? PublishedBy);
