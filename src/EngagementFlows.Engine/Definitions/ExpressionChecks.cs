using EngagementFlows.Engine.Activities.ControlFlow;
using EngagementFlows.Engine.Activities.Primitives;
using EngagementFlows.Engine.Expressions;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;
using EngagementFlows.Scripts.Liquid;

namespace EngagementFlows.Engine.Definitions;

/// <summary>Checks the expressions of one activity: that they parse, convert, and name what exists.</summary>
internal sealed class ExpressionChecks(WorkflowDefinition definition, ActivityNode node, List<DefinitionFault> faults)
{
    public void Check()
    {
        foreach (InputSlot slot in node.InputSlots)
        {
            if (slot.Expression is not { } expression)
                continue;
            Check(slot.Descriptor.Name, expression, slot.Type);
            if (expression is { Kind: ExpressionKind.Literal, Value: string { Length: > 0 } literal } && slot.Descriptor.FaultOfLiteral?.Invoke(literal) is { } problem)
                Add(slot.Descriptor.Name, problem, $"“{literal}”无法使用。{problem}");
        }

        if (node.Activity is null)
        {
            foreach (InputBinding binding in node.Inputs)
                Check(binding.Name, binding.Expression, DataType.Object);
        }

        if (node.Activity is Switch or FlowSwitch)
        {
            foreach ((string label, Expression? condition) in SwitchCases.Of(node).Conditions)
            {
                if (condition is not null)
                    Check($"cases.{label}", condition, new DataType(DataKind.Boolean));
            }
        }

        if (node.Activity is While && node.Input("condition") is { } loop)
            Check("condition", loop.Expression, new DataType(DataKind.Boolean));
        if (node.Activity is RunJavaScript && node.Input("script")?.Expression is { Kind: ExpressionKind.Literal, Text: { } script })
            CheckScript("script", script);
        if (node.Activity is SetVariable && SetVariable.VariableId(node) is { } target && !Variables().Any(variable => variable.Id == target))
            faults.Add(new(FaultSeverity.Fault, node.Id, "variable", $"The activity {node} sets the variable with the id '{target}', which is not in scope there. Choose a variable of the workflow or of an enclosing container.")
            {
                Chinese = $"活动{node}要设置的变量（编号“{target}”）不在其作用范围内。请选择流程或外层容器的变量。",
            });
        CheckOutputs();
    }

    private void Check(string field, Expression expression, DataType type)
    {
        switch (expression.Kind)
        {
            case ExpressionKind.Literal when !ValueConversion.TryConvert(expression.Value, type, out _):
                Add(field, ValueConversion.Failure(expression.Value, type), $"“{ValueConversion.ToText(expression.Value)}”无法转换为类型 {type}。请填写该类型的值，或改用表达式。");
                break;
            case ExpressionKind.Object when expression.Text is { } json && !string.IsNullOrWhiteSpace(json) && IsStructured(type) && !PlainJson.TryParse(json, out _):
                Add(field, $"The text is not valid JSON, but a value of type {type} is wanted.", $"内容不是有效的 JSON，而此处需要类型 {type} 的值。");
                break;
            case ExpressionKind.Variable when !Variables().Any(variable => variable.Id == expression.Text):
                Add(field, $"The variable with the id '{expression.Text}' is not in scope there. Choose a variable of the workflow or of an enclosing container.", $"编号为“{expression.Text}”的变量不在作用范围内。请选择流程或外层容器的变量。");
                break;
            case ExpressionKind.Input when !definition.Inputs.Any(input => input.Name.Equals(expression.Text, StringComparison.OrdinalIgnoreCase)):
                Add(field, $"The workflow declares no input '{expression.Text}'; without one of that name it is null. Declare it.", $"流程没有声明输入“{expression.Text}”，若启动时也未提供，其值为空。请声明该输入。", FaultSeverity.Warning);
                break;
            case ExpressionKind.JavaScript:
                CheckScript(field, expression.Text ?? string.Empty);
                break;
            case ExpressionKind.Liquid:
                CheckTemplate(field, expression.Text ?? string.Empty);
                break;
            case ExpressionKind.Unknown:
                Add(field, $"The expression language '{expression.TypeName}' is not known. Use Literal, Object, Variable, Input, JavaScript or Liquid.", $"表达式语言“{expression.TypeName}”未知。请使用 Literal、Object、Variable、Input、JavaScript 或 Liquid。");
                break;
            default:
                break;
        }
    }

    private static bool IsStructured(DataType type) => type.IsList || type.Kind is DataKind.Json or DataKind.JsonNode or DataKind.Dictionary;

    private void CheckScript(string field, string text)
    {
        PreparedScript script;
        try
        {
            script = new PreparedScript(text);
        }
        catch (ScriptException failure)
        {
            foreach (ScriptFault fault in failure.Faults)
                Add(field, $"Line {fault.Line}, column {fault.Column}: {fault.Message}", $"第 {fault.Line} 行第 {fault.Column} 列的脚本有误：{fault.Message}");
            return;
        }

        string[] known = [.. KnownAccessors()];
        foreach (string name in script.Program.FreeNames)
        {
            // Only getters and setters are judged: any other name may be a type or a name that the script itself asks for with typeof.
            bool isAccessor = name.Length > 3 && (name.StartsWith("get", StringComparison.Ordinal) || name.StartsWith("set", StringComparison.Ordinal)) && char.IsUpper(name[3]);
            if (isAccessor && !ScriptSurface.Globals.ContainsKey(name) && !known.Contains(name, StringComparer.Ordinal) && !name.Contains("From", StringComparison.Ordinal))
                AddUndefined(field, $"The script calls '{name}', but no variable or input of that name is in scope there.{NearestName.Suggest(name, known)}", $"脚本调用了“{name}”，但该处没有同名的变量或输入。");
        }

        foreach (string name in script.Program.MembersOf("variables"))
        {
            if (!VariableNames().Contains(name, StringComparer.Ordinal))
                AddUndefined(field, $"The script names 'variables.{name}', but no variable of that name is in scope there.{NearestName.Suggest(name, VariableNames())}", $"脚本使用了“variables.{name}”，但该处没有同名的变量。");
        }

        foreach (string name in script.Program.TextsFor("getVariable"))
        {
            if (!VariableNames().Contains(name, StringComparer.Ordinal) && !VariableUse.IsSetByScript(definition, name))
                AddUndefined(field, $"The script reads the variable '{name}', but none of that name is in scope there.{NearestName.Suggest(name, VariableNames())}", $"脚本读取变量“{name}”，但该处没有同名的变量。");
        }
    }

    private void CheckTemplate(string field, string text)
    {
        try
        {
            LiquidTemplate template = LiquidTemplate.Prepare(text, LiquidOptions.Elsa);
            foreach (ScriptFault warning in template.Warnings)
                Add(field, $"Line {warning.Line}, column {warning.Column}: {warning.Message}", $"第 {warning.Line} 行第 {warning.Column} 列的模板：{warning.Message}", FaultSeverity.Warning);
            foreach (string name in template.Paths.Where(path => path.Members is ["Variables", _, ..]).Select(path => path.Members[1]).Distinct(StringComparer.Ordinal))
            {
                if (!VariableNames().Contains(name, StringComparer.Ordinal) && !VariableUse.IsSetByScript(definition, name))
                    AddUndefined(field, $"The template reads 'Variables.{name}', but no variable of that name is in scope there.{NearestName.Suggest(name, VariableNames())}", $"模板读取“Variables.{name}”，但该处没有同名的变量。");
            }
        }
        catch (ScriptException failure)
        {
            foreach (ScriptFault fault in failure.Faults)
                Add(field, $"Line {fault.Line}, column {fault.Column}: {fault.Message}", $"第 {fault.Line} 行第 {fault.Column} 列的模板有误：{fault.Message}");
        }
    }

    private void CheckOutputs()
    {
        foreach (OutputBinding binding in node.Outputs)
        {
            bool isKnown = Variables().Any(variable => variable.Id == binding.TargetId) || definition.Outputs.Any(output => output.Name == binding.TargetId);
            if (!isKnown)
                Add(binding.Name, $"The output '{binding.Name}' is bound to '{binding.TargetId}', which is neither a variable in scope nor an output of the workflow; its value is lost.", $"输出“{binding.Name}”绑定到“{binding.TargetId}”，它既不是作用范围内的变量，也不是流程的输出，该值将丢失。", FaultSeverity.Warning);
        }
    }

    private IEnumerable<VariableDeclaration> Variables()
    {
        for (ActivityNode? scope = node; scope is not null; scope = scope.Parent)
        {
            foreach (VariableDeclaration variable in scope.Variables)
                yield return variable;
        }

        foreach (VariableDeclaration variable in definition.Variables)
            yield return variable;
    }

    private IEnumerable<string> VariableNames() => Variables().Select(variable => variable.Name).Concat(["CurrentValue", "CurrentIndex", "ChildInstanceId"]).Concat(definition.Inputs.Select(input => input.Name));

    private IEnumerable<string> KnownAccessors()
    {
        foreach (string name in VariableNames())
        {
            yield return "get" + DefinitionReader.PascalCase(name);
            yield return "set" + DefinitionReader.PascalCase(name);
        }
    }

    private void AddUndefined(string field, string message, string messageZh) => faults.Add(new(FaultSeverity.Warning, node.Id, field, $"Activity {node}, field '{field}': {message} Declare it, or correct the name.")
    {
        Chinese = $"活动{node}，字段“{field}”：{messageZh}请声明该变量，或更正名称。",
        Rule = FaultRules.UndefinedVariable,
    });

    private void Add(string field, string message, string messageZh, FaultSeverity severity = FaultSeverity.Fault) =>
        faults.Add(new(severity, node.Id, field, $"Activity {node}, field '{field}': {message}") { Chinese = $"活动{node}，字段“{field}”：{messageZh}" });
}
