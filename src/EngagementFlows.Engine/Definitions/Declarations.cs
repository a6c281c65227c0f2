using EngagementFlows.Engine.Values;

namespace EngagementFlows.Engine.Definitions;

/// <summary>A variable that a definition or a container declares.</summary>
/// <param name="Id">The id by which expressions and outputs refer to it.</param>
/// <param name="Name">The name by which scripts refer to it.</param>
/// <param name="Type">The declared type.</param>
/// <param name="DefaultValue">The value at each entry of its container, already of the type; <see langword="null"/> if none.</param>
/// <param name="SurvivesWaits">Whether the value is kept over a wait; otherwise the default is back.</param>
public sealed record VariableDeclaration(string Id, string Name, DataType Type, object? DefaultValue, bool SurvivesWaits);

/// <summary>An input that a definition declares.</summary>
/// <param name="Name">The name, found without regard to case.</param>
/// <param name="Type">The declared type; nothing is converted to it.</param>
/// <param name="DisplayName">The name that people read; <see langword="null"/> if its author gave none.</param>
/// <param name="Description">What it is for; <see langword="null"/> if its author did not say.</param>
public sealed record InputDeclaration(string Name, DataType Type, LocalizedText? DisplayName, LocalizedText? Description)
{
    /// <summary>Gets what people call it: its name for people, or else the one for programs.</summary>
    public LocalizedText Called => DisplayName ?? new(Name, Name);
}

/// <summary>An output that a definition declares.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The declared type; nothing is converted to it.</param>
/// <param name="DisplayName">The name that people read, or <see langword="null"/>.</param>
/// <param name="Description">What it holds, or <see langword="null"/>.</param>
public sealed record OutputDeclaration(string Name, DataType Type, string? DisplayName, string? Description);

/// <summary>A connection between two activities of one flowchart.</summary>
/// <param name="Source">The activity that completes.</param>
/// <param name="Port">The outcome that is followed.</param>
/// <param name="Target">The activity that is reached.</param>
public sealed record Connection(ActivityNode Source, string Port, ActivityNode Target);

/// <summary>The options of a definition.</summary>
public sealed record DefinitionOptions
{
    /// <summary>Gets whether other definitions may use this one as an activity.</summary>
    public bool UsableAsActivity { get; init; }

    /// <summary>Gets whether an incident ends the instance; <see langword="null"/> = the host's setting.</summary>
    public bool? FaultOnIncident { get; init; }

    /// <summary>Gets when a trigger may start a further instance.</summary>
    public ActivationStrategy Activation { get; init; }
}

/// <summary>When a trigger may start a further instance of a definition.</summary>
public enum ActivationStrategy
{
    /// <summary>Always.</summary>
    Always,

    /// <summary>Only while no instance of the definition runs.</summary>
    Singleton,

    /// <summary>Only while no instance of the definition with the same correlation id runs.</summary>
    CorrelatedSingleton,

    /// <summary>Only while no instance of any definition with the same correlation id runs.</summary>
    Correlation,
}
