using System.Text;
using System.Text.Json;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Activities.ControlFlow;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Values;

namespace EngagementFlows.Engine.Expressions;

/// <summary>Writes what scripts find as TypeScript declarations, for the completion of an editor: what every script has, and the variables, inputs and outputs of a definition.</summary>
public static class ScriptDeclarations
{
    private static readonly VariableDeclaration[] OfLoops =
    [
        new("", "CurrentValue", DataType.Object, null, SurvivesWaits: true),
        new("", "CurrentIndex", new DataType(DataKind.Int32), null, SurvivesWaits: true),
    ];

    /// <summary>Returns the declarations.</summary>
    /// <param name="definition">The definition in which the script stands; <see langword="null"/> for what every script has.</param>
    /// <param name="language">The language of the comments, <c>en</c> or <c>zh-CN</c>.</param>
    /// <remarks>Variables of all containers are declared, and those of loops where there is one: the editor does not say in which activity a script stands.</remarks>
    public static string Of(WorkflowDefinition? definition, string? language)
    {
        StringBuilder text = new(ScriptTypeDeclarations.Text);
        // Of several declarations of a function the first that fits counts: those for known names stand before those for any.
        if (definition is not null)
            new Writer(text, definition, language).Write();
        foreach ((string _, string declaration, LocalizedText comment) in ScriptTypeDeclarations.Functions)
            Add(text, comment.In(language), declaration);
        return text.ToString();
    }

    /// <summary>Returns the TypeScript type of values of a type.</summary>
    internal static string TypeOf(DataType type)
    {
        string one = type.Kind switch
        {
            DataKind.String => "string",
            DataKind.Boolean => "boolean",
            DataKind.Int16 or DataKind.Int32 or DataKind.Int64 or DataKind.Single or DataKind.Double or DataKind.Decimal => "number",
            DataKind.Guid => "Guid",
            DataKind.DateTime or DataKind.DateTimeOffset => "Date",
            DataKind.TimeSpan => "TimeSpan",
            DataKind.Bytes => "Uint8Array",
            DataKind.Dictionary => "{ [key: string]: any }",
            _ => "any",
        };
        return type.IsList ? $"Array<{one}>" : one;
    }

    private static void Add(StringBuilder text, string? comment, string declaration)
    {
        if (!string.IsNullOrWhiteSpace(comment))
            text.Append("/** ").Append(comment.Replace("*/", "* /", StringComparison.Ordinal).ReplaceLineEndings(" ")).Append(" */\n");
        text.Append("declare ").Append(declaration).Append(";\n");
    }

    private sealed class Writer(StringBuilder text, WorkflowDefinition definition, string? language)
    {
        private static readonly LocalizedText VariableComment = new("A variable of the flow.", "流程的变量。");
        private static readonly LocalizedText OutputComment = new("The output “{0}” of the activity “{1}”.", "活动“{1}”的输出“{0}”。");

        private readonly HashSet<string> _declared = new(ScriptSurface.Globals.Keys, StringComparer.Ordinal);

        public void Write()
        {
            ActivityNode[] nodes = [.. definition.Root.SelfAndDescendants()];
            List<VariableDeclaration> variables = [.. definition.Variables, .. nodes.SelectMany(node => node.Variables)];
            if (nodes.Any(node => node.Activity is For or ForEach or ParallelForEach))
                variables.AddRange(OfLoops);
            Variables([.. variables.DistinctBy(variable => variable.Name, StringComparer.Ordinal)]);
            Inputs();
            Outputs(nodes);
        }

        private void Variables(IReadOnlyList<VariableDeclaration> variables)
        {
            StringBuilder members = new();
            foreach (VariableDeclaration variable in variables)
            {
                string type = TypeOf(variable.Type);
                members.Append($" {Quoted(variable.Name)}: {type};");
                Add(text, null, $"function getVariable(name: {Quoted(variable.Name)}): {type}");
                Add(text, null, $"function setVariable(name: {Quoted(variable.Name)}, value: {type}): void");
                if (!HasAccessor(variable.Name))
                    continue;
                string name = DefinitionReader.PascalCase(variable.Name);
                Declare("get" + name, $"(): {type}", VariableComment.In(language));
                Declare("set" + name, $"(value: {type}): void", VariableComment.In(language));
            }

            Add(text, VariableComment.In(language), $"const variables: {{{members} [name: string]: any }}");
        }

        private void Inputs()
        {
            foreach (InputDeclaration input in definition.Inputs)
            {
                string type = TypeOf(input.Type);
                string? comment = (input.Description ?? input.DisplayName)?.In(language);
                Add(text, comment, $"function getInput(name: {Quoted(input.Name)}): {type}");
                if (HasAccessor(input.Name))
                    Declare("get" + DefinitionReader.PascalCase(input.Name), $"(): {type}", comment);
            }
        }

        private void Outputs(IEnumerable<ActivityNode> nodes)
        {
            foreach (ActivityNode node in nodes)
            {
                foreach (OutputDescriptor output in node.Activity?.Descriptor.Outputs ?? [])
                {
                    string type = TypeOf(DataType.TryParse(output.TypeName, out DataType known) ? known : DataType.Object);
                    string name = DefinitionReader.PascalCase(output.Name);
                    string comment = string.Format(OutputComment.In(language), output.DisplayName.In(language), node.DisplayName?.In(language) ?? node.Name ?? node.Id);
                    Add(text, comment, $"function getOutputFrom(activity: {Quoted(node.Id)}, output: {Quoted(name)}): {type}");
                    if (!string.IsNullOrEmpty(node.Name) && DefinitionReader.PascalCase(node.Name) is { Length: > 0 } from)
                        Declare($"get{name}From{from}", $"(): {type}", comment);
                }
            }
        }

        private void Declare(string name, string signature, string? comment)
        {
            if (_declared.Add(name))
                Add(text, comment, $"function {name}{signature}");
        }

        // A name with blanks or signs is reached by getVariable alone.
        private static bool HasAccessor(string name) => name.Length > 0 && name.All(letter => char.IsLetterOrDigit(letter) || letter == '_');

        private static string Quoted(string name) => JsonSerializer.Serialize(name);
    }
}
