namespace EngagementFlows.Server.Studio.Descriptors;

/// <summary>What the designer may draw with: activities, expressions, types and their words.</summary>
internal static class DescriptorEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
    }
}
