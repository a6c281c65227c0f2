using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Instances;

/// <summary>One line of an instance's account of itself.</summary>
/// <param name="ActivityId">The activity; <see langword="null"/> for the instance as a whole.</param>
/// <param name="ActivityType">The activity's type, or <see langword="null"/>.</param>
/// <param name="ExecutionId">The activity execution, or <see langword="null"/>.</param>
/// <param name="Event"><c>Started, Suspended, Resumed, Completed, Canceled, Faulted, Line</c>, or an act: <c>Cancelled, Retried, Skipped, VariableSet, Moved</c>.</param>
/// <param name="Outcomes">Outcomes of a completion if they are not just Done, or <see langword="null"/>.</param>
/// <param name="Text">A line written, a message, a reason; or <see langword="null"/>.</param>
/// <param name="Data">Details for the reader, or <see langword="null"/>.</param>
public sealed record JournalEntry(
    string? ActivityId, string? ActivityType, Guid? ExecutionId, string Event, IReadOnlyList<string>? Outcomes = null, string? Text = null, PlainObject? Data = null);
