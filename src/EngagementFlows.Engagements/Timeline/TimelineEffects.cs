using EngagementFlows.Engine;
using EngagementFlows.Engine.Effects;

namespace EngagementFlows.Engagements.Timeline;

/// <summary>Adds an entry to the engagement's timeline, dated with the transition's instant.</summary>
/// <param name="EntryId">The entry's id.</param>
/// <param name="EngagementId">The engagement.</param>
/// <param name="Kind">A kind of <see cref="TimelineKinds"/>.</param>
/// <param name="Text">What happened, in both languages.</param>
/// <param name="Actor">Who did it, or <see langword="null"/> for the flow itself.</param>
/// <param name="ReferenceId">The mail, task or link that it is about, or <see langword="null"/>.</param>
public sealed record TimelineEntryAdded(
    Guid EntryId, Guid EngagementId, string Kind, LocalizedText Text, string? Actor = null, Guid? ReferenceId = null) : Effect;
