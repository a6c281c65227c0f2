using EngagementFlows.Engine.Definitions;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Links;

/// <summary>Hands the answers of a form to the flow that they start.</summary>
public static class StandingInputs
{
    /// <summary>The input that gets the name of who filled the form in, if the flow declares it.</summary>
    public const string RaisedBy = "RaisedBy";

    /// <summary>The input that gets all answers by question, if the flow declares it.</summary>
    public const string Answers = "Answers";

    /// <summary>Returns the inputs: of each that the flow declares the answer to the question of the same name, in whatever case. A flow gets nothing that it does not declare.</summary>
    /// <param name="definition">The flow.</param>
    /// <param name="answers">The checked answers by question.</param>
    /// <param name="raisedBy">Who filled the form in.</param>
    public static PlainObject Of(WorkflowDefinition definition, PlainObject answers, string raisedBy)
    {
        Dictionary<string, object?> byName = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string question, object? answer) in answers)
            byName.TryAdd(question, answer);
        // Who fills it in says what it is about, never who he is.
        byName[RaisedBy] = raisedBy;
        byName[Answers] = answers;
        PlainObject inputs = new();
        foreach (InputDeclaration input in definition.Inputs)
        {
            if (byName.TryGetValue(input.Name, out object? value))
                inputs[input.Name] = value;
        }

        return inputs;
    }
}
