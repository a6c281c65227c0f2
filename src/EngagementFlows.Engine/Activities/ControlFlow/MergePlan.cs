using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Expressions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Values;

namespace EngagementFlows.Engine.Activities.ControlFlow;

/// <summary>How an activity of a flowchart joins what arrives over several connections.</summary>
/// <remarks>The first six have Elsa's numbers.</remarks>
internal enum MergeMode
{
    /// <summary>Nothing is said: as Stream.</summary>
    None,

    /// <summary>Once, when everything that can still arrive has arrived.</summary>
    Stream,

    /// <summary>When something has arrived over each forward connection.</summary>
    Merge,

    /// <summary>When something has arrived over each connection, backward ones included.</summary>
    Converge,

    /// <summary>Once for each arrival.</summary>
    Cascade,

    /// <summary>At the first arrival; what is on its way elsewhere is cancelled, later arrivals are ignored.</summary>
    Race,

    /// <summary>Counter mode: as Merge, but skipped when nothing more can arrive.</summary>
    AllOrSkip,
}

/// <summary>The merge mode of an activity, as far as it is known before an instance runs.</summary>
internal sealed class MergePlan
{
    private readonly MergeMode _mode;
    private readonly Expression? _joinMode;

    private MergePlan(MergeMode mode, bool isJoin, Expression? joinMode)
    {
        _mode = mode;
        IsJoin = isJoin;
        _joinMode = joinMode;
    }

    /// <summary>Gets whether it is a FlowJoin, whose mode is an input.</summary>
    public bool IsJoin { get; }

    public static MergePlan Of(ActivityNode node)
    {
        if (node.TypeName != "Elsa.FlowJoin")
        {
            bool isKnown = Enum.TryParse(node.MergeMode, ignoreCase: true, out MergeMode mode) && mode is > MergeMode.None and < MergeMode.AllOrSkip;
            return new(isKnown ? mode : MergeMode.Stream, isJoin: false, null);
        }

        return new(MergeMode.Race, isJoin: true, node.Input("mode")?.Expression);
    }

    /// <summary>Returns the mode for an instance.</summary>
    public MergeMode Mode(ActivityExecution flowchart)
    {
        bool counter = flowchart.Run.CounterMode;
        if (!IsJoin)
            return counter ? MergeMode.Stream : _mode;
        return JoinMode(flowchart) switch
        {
            "WaitAll" => counter ? MergeMode.AllOrSkip : MergeMode.Merge,
            "WaitAllActive" => MergeMode.Stream,
            _ => MergeMode.Race,
        };
    }

    private string JoinMode(ActivityExecution flowchart)
    {
        if (_joinMode is null)
            return "WaitAny";
        object? value = Evaluator.Evaluate(flowchart, _joinMode, DataType.Object);
        return value switch
        {
            null or "" => "WaitAny",
            "WaitAny" or "WaitAll" or "WaitAllActive" => (string)value,
            0L or 0.0 or "0" => "WaitAll",
            1L or 1.0 or "1" => "WaitAllActive",
            2L or 2.0 or "2" => "WaitAny",
            _ => throw new EvaluationException($"The join mode '{ValueConversion.ToText(value)}' is not known. Use WaitAny, WaitAll or WaitAllActive.") { FoundValue = value },
        };
    }
}
