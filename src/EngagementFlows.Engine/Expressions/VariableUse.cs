using EngagementFlows.Engine.Activities.ControlFlow;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Scripts;
using EngagementFlows.Scripts.JavaScript;
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
                    || script.Program.MembersReadOf("variables").Contains(variable.Name)
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
        && (script.Program.TextsFor("setVariable").Contains(name) || script.Program.FreeNames.Contains("set" + DefinitionReader.PascalCase(name)) || script.Program.Writes.Any(write => IsOf(write, name))));

    /// <summary>Returns the places where an activity sets a variable: as SetVariable does, by a script, or with the result of one.</summary>
    public static IEnumerable<VariableSetting> SettingsOf(ActivityNode node, VariableDeclaration variable)
    {
        if (SetBy(node) == variable.Id)
            yield return Setting(node.Input("value")?.Expression, variable);
        foreach (Expression expression in ExpressionsOf(node))
        {
            if (expression.Kind != ExpressionKind.JavaScript || Program(expression) is not { } script)
                continue;
            foreach (ScriptWrite write in script.Program.Writes.Where(write => IsOf(write, variable.Name)))
                yield return Setting(write.Sources, Reads(expression, variable), write.IsCertain);
            if (node.Activity is Activities.Primitives.RunJavaScript && node.Outputs.Any(output => output.TargetId == variable.Id))
                yield return Setting(script.Program.Result, Reads(expression, variable), isCertain: true);
        }
    }

    /// <summary>Tells whether an expression reads nothing but variables that its text names, and at least one.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="names">The names of the variables.</param>
    public static bool ReadsOnly(Expression expression, IReadOnlyCollection<string> names)
    {
        switch (expression.Kind)
        {
            case ExpressionKind.JavaScript when Program(expression) is { } script:
                string[] getters = [.. names.Select(name => "get" + DefinitionReader.PascalCase(name))];
                return script.Program.FreeNames.Count > 0
                    && script.Program.FreeNames.All(name => name is "variables" or "getVariable" || getters.Contains(name, StringComparer.Ordinal))
                    && script.Program.MembersOf("variables").Concat(script.Program.TextsFor("getVariable")).All(names.Contains)
                    && names.Any(name => script.Program.MembersReadOf("variables").Contains(name) || script.Program.TextsFor("getVariable").Contains(name) || script.Program.FreeNames.Contains("get" + DefinitionReader.PascalCase(name)));
            case ExpressionKind.Liquid when Template(expression) is { } template:
                return template.Paths.Count > 0 && template.Paths.All(path => path.Members is ["Variables", var name, ..] && names.Contains(name));
            default:
                return false;
        }
    }

    /// <summary>Tells whether any script of the definition sets a variable by its name: one that nobody declares exists from then on.</summary>
    public static bool IsSetByScript(WorkflowDefinition definition, string name) => definition.Root.SelfAndDescendants().Any(node => SetsByScript(node, name));

    /// <summary>Returns the id of the variable that a SetVariable activity sets; <see langword="null"/> for other activities.</summary>
    public static string? SetBy(ActivityNode node) => node.Activity is Activities.Primitives.SetVariable ? Activities.Primitives.SetVariable.VariableId(node) : null;

    private static bool IsOf(ScriptWrite write, string name) =>
        (write.FreeName is "variables" or "setVariable" && write.Member == name) || write.FreeName == "set" + DefinitionReader.PascalCase(name);

    private static VariableSetting Setting(Expression? expression, VariableDeclaration variable)
    {
        switch (expression)
        {
            case null or { Kind: ExpressionKind.Literal }:
                return new(IsMadeOfItself: false, IsConstant: true, expression?.Value, IsCertain: true);
            case { Kind: ExpressionKind.JavaScript } when Program(expression) is { } script:
                return Setting(script.Program.Result, Reads(expression, variable), isCertain: true);
            case { Kind: ExpressionKind.Liquid, Text: { } text }:
                bool isBare = text.Replace(" ", string.Empty, StringComparison.Ordinal).Trim() == $"{{{{Variables.{variable.Name}}}}}";
                bool isConstant = !text.Contains("{{", StringComparison.Ordinal) && !text.Contains("{%", StringComparison.Ordinal);
                return new(!isBare && Reads(expression, variable), isConstant, isConstant ? text.Trim() : null, IsCertain: true);
            default:
                return new(IsMadeOfItself: false, IsConstant: false, null, IsCertain: true);
        }
    }

    private static VariableSetting Setting(IReadOnlyList<ScriptSource> sources, bool reads, bool isCertain) => new(
        reads && sources.Any(source => source.Kind == ScriptSourceKind.Made),
        sources is [{ Kind: ScriptSourceKind.Constant }],
        sources is [{ Kind: ScriptSourceKind.Constant } only] ? only.Constant : null,
        isCertain);

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
