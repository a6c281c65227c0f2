using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Expressions;

/// <summary>Evaluates expressions in the scope of an execution.</summary>
internal static class Evaluator
{
    /// <summary>Evaluates an expression and converts its value.</summary>
    /// <exception cref="EvaluationException">The expression fails, or its value does not convert.</exception>
    public static object? Evaluate(ActivityExecution execution, Expression expression, DataType type, PlainObject? arguments = null)
    {
        object? value = Raw(execution, expression, type, arguments);
        if (ValueConversion.TryConvert(value, type, execution.Run.Settings.StrictConversion, out object? converted))
            return converted;
        throw new EvaluationException(ValueConversion.Failure(value, type)) { Expression = Shown(expression), FoundValue = value };
    }

    private static object? Raw(ActivityExecution execution, Expression expression, DataType type, PlainObject? arguments)
    {
        switch (expression.Kind)
        {
            case ExpressionKind.Literal:
                return PlainValue.Clone(expression.Value);
            case ExpressionKind.Object:
                return Structured(expression, type);
            case ExpressionKind.Variable:
                return Variable(execution, expression);
            case ExpressionKind.Input:
                return expression.Text is { } name && execution.Run.TryFindInput(execution, name, out object? input) ? input : null;
            case ExpressionKind.JavaScript:
                return JavaScriptEvaluation.Evaluate(execution, expression, arguments);
            case ExpressionKind.Liquid:
                return LiquidEvaluation.Evaluate(execution, expression);
            default:
                throw new EvaluationException($"The expression language '{expression.TypeName}' is not known. Use Literal, Object, Variable, Input, JavaScript or Liquid.")
                {
                    Expression = Shown(expression),
                };
        }
    }

    /// <summary>Reads text as JSON where the target is structured; for the type Object it stays text.</summary>
    private static object? Structured(Expression expression, DataType type)
    {
        if (expression.Value is not string text)
            return PlainValue.Clone(expression.Value);
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (!type.IsList && type.Kind is not (DataKind.Json or DataKind.JsonNode or DataKind.Dictionary))
            return text;
        return PlainJson.TryParse(text, out object? parsed)
            ? parsed
            : throw new EvaluationException($"The text is not valid JSON, but a value of type {type} is wanted.") { Expression = Shown(expression) };
    }

    private static object? Variable(ActivityExecution execution, Expression expression)
    {
        if (expression.Text is { } id && execution.FindVariableById(id) is { } slot)
            return slot.Value;
        throw new EvaluationException($"The variable with the id '{expression.Text}' is not in scope at the activity '{execution.Node.Id}'. Choose a variable of the workflow or of an enclosing container.")
        {
            Expression = Shown(expression),
        };
    }

    private static string? Shown(Expression expression)
    {
        string? text = expression.Text ?? (expression.Value is null ? null : PlainJson.Write(expression.Value));
        return text is { Length: > 2000 } ? string.Concat(text.AsSpan(0, 2000), "…") : text;
    }
}
