using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Expressions;
using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Engine.Activities.ControlFlow;

/// <summary>A definition as an activity: the root of an instance, or a workflow used inside another.</summary>
internal sealed class WorkflowActivity : Activity
{
    private WorkflowActivity()
        : base(new ActivityDescriptor
        {
            TypeName = "Elsa.Workflow",
            Category = Describe.Composition,
            DisplayName = Describe.Text("Workflow", "工作流"),
            Description = Describe.Text("Runs a workflow definition.", "运行一个工作流定义。"),
            ChildProperties = ["root"],
        })
    {
    }

    /// <summary>Gets the one object.</summary>
    public static WorkflowActivity Instance { get; } = new();

    internal override bool IsContainer => true;

    public override ActivityResult Execute(ActivityContext context) => throw new InvalidOperationException("EngagementFlows bug: a workflow is begun, not executed.");

    internal override void Begin(ActivityExecution execution)
    {
        WorkflowDefinition definition = execution.Composite!;
        if (execution.Parent is not null)
            TakeInputs(execution, definition);
        execution.Declare(definition.Variables);
        execution.Run.Schedule(execution, definition.Root);
    }

    internal override void ChildCompleted(ActivityExecution execution, ActivityExecution child, IReadOnlyList<string> outcomes) =>
        execution.Run.Complete(execution, execution.RequestedOutcomes);

    /// <summary>Makes the inputs that the using definition sets into variables of this use.</summary>
    private static void TakeInputs(ActivityExecution execution, WorkflowDefinition definition)
    {
        foreach (InputDeclaration input in definition.Inputs)
        {
            object? value = null;
            if ((execution.Node.Input(input.Name) ?? execution.Node.Inputs.FirstOrDefault(written => WrittenNames.Means(written.Name, input.Name))) is { } binding)
            {
                try
                {
                    value = Evaluator.Evaluate(execution.Parent!, binding.Expression, input.Type);
                }
                catch (EvaluationException failure)
                {
                    throw new EvaluationException($"The input '{input.Name}' of the activity '{execution.Node.Id}' could not be evaluated.", failure);
                }
            }

            execution.AddVariable(new VariableSlot(input.Name, value, SlotOrigin.Loop));
        }
    }
}
