using EngagementFlows.Scripts;

namespace EngagementFlows.Server.CommandLine;

/// <summary>What came of an evaluation: a value, or faults; and what was printed meanwhile.</summary>
internal sealed record EvaluationResult(object? Value, IReadOnlyList<ScriptFault> Faults, IReadOnlyList<string> Printed);
