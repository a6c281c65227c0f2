using EngagementFlows.Engagements;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Expressions;

namespace EngagementFlows.Server.Definitions;

/// <summary>Checks that activities use the forms beside their definition as they may be used. Pure.</summary>
internal static class ProcessForms
{
    /// <summary>Returns what blocks publication: a client's form that asks for a member of staff would show him who works here.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="assets">The files by their path below the process's folder, with slashes.</param>
    public static IEnumerable<DefinitionFault> FaultsOf(WorkflowDefinition definition, IReadOnlyDictionary<string, byte[]> assets)
    {
        foreach (ActivityNode node in definition.Root.SelfAndDescendants().Where(node => node.Activity is AskClient))
        {
            // A name that is only known when the flow runs is checked then.
            if (node.Input("form")?.Expression is not { Kind: ExpressionKind.Literal, Value: string path } || !assets.TryGetValue(path, out byte[]? file))
                continue;
            if (FormReader.Read(AssetText.Of(file)).Form is { AsksForStaff: true } form)
            {
                string questions = string.Join(", ", form.AllQuestions.Where(question => question.Staff is not null).Select(question => $"'{question.Name}'"));
                yield return new(
                    FaultSeverity.Fault,
                    node.Id,
                    "form",
                    $"The activity {node} asks a client with the form '{path}', which asks for a member of staff ({questions}); clients must not see who works here. Ask that in the form of a task, or remove 'efChoices'.")
                {
                    Chinese = $"活动{node}用表单“{path}”询问客户，而该表单要选择员工（{questions}）；客户不应看到本公司的员工名单。请在任务的表单中询问，或去掉“efChoices”。",
                };
            }
        }
    }
}
