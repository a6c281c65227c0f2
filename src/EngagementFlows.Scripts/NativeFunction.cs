namespace EngagementFlows.Scripts;

/// <summary>The body of a native function: takes and returns plain values; a <see cref="ScriptException"/> that it throws becomes an error in the script.</summary>
/// <param name="host">The host of this evaluation.</param>
/// <param name="arguments">The arguments given, as plain values; <c>undefined</c> and <c>null</c> are <see langword="null"/>. Valid during the call only.</param>
public delegate object? NativeBody(ScriptHost host, ReadOnlySpan<object?> arguments);

/// <summary>A function that the caller offers to scripts; made once, shared by all evaluations.</summary>
/// <param name="Name">The name that the script sees.</param>
/// <param name="Body">What it does.</param>
public sealed record NativeFunction(string Name, NativeBody Body);
