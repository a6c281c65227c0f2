namespace EngagementFlows.Scripts;

/// <summary>How scripts see a kind of plain value that JavaScript has no type for (<see cref="TimeSpan"/>, <see cref="Guid"/>), or a namespace of functions.</summary>
/// <remarks>
/// As a global it is an object with <see cref="Statics"/>; callable and usable with <c>new</c> if <see cref="Construct"/> is set. Values of <see cref="ClrType"/> are immutable
/// objects in scripts; the first argument of their getters and methods is the value itself.
/// </remarks>
public sealed class ScriptType
{
    /// <summary>Gets the name, as in <c>TimeSpan.FromHours(2)</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the CLR type of the values, or <see langword="null"/> for a mere namespace.</summary>
    public Type? ClrType { get; init; }

    /// <summary>Gets the constructor, or <see langword="null"/> if there is none.</summary>
    public NativeBody? Construct { get; init; }

    /// <summary>Gets functions and constant values of the type itself: <see cref="NativeFunction"/> or plain values, by name.</summary>
    public IReadOnlyDictionary<string, object?> Statics { get; init; } = new Dictionary<string, object?>();

    /// <summary>Gets the properties of a value, by name; called with the value as only argument.</summary>
    public IReadOnlyDictionary<string, NativeBody> Getters { get; init; } = new Dictionary<string, NativeBody>();

    /// <summary>Gets the methods of a value, by name; called with the value first. <c>toString</c>, <c>valueOf</c> and <c>toJSON</c> are honoured by conversions.</summary>
    public IReadOnlyDictionary<string, NativeBody> Methods { get; init; } = new Dictionary<string, NativeBody>();
}
