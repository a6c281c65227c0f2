using EngagementFlows.Postgres.Keys;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.Timeouts;

namespace EngagementFlows.Server.Studio.Instances;

/// <summary>Registers what shows instances in the Studio, and its live connection.</summary>
internal static class StudioInstances
{
    // One name of an instance: whatever is larger is no word of the Studio.
    private const int LargestMessage = 1024;

    public static IServiceCollection AddStudioInstances(this IServiceCollection services)
    {
        services.AddSignalR(hub => hub.MaximumReceiveMessageSize = LargestMessage).AddJsonProtocol(json => json.PayloadSerializerOptions = StudioJson.Options);
        services.AddSingleton<IsApiKeyValid>();
        services.AddSingleton<SessionCheck>();
        services.AddSingleton<InstanceHistories>();
        services.AddSingleton<InstanceInside>();
        services.AddSingleton<InstanceWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<InstanceWatch>());
        return services;
    }

    public static void MapHub(IEndpointRouteBuilder routes) =>
        routes.MapHub<InstanceHub>(InstanceHub.Path, hub => hub.CloseOnAuthenticationExpiration = true)
            .RequireAuthorization(Policies.SeeDesigner)
            .WithMetadata(new DisableRequestTimeoutAttribute());
}
