using EngagementFlows.Engine.Effects;

namespace EngagementFlows.Engagements.Documents;

/// <summary>Stores the next version of a document; one that was proposed before it and is not frozen is replaced.</summary>
/// <param name="VersionId">The version's id.</param>
/// <param name="EngagementId">The engagement.</param>
/// <param name="Kind">Which document of the engagement it is.</param>
/// <param name="Number">Its number, as the activity found it to be the next; if another transition took the number in the meantime, this one is run again.</param>
/// <param name="DefinitionVersionId">The process version whose form names the fields.</param>
/// <param name="FormPath">The form in that version.</param>
/// <param name="Content">The content as JSON.</param>
/// <param name="ContentHash"><see cref="DocumentHash"/> of the content.</param>
/// <param name="ProposedBy">The mail address of who proposes it, or <see langword="null"/>.</param>
public sealed record VersionProposed(
    Guid VersionId, Guid EngagementId, string Kind, int Number, string DefinitionVersionId, string FormPath, string Content, string ContentHash, string? ProposedBy) : Effect;

/// <summary>Freezes a proposed version, with date and person.</summary>
/// <param name="Version">The version, as it stands from then on.</param>
/// <param name="FrozenBy">Who signed it off.</param>
public sealed record VersionFrozen(VersionStanding Version, string FrozenBy) : Effect;
