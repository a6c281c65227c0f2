using EngagementFlows.Server.Api;
using EngagementFlows.Server.Backups;
using EngagementFlows.Server.ClientPages;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Definitions;
using EngagementFlows.Server.Hosting;
using EngagementFlows.Server.HttpEndpoints;
using EngagementFlows.Server.Samples;
using EngagementFlows.Server.Schedules;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff;
using EngagementFlows.Server.Studio;
using EngagementFlows.Server.Studio.Hosting;
using EngagementFlows.Server.Studio.Instances;
using EngagementFlows.Server.Telemetry;

namespace EngagementFlows.Server;

/// <summary>Builds the web application and runs it.</summary>
internal static class ServerHost
{
    /// <summary>Serves until <paramref name="cancellationToken"/> or a signal ends it; returns the exit code.</summary>
    public static async Task<int> RunAsync(ServerStart start, CancellationToken cancellationToken)
    {
        ServerOptions options = SettingSources.Read(start.WorkingFolder, start.Settings);
        using ILoggerFactory loggers = LoggerFactory.Create(Logs.WriteToStandardError);
        KeyFile keys = KeyFile.Open(options.KeyFile);
        await using ServerDatabase database = await ServerDatabase.OpenAsync(options, loggers, cancellationToken);
        await database.MigrateAsync(cancellationToken);
        // Mails of samples go to files only: nobody of these clients exists.
        bool hasSamples = database.IsEmbedded && !start.NoSamples && options.Mail.Transport == MailOptions.ToFolder;
        if (hasSamples)
            await new FirstMonth(options, keys, PublicAddresses.Expected(start), database, loggers).PlayAsync(cancellationToken);
        await using WebApplication application = Build(start, options, keys, database);
        await application.Services.GetRequiredService<HeldNotice>().LogAsync(cancellationToken);
        await application.Services.GetRequiredService<DefinitionLoader>().LoadAsync(cancellationToken);
        await application.StartAsync(cancellationToken);
        if (hasSamples)
            await application.Services.GetRequiredService<SampleData>().FillAsync(cancellationToken);
        await application.Services.GetRequiredService<Welcome>().SayAsync(Console.Out, hasSamples, cancellationToken);
        await application.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    /// <summary>Builds the application on a database that is migrated already; the caller keeps and disposes the database.</summary>
    public static WebApplication Build(ServerStart start, ServerOptions options, KeyFile keys, ServerDatabase database)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        SettingSources.AddTo(builder.Configuration, start.WorkingFolder, start.Settings);
        if (start.Urls is not null)
            builder.WebHost.UseUrls(start.Urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.Api.MaxBodyBytes;
        });
        Logs.WriteToStandardError(builder.Logging);
        AddServices(builder.Services, start, options, keys, database);
        start.Adjust?.Invoke(builder);
        WebApplication application = builder.Build();
        UsePipeline(application);
        return application;
    }

    private static void AddServices(IServiceCollection services, ServerStart start, ServerOptions options, KeyFile keys, ServerDatabase database)
    {
        services.AddSingleton(start);
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddEngagementFlowsEngine(options, keys, database.Flows);
        services.AddEngagementFlowsDomain(options, keys);
        services.AddSchedules(options);
        services.AddEngagementFlowsSecurity(options, keys);
        services.AddEngagementFlowsTelemetry();
        services.AddSingleton<PublicAddresses>();
        services.AddSingleton<SampleData>();
        services.AddSingleton<Welcome>();
        services.AddSingleton<HeldNotice>();
        services.AddEngagementFlowsApi(options);
        services.AddStudioInstances();
        services.AddStaffConsole();
        services.AddSingleton(StudioFiles.BesideAssembly());
        services.AddClientPages();
    }

    private static void UsePipeline(WebApplication application)
    {
        application.UseMiddleware<RequestSpans>();
        if (application.Services.GetRequiredService<ServerOptions>().TrustedProxies is { Count: > 0 } proxies)
            application.UseForwardedHeaders(Proxies.Believing(proxies));
        if (Proxies.FoldersOf(application.Services.GetRequiredService<ServerOptions>()) is { Count: > 0 } folders)
            application.Use((context, next) => Proxies.CutFolderAsync(folders, context, next));
        application.UseMiddleware<SecurityHeaders>();
        application.UseMiddleware<TextGuard>();
        application.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = StaffUrls.Problem, CreateScopeForErrors = true, StatusCodeSelector = Problems.StatusOf });
        application.UseWhen(context => Sessions.AnswersWithProblem(context), branch => branch.UseStatusCodePages(Problems.ExplainAsync));
        application.UseWhen(context => !Sessions.AnswersWithProblem(context), branch => branch.UseStatusCodePagesWithReExecute(StaffUrls.Problem, createScopeForStatusCodePages: true));
        application.UseRouting();
        application.UseRequestTimeouts();
        application.UseMiddleware<RequestOrigin>();
        application.UseAuthentication();
        // Between the two: who asks is known by now, and who is refused is counted all the same.
        application.UseRateLimiter();
        application.UseAuthorization();
        application.UseMiddleware<ClosedDoor>();
        application.UseAntiforgery();
        application.MapApi();
        StudioApi.Map(application);
        DesignerPages.Map(application);
        application.MapHttpEndpoints();
        application.MapSignIn();
        application.MapStaffConsole();
        application.MapClientPages();
    }
}
