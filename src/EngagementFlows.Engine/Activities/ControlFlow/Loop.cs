using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Engine.Activities.ControlFlow;

/// <summary>Shared by the loops: how a round's variables reach the body.</summary>
internal static class Loop
{
    /// <summary>Schedules a round of the body with its own variables.</summary>
    public static void Round(ActivityExecution loop, ActivityNode body, object? value, long? index)
    {
        VariableSlot[] variables = index is null
            ? [new("CurrentValue", value, SlotOrigin.Loop)]
            : [new("CurrentIndex", index, SlotOrigin.Loop), new("CurrentValue", value, SlotOrigin.Loop)];

        // Elsa keeps the variables of a body that is no container in the container around the loop, where they stay readable afterwards.
        if (body.Activity is { IsContainer: false })
        {
            foreach (VariableSlot variable in variables)
                Leave(loop.Parent!.Container, variable);
        }

        loop.Run.Schedule(loop, body, variables);
    }

    private static void Leave(ActivityExecution container, VariableSlot variable)
    {
        if (container.FindVariable(variable.Name) is not { } found)
            container.AddVariable(new(variable.Name, variable.Value, SlotOrigin.Leftover));
        else if (found.Origin == SlotOrigin.Leftover)
            found.Value = variable.Value;
    }
}
