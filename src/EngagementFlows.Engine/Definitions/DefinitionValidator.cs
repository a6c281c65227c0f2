namespace EngagementFlows.Engine.Definitions;

/// <summary>Finds what is wrong with a definition, all at once.</summary>
public static class DefinitionValidator
{
    /// <summary>Returns the faults, in the order of the definition. Those of severity <see cref="FaultSeverity.Refused"/> block import or publication, those of severity <see cref="FaultSeverity.Fault"/> publication.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="catalogue">The definitions and activity types around it.</param>
    public static IReadOnlyList<DefinitionFault> Validate(WorkflowDefinition definition, DefinitionCatalogue catalogue)
    {
        List<DefinitionFault> faults = [];
        return faults;
    }
}
