using EngagementFlows.Engine.Activities.ControlFlow;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Scripts;
using EngagementFlows.Scripts.Liquid;

namespace EngagementFlows.Engine.Expressions;

/// <summary>Tells which variables expressions read and set, as far as their text says so. Pure.</summary>
public static class VariableUse
{
    /// <summary>Returns the expressions of an activity: its inputs, and the conditions of a switch.</summary>
    public static IEnumerable<Expression> ExpressionsOf(ActivityNode node)
    {
        IEnumerable<Expression> inputs = node.Inputs.Select(input => AsScript(node, input));
        return node.Activity is Switch or FlowSwitch ? inputs.Concat(SwitchCases.Of(node).Conditions.Select(one => one.Condition).OfType<Expression>()) : inputs;
    }

    /// <summary>Tells whether an expression reads a variable. One that does not parse reads nothing.</summary>
    public static bool Reads(Expression expression, VariableDeclaration variable)
    {
        switch (expression.Kind)
        {
            case ExpressionKind.Variable:
                return expression.Text == variable.Id;
            case ExpressionKind.JavaScript when Program(expression) is { } script:
                return script.Program.TextsFor("getVariable").Contains(variable.Name)
                    || script.Program.MembersOf("variables").Contains(variable.Name)
                    || script.Program.FreeNames.Contains("get" + DefinitionReader.PascalCase(variable.Name));
            case ExpressionKind.Liquid when Template(expression) is { } template:
                return template.Paths.Any(path => path.Members is ["Variables", var name, ..] && name == variable.Name);
            default:
                return false;
        }
    }

    /// <summary>Tells whether a script of the activity sets a variable by its name.</summary>
    public static bool SetsByScript(ActivityNode node, string name) => ExpressionsOf(node).Any(expression =>
        expression.Kind == ExpressionKind.JavaScript && Program(expression) is { } script
        && (script.Program.TextsFor("setVariable").Contains(name) || script.Program.FreeNames.Contains("set" + DefinitionReader.PascalCase(name))));

    /// <summary>Tells whether any script of the definition sets a variable by its name: one that nobody declares exists from then on.</summary>
    public static bool IsSetByScript(WorkflowDefinition definition, string name) => definition.Root.SelfAndDescendants().Any(node => SetsByScript(node, name));

    /// <summary>Returns the id of the variable that a SetVariable activity sets; <see langword="null"/> for other activities.</summary>
    public static string? SetBy(ActivityNode node) => node.Activity is Activities.Primitives.SetVariable ? Activities.Primitives.SetVariable.VariableId(node) : null;

    // The script of RunJavaScript stands there as a text.
    private static Expression AsScript(ActivityNode node, InputBinding input) =>
        node.Activity is Activities.Primitives.RunJavaScript && input is { Name: "script", Expression: { Kind: ExpressionKind.Literal, Text: { } text } }
            ? new Expression(ExpressionKind.JavaScript, "JavaScript", text)
            : input.Expression;

    private static PreparedScript? Program(Expression expression)
    {
        try
        {
            return expression.Prepared(static text => new PreparedScript(text));
        }
        catch (ScriptException)
        {
            return null;
        }
    }

    private static LiquidTemplate? Template(Expression expression)
    {
        try
        {
            return expression.Prepared(static text => LiquidTemplate.Prepare(text, LiquidOptions.Elsa));
        }
        catch (ScriptException)
        {
            return null;
        }
    }
}
