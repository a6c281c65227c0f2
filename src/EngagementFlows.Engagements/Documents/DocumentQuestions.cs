using EngagementFlows.Engine.Effects;

namespace EngagementFlows.Engagements.Documents;

/// <summary>Asks which version of a document of an engagement is the newest.</summary>
/// <param name="EngagementId">The engagement.</param>
/// <param name="Kind">Which of its documents.</param>
public sealed record NewestVersionAsked(Guid EngagementId, string Kind) : Question<NewestVersion>;

/// <summary>The newest version of a document.</summary>
/// <param name="Number">Its number; 0 = there is none.</param>
/// <param name="ContentHash">Its fingerprint; <see langword="null"/> if there is none.</param>
public sealed record NewestVersion(int Number, string? ContentHash);

/// <summary>Asks where a version stands.</summary>
/// <param name="VersionId">The version.</param>
public sealed record VersionAsked(Guid VersionId) : Question<VersionStanding>;

/// <summary>Where a version stands.</summary>
/// <param name="EngagementId">Its engagement.</param>
/// <param name="Kind">Which document.</param>
/// <param name="Number">Its number.</param>
/// <param name="State">Its state.</param>
public sealed record VersionStanding(Guid EngagementId, string Kind, int Number, DocumentState State);
