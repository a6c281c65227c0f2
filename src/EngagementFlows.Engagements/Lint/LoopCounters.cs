using System.Globalization;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Expressions;

namespace EngagementFlows.Engagements.Lint;

/// <summary>Finds the variables in which the rounds of a loop are counted. Pure.</summary>
internal static class LoopCounters
{
    // Where a variable begins that nobody gives a value first.
    private static readonly string[] FirstValues = ["", "0", "1"];

    /// <summary>Tells whether an activity chooses the way on by what its expressions give.</summary>
    public static bool Decides(ActivityNode node) => node.TypeName is "Elsa.FlowDecision" or "Elsa.FlowSwitch" or "Elsa.RunJavaScript";

    /// <summary>Tells whether a decision asks a variable that counts the rounds, and that no round sets back.</summary>
    public static bool Limits(WorkflowDefinition definition, ActivityNode decision, ActivityNode[] round) =>
        Asked(definition, decision).Any(variable => Counts(round, variable) && ResetBy(definition, round, variable) is null);

    /// <summary>Returns a variable that counts the rounds in vain, and the activity that sets it back; <see langword="null"/> if there is none.</summary>
    public static (VariableDeclaration Variable, ActivityNode Node)? SetBack(WorkflowDefinition definition, ActivityNode[] round)
    {
        bool isWhile = round is [{ TypeName: "Elsa.While" }];
        ActivityNode[] inside = isWhile ? [.. round[0].Children] : round;
        foreach (VariableDeclaration variable in round.Where(node => isWhile || Decides(node)).SelectMany(node => Asked(definition, node)))
        {
            if (Counts(inside, variable) && ResetBy(definition, inside, variable) is { } node)
                return (variable, node);
        }

        return null;
    }

    private static IEnumerable<VariableDeclaration> Asked(WorkflowDefinition definition, ActivityNode decision) =>
        FlowFacts.Variables(definition).Where(variable => VariableUse.ExpressionsOf(decision).Any(expression => VariableUse.Reads(expression, variable)));

    // It is set to something made of itself, or to a number or an instant that an activity gives: of a version, of an occurrence.
    private static bool Counts(ActivityNode[] round, VariableDeclaration variable) => round.SelectMany(node => node.SelfAndDescendants()).Any(node =>
        VariableUse.SettingsOf(node, variable).Any(setting => setting.IsMadeOfItself)
        || node.Outputs.Any(output => output.TargetId == variable.Id && TypeOf(node, output.Name) is "Int32" or "DateTimeOffset"));

    // Only a value with which it begins: one that is set to end the loop, like a hundred, ends it.
    private static ActivityNode? ResetBy(WorkflowDefinition definition, ActivityNode[] round, VariableDeclaration variable)
    {
        string[] first = FirstValuesOf(definition, round, variable);
        return round.SelectMany(AlwaysRun).FirstOrDefault(node =>
            VariableUse.SettingsOf(node, variable).Any(setting => setting is { IsConstant: true, IsCertain: true } && first.Contains(TextOf(setting.Constant), StringComparer.Ordinal)));
    }

    private static string[] FirstValuesOf(WorkflowDefinition definition, ActivityNode[] round, VariableDeclaration variable)
    {
        HashSet<ActivityNode> inside = [.. round.SelectMany(node => node.SelfAndDescendants())];
        List<string> values = [.. definition.Root.SelfAndDescendants().Where(node => !inside.Contains(node))
            .SelectMany(node => VariableUse.SettingsOf(node, variable)).Where(setting => setting.IsConstant).Select(setting => TextOf(setting.Constant))];
        if (TextOf(variable.DefaultValue) is { Length: > 0 } declared)
            values.Add(declared);
        return values.Count > 0 ? [.. values] : FirstValues;
    }

    // What stands behind a condition may not run in this round.
    private static IEnumerable<ActivityNode> AlwaysRun(ActivityNode node) =>
        node.TypeName == "Elsa.Sequence" ? node.Children.SelectMany(AlwaysRun).Prepend(node) : [node];

    private static string TextOf(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture)?.Trim() ?? string.Empty;

    private static string? TypeOf(ActivityNode node, string output) =>
        node.Activity?.Descriptor.Outputs.FirstOrDefault(known => known.Name.Equals(output, StringComparison.OrdinalIgnoreCase))?.TypeName;
}
