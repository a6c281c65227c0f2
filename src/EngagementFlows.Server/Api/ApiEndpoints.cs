using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Webhooks;
using Microsoft.AspNetCore.Http.Timeouts;

namespace EngagementFlows.Server.Api;

/// <summary>The HTTP API: everything under <c>/api</c>, with its document.</summary>
internal static class ApiEndpoints
{
    public static IServiceCollection AddEngagementFlowsApi(this IServiceCollection services, ServerOptions options)
    {
        // Before the framework's own writer, which stays silent where a program accepts no JSON.
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        services.AddProblemDetails();
        services.AddExceptionHandler<Problems>();
        services.ConfigureHttpJsonOptions(json => ApiJson.Configured(json.SerializerOptions));
        services.AddRequestTimeouts(limits => limits.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = options.Api.RequestTimeout,
            TimeoutStatusCode = StatusCodes.Status504GatewayTimeout,
        });
        // A parameter that cannot be read is explained like every other mistake.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddSingleton<RepeatedRequests>();
        services.AddSingleton<ActingPerson>();
        services.AddSingleton<Precondition>();
        services.AddSingleton<BulkActs>();
        services.AddWebhooks(options);
        services.AddOpenApi("v1", OpenApiText.Describe);
        return services;
    }

    public static void MapApi(this WebApplication application)
    {
        // What names no policy is for those who may read: a key that only starts flows reads nothing.
        RouteGroupBuilder api = application.MapGroup("/api").ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        DefinitionsApi.Map(api);
        MigrationApi.Map(api);
        InstancesApi.Map(api);
        IncidentsApi.Map(api);
        CallsApi.Map(api);
        EventsApi.Map(api);
        TasksApi.Map(api);
        MeetingsApi.Map(api);
        ClientsApi.Map(api);
        MilestonesApi.Map(api);
        ClientImportsApi.Map(api);
        DefinitionArchivesApi.Map(api);
        LinksApi.Map(api);
        StandingLinksApi.Map(api);
        CasesApi.Map(api);
        MailsApi.Map(api);
        PeopleApi.Map(api);
        PersonnelApi.Map(api);
        TeamsApi.Map(api);
        HeldApi.Map(api);
        SchedulesApi.Map(api);
        MetricsApi.Map(api);
        BulkApi.Map(api);
        CalendarsApi.Map(api);
        PromisesApi.Map(api);
        WebhooksApi.Map(api);
        HooksApi.Map(api);
        HookEndpoint.Map(application, application.Services.GetRequiredService<ServerOptions>());
        HealthApi.Map(application);
        application.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
    }
}
