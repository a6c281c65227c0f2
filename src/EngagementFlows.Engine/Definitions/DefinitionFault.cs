namespace EngagementFlows.Engine.Definitions;

/// <summary>Something wrong with a definition.</summary>
/// <param name="Severity">How bad.</param>
/// <param name="ActivityId">The activity, or <see langword="null"/> if it lies on the definition itself.</param>
/// <param name="Field">The field of the activity or definition, in the spelling of the JSON; or <see langword="null"/>.</param>
/// <param name="Message">A complete sentence in English: what, which, the value found, the rule, the way out.</param>
public sealed record DefinitionFault(FaultSeverity Severity, string? ActivityId, string? Field, string Message)
{
    /// <summary>Gets the same in Chinese; <see langword="null"/> where only English is there.</summary>
    public string? MessageZh { get; init; }

    /// <summary>Gets the name of the rule that it breaks (<see cref="FaultRules"/>), or <see langword="null"/>.</summary>
    public string? Rule { get; init; }

    /// <summary>Returns the sentence in a language; in English where the other is not there.</summary>
    public string In(string? language) => MessageZh is null ? Message : new LocalizedText(Message, MessageZh).In(language);
}

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
