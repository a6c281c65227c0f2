namespace EngagementFlows.Server.ClientPages;

/// <summary>The pages that clients reach by a link.</summary>
internal static class ClientPagesEndpoints
{
    public static IServiceCollection AddClientPages(this IServiceCollection services)
    {
        services.AddSingleton<LinkSession>();
        services.AddSingleton<ClientAnswers>();
        services.AddSingleton<ConfirmStep>();
        return services;
    }

    public static void MapClientPages(this WebApplication application)
    {
        LinkEndpoint.Map(application);
        FormEndpoint.Map(application);
        StandingFormEndpoint.Map(application);
    }
}
