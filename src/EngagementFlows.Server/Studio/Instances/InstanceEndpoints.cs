namespace EngagementFlows.Server.Studio.Instances;

/// <summary>Instances as the Studio lists and watches them.</summary>
internal static class InstanceEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
    }
}
