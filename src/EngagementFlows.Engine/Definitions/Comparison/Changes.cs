namespace EngagementFlows.Engine.Definitions.Comparison;

/// <summary>What happened to a part of a definition between two versions.</summary>
public enum ChangeKind
{
    /// <summary>Only the later version has it.</summary>
    Added,

    /// <summary>Only the earlier version has it.</summary>
    Removed,

    /// <summary>Both have it, and differ.</summary>
    Changed,
}

/// <summary>A value that differs.</summary>
/// <param name="Field">Its path below the activity or definition, in the spelling of the JSON.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Before">The earlier value as a person would write it; <see langword="null"/> if there was none.</param>
/// <param name="After">The later value; <see langword="null"/> if there is none any more.</param>
public sealed record FieldChange(string Field, LocalizedText Name, string? Before, string? After);

/// <summary>An activity that differs.</summary>
/// <param name="Kind">How.</param>
/// <param name="Activity">The later version's activity; the earlier one's if it was removed.</param>
/// <param name="Fields">The values that differ; of an added or removed activity all that it has.</param>
public sealed record ActivityChange(ChangeKind Kind, ActivityNode Activity, IReadOnlyList<FieldChange> Fields);

/// <summary>A connection that was drawn or taken away.</summary>
/// <param name="Kind">Added or removed.</param>
/// <param name="Connection">The connection, in the version that has it.</param>
public sealed record ConnectionChange(ChangeKind Kind, Connection Connection);
