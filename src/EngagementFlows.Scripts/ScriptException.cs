namespace EngagementFlows.Scripts;

/// <summary>Ends a preparation or a run with the faults that were found.</summary>
public sealed class ScriptException : Exception
{
    /// <summary>Creates the exception for <paramref name="faults"/>, of which there is at least one.</summary>
    public ScriptException(IReadOnlyList<ScriptFault> faults)
        : base(faults[0].Message) => Faults = faults;

    /// <summary>Creates the exception for one fault.</summary>
    public ScriptException(ScriptFault fault)
        : this([fault])
    {
    }

    /// <summary>Gets the faults: all that a parser found, or the one that ended a run.</summary>
    public IReadOnlyList<ScriptFault> Faults { get; }

    /// <summary>Gets the first fault.</summary>
    public ScriptFault Fault => Faults[0];
}
