using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Expressions;

/// <summary>The values that an execution sees, as one object.</summary>
internal static class DataView
{
    /// <summary>Returns workflow inputs and variables in scope by name; variables win over inputs, inner ones over outer ones.</summary>
    public static PlainObject Of(ActivityExecution execution)
    {
        PlainObject data = Inputs(execution);
        foreach ((string name, object? value) in Variables(execution))
            data[name] = value;
        return data;
    }

    /// <summary>Returns the variables in scope.</summary>
    public static PlainObject Variables(ActivityExecution execution)
    {
        PlainObject data = new();
        for (ActivityExecution? scope = execution; scope is not null; scope = scope.Parent)
        {
            foreach (VariableSlot slot in scope.Variables ?? [])
            {
                if (!data.ContainsKey(slot.Name))
                    data[slot.Name] = slot.Value;
            }
        }

        return data;
    }

    /// <summary>Returns the workflow inputs.</summary>
    public static PlainObject Inputs(ActivityExecution execution)
    {
        PlainObject data = new();
        foreach ((string name, object? value) in execution.Run.Input)
            data[name] = value;
        foreach ((string name, object? value) in execution.Run.BurstInput ?? [])
            data[name] = value;
        for (ActivityExecution? scope = execution; scope is not null; scope = scope.Parent)
        {
            foreach ((string name, object? value) in scope.LocalInput ?? [])
                data[name] = value;
        }

        return data;
    }
}
