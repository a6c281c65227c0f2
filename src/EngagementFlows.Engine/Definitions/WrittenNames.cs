namespace EngagementFlows.Engine.Definitions;

/// <summary>How designers write the inputs and outputs of a flow that is used as an activity: as members of the activity, in camel case.</summary>
public static class WrittenNames
{
    // What an activity has of its own; a member of that name cannot be an input besides.
    private static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        "Id", "NodeId", "Name", "Type", "Version", "Metadata", "CustomProperties", "SyntheticProperties", "CanStartWorkflow", "RunAsynchronously", "Source", "Behaviors", "Activities",
        "Connections", "Root", "Result", "Variables", "ResultVariable", "WorkflowDefinitionId", "WorkflowDefinitionVersionId", "LatestAvailablePublishedVersion", "LatestAvailablePublishedVersionId",
    };

    /// <summary>Returns the name under which a designer is shown an input or output.</summary>
    public static string Shown(string declared) => Own.Contains(declared) ? "Flow" + char.ToUpperInvariant(declared[0]) + declared[1..] : declared;

    /// <summary>Tells whether a member stands for an input or output: designers drop blanks, lines and dashes, and capitals do not count. Elsa puts a line before what an activity has of its own.</summary>
    public static bool Means(string member, string declared) =>
        Plain(member).Equals(Plain(declared), StringComparison.OrdinalIgnoreCase) || (Own.Contains(declared) && member.Equals(Shown(declared), StringComparison.OrdinalIgnoreCase));

    private static string Plain(string name) => name.AsSpan().IndexOfAny('_', '-', ' ') < 0 ? name : string.Concat(name.Where(letter => letter is not ('_' or '-' or ' ')));
}
