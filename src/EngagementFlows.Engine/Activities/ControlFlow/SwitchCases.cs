using System.Text.Json;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Expressions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Values;

namespace EngagementFlows.Engine.Activities.ControlFlow;

/// <summary>The cases of Switch and FlowSwitch, read once per node.</summary>
internal sealed class SwitchCases
{
    private readonly List<(string Label, Expression? Condition, string? ActivityId)> _cases = [];

    private SwitchCases(ActivityNode node)
    {
        IReadOnlyList<ActivityNode> activities = node.ChildrenIn("cases");
        int at = 0;
        foreach (JsonElement item in node.Json.Items("cases"))
        {
            Expression? condition = item.Find("condition", out JsonElement json) ? ExpressionReader.Read(json) ?? ExpressionReader.ReadInput(json) : null;
            // The children are the activities of the cases that have one, in order; an id that is missing in the JSON was generated for them.
            string? activityId = item.Find("activity", out JsonElement activity) && activity.ValueKind == JsonValueKind.Object && at < activities.Count ? activities[at++].Id : null;
            _cases.Add((item.Text("label") ?? string.Empty, condition, activityId));
        }
    }

    /// <summary>Gets the conditions with their labels, for the validator.</summary>
    public IEnumerable<(string Label, Expression? Condition)> Conditions => _cases.Select(one => (one.Label, one.Condition));

    public static SwitchCases Of(ActivityNode node) => node.Plan(static node => new SwitchCases(node));

    /// <summary>Evaluates all conditions, then returns the label and activity of the first or of all that hold.</summary>
    public static List<(string Label, string? ActivityId)> Matching(ActivityExecution execution)
    {
        List<(string, string?)> matching = [];
        foreach ((string label, Expression? condition, string? activityId) in Of(execution.Node)._cases)
        {
            if (condition is not null && Holds(execution, label, condition))
                matching.Add((label, activityId));
        }

        if (IsMatchFirst(execution) && matching.Count > 1)
            matching.RemoveRange(1, matching.Count - 1);
        return matching;
    }

    private static bool Holds(ActivityExecution execution, string label, Expression condition)
    {
        try
        {
            return Evaluator.Evaluate(execution, condition, new DataType(DataKind.Boolean)) is true;
        }
        catch (EvaluationException failure)
        {
            throw new EvaluationException($"The condition of the case '{label}' of the activity '{execution.Node.Id}' could not be evaluated.", failure);
        }
    }

    private static bool IsMatchFirst(ActivityExecution execution) => execution.Input("mode") switch
    {
        null or "" or "MatchFirst" or 0L or 0.0 or "0" => true,
        "MatchAny" or 1L or 1.0 or "1" => false,
        object other => throw new ActivityFaultException($"The mode '{ValueConversion.ToText(other)}' of the activity '{execution.Node.Id}' is not known. Use MatchFirst or MatchAny."),
    };
}
