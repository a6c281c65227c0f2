namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>Definitions as the Studio lists, opens, saves and publishes them.</summary>
internal static class DefinitionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
    }
}
