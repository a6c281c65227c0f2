using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Values;

namespace EngagementFlows.Engine.Expressions;

/// <summary>Inputs of type Object whose Object expressions are meant as JSON.</summary>
internal static class ObjectText
{
    /// <summary>Returns an input; the text of an Object expression that is a JSON list or object is returned as that.</summary>
    public static object? Parsed(ActivityExecution execution, string name)
    {
        object? value = execution.Input(name);
        if (value is not string text || execution.Node.Input(name) is not { Expression.Kind: ExpressionKind.Object })
            return value;
        ReadOnlySpan<char> start = text.AsSpan().TrimStart();
        return !start.IsEmpty && start[0] is ('[' or '{') && PlainJson.TryParse(text, out object? parsed) ? parsed : value;
    }
}
