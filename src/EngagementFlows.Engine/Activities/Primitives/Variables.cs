using System.Text.Json;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Engine.Activities.Primitives;

/// <summary>Sets a variable.</summary>
internal sealed class SetVariable() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.SetVariable",
    Category = Describe.Primitives,
    DisplayName = Describe.Text("Set variable", "设置变量"),
    Description = Describe.Text("Sets a variable of the workflow or of an enclosing container.", "设置工作流或外层容器的变量。"),
    Inputs =
    [
        Describe.Input("variable", "Variable", Describe.Text("Variable", "变量"), Describe.Text("The variable to set.", "要设置的变量。")).Late().Plain().Editor("variable-picker").Required(),
        Describe.Input("value", "Object", Describe.Text("Value", "值"), Describe.Text("Converted to the variable's type; nothing = null.", "转换为变量的类型；留空为 null。")),
    ],
})
{
    public override ActivityResult Execute(ActivityContext context)
    {
        ActivityExecution execution = (ActivityExecution)context;
        string? id = execution.Node.Plan(static node => new Target(node)).VariableId;
        if (id is null || execution.FindVariableById(id) is not { } slot)
            throw new ActivityFaultException($"The variable '{id}' is not in scope at the activity '{execution.Node.Id}'. Choose a variable of the workflow or of an enclosing container whose type is known.");
        execution.Run.Assign(slot, execution.Inputs[1]);
        return ActivityResult.Done;
    }

    /// <summary>Returns the id of the variable that a node sets, or <see langword="null"/>.</summary>
    internal static string? VariableId(ActivityNode node) => node.Plan(static node => new Target(node)).VariableId;

    private sealed class Target(ActivityNode node)
    {
        public string? VariableId { get; } = node.Json.Find("variable", out JsonElement variable) ? variable.Text("id") : null;
    }
}

/// <summary>Sets an output of the workflow.</summary>
internal sealed class SetOutput() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.SetOutput",
    Category = Describe.Primitives,
    DisplayName = Describe.Text("Set output", "设置输出"),
    Description = Describe.Text("Sets an output of the workflow.", "设置工作流的输出。"),
    Inputs =
    [
        Describe.Input("outputName", "String", Describe.Text("Output", "输出"), Describe.Text("The output's name.", "输出名称。")).Editor("output-picker").Required(),
        Describe.Input("outputValue", "Object", Describe.Text("Value", "值"), Describe.Text("The value, kept as it is.", "值，保持原样。")),
    ],
})
{
    public override ActivityResult Execute(ActivityContext context)
    {
        string? name = context.Text("outputName");
        if (string.IsNullOrEmpty(name))
            throw new ActivityFaultException($"The activity '{context.ActivityId}' names no output. Set 'outputName'.");
        ActivityExecution execution = (ActivityExecution)context;
        execution.Run.SetWorkflowOutput(execution, name, context.Input("outputValue"));
        return ActivityResult.Done;
    }
}

/// <summary>Names the instance.</summary>
internal sealed class SetName() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.SetName",
    Category = Describe.Primitives,
    DisplayName = Describe.Text("Set name", "设置名称"),
    Description = Describe.Text("Gives the instance a name that people recognise.", "为实例设置便于识别的名称。"),
    Inputs = [Describe.Input("value", "String", Describe.Text("Name", "名称"), Describe.Text("The name.", "名称。"))],
})
{
    public override ActivityResult Execute(ActivityContext context)
    {
        ((ActivityExecution)context).Run.Name = context.Text("value");
        return ActivityResult.Done;
    }
}

/// <summary>Sets the correlation id.</summary>
internal sealed class Correlate() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.Correlate",
    Category = Describe.Primitives,
    DisplayName = Describe.Text("Correlate", "关联"),
    Description = Describe.Text("Sets the business key of the instance; events that carry it find it by that.", "设置实例的业务键，事件据此找到它。"),
    Inputs = [Describe.Input("correlationId", "String", Describe.Text("Correlation id", "关联编号"), Describe.Text("The business key. Left empty, the instance’s correlation id is cleared.", "业务键；留空则清除实例的关联编号。"))],
})
{
    public override ActivityResult Execute(ActivityContext context)
    {
        ((ActivityExecution)context).Run.CorrelationId = context.Text("correlationId");
        return ActivityResult.Done;
    }
}

/// <summary>Writes a line to journal and log.</summary>
internal sealed class WriteLine() : Activity(new ActivityDescriptor
{
    TypeName = "Elsa.WriteLine",
    Category = Describe.Primitives,
    DisplayName = Describe.Text("Write line", "写一行"),
    Description = Describe.Text("Writes a line to the instance's journal.", "向实例日志写一行文字。"),
    Inputs = [Describe.Input("text", "String", Describe.Text("Text", "文字"), Describe.Text("The line.", "要写的文字。"))],
})
{
    public override ActivityResult Execute(ActivityContext context) => throw new InvalidOperationException("EngagementFlows bug: WriteLine is begun, not executed.");

    internal override void Begin(ActivityExecution execution)
    {
        string text = execution.Inputs[0] as string ?? string.Empty;
        execution.Run.Emit(new LineWritten(text));
        execution.Run.LogLine(execution, text);
        execution.Run.Complete(execution);
    }
}
