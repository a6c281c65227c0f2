namespace EngagementFlows.Engine.Definitions;

/// <summary>Something wrong with a definition.</summary>
/// <param name="Severity">How bad.</param>
/// <param name="ActivityId">The activity, or <see langword="null"/> if it lies on the definition itself.</param>
/// <param name="Field">The field of the activity or definition, in the spelling of the JSON; or <see langword="null"/>.</param>
/// <param name="Message">A complete sentence: what, which, the value found, the rule, the way out.</param>
public sealed record DefinitionFault(FaultSeverity Severity, string? ActivityId, string? Field, string Message);

/// <summary>How bad a fault is.</summary>
public enum FaultSeverity
{
    /// <summary>Worth a look; nothing is blocked.</summary>
    Warning,

    /// <summary>The definition is imported and would run until it is reached; publishing is blocked.</summary>
    Fault,

    /// <summary>The definition is not accepted at all.</summary>
    Refused,
}
