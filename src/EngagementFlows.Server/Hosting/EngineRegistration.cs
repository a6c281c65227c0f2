using EngagementFlows.Engagements;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Inbox;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Postgres.Outbox;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Definitions;
using EngagementFlows.Server.Outbound;
using EngagementFlows.Server.Smtp;
using EngagementFlows.Server.Studio.Definitions;
using EngagementFlows.Server.Studio.Descriptors;
using EngagementFlows.Server.Studio.Rehearsal;

namespace EngagementFlows.Server.Hosting;

/// <summary>Registers the engine of this process.</summary>
internal static class EngineRegistration
{
    public static IServiceCollection AddEngagementFlowsEngine(this IServiceCollection services, ServerOptions options, KeyFile keys, FlowsDatabase database)
    {
        EngineSettings settings = new()
        {
            CounterMode = options.Engine.CounterMode,
            FaultOnIncident = options.Engine.FaultOnIncident,
            StrictConversion = options.Engine.StrictConversion,
            Zone = options.Firm.Zone,
            Key = keys.DeriveCurrent("engine"),
        };
        // An instance, not a factory: the database outlives the application, whose shutdown still writes.
        services.AddSingleton(database);
        services.AddSingleton(database.Queries);
        services.AddSingleton(settings);
        services.AddSingleton<ListUncertainCalls>();
        services.AddSingleton(provider => new SettleCall(database.Queries, provider.GetRequiredService<FlowsEngine>().Signals, provider.GetRequiredService<DatabaseClock>()));
        services.AddSingleton(new ActivityCatalog([.. ElsaActivities.All, .. EngagementActivities.All]));
        services.AddSingleton(provider => new DatabaseClock(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new LiveCatalogue(database.Queries, provider.GetRequiredService<ActivityCatalog>(), settings));
        services.AddSingleton(provider => new FlowsEngine(
            database,
            new InstanceRunner(settings).Run,
            TriggerSchedules.In(settings.Zone),
            provider.GetRequiredService<LiveCatalogue>(),
            provider.GetService<IDomainStore>(),
            provider.GetRequiredService<DatabaseClock>(),
            new FlowsEngineOptions
            {
                Committers = options.Engine.Committers,
                Inbox = new InboxOptions { CatchUpPerSecond = options.Timers.CatchUpPerSecond },
                KeepUndecidedUploads = options.Imports.KeepUndecided,
            },
            provider.GetRequiredService<ILogger<FlowsEngine>>()));
        services.AddSingleton<DefinitionDesk>();
        services.AddSingleton<DesignDesk>();
        services.AddSingleton<DesignActs>();
        services.AddSingleton<DefinitionFiles>();
        services.AddSingleton<TrialRuns>();
        services.AddSingleton<MigrationDesk>();
        services.AddSingleton<DefinitionArchiveImport>();
        services.AddSingleton<ListDefinitionImports>();
        services.AddSingleton<DefinitionImportDesk>();
        services.AddSingleton<DefinitionLoader>();
        services.AddSingleton<FlowFiles>();
        services.AddSingleton<RehearsalDesk>();
        services.AddSingleton<ActivityTexts>();
        services.AddSingleton<OptionDesk>();
        services.AddHostedService<EngineWorker>();
        services.AddSingleton(provider => new OutboxDispatcher(
            database.Engine,
            provider.GetServices<IEffectSender>(),
            provider.GetRequiredService<FlowsEngine>().Signals,
            provider.GetRequiredService<DatabaseClock>(),
            options.Outbox,
            provider.GetRequiredService<ILogger<OutboxDispatcher>>())
        {
            Webhooks = provider.GetRequiredService<FlowsEngine>().Webhooks,
        });
        services.AddMailSender(options.Mail);
        services.AddSingleton<IEffectSender, HttpCallSender>();
        services.AddSingleton(provider => new OutboundHttp(options.Outbound, provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<OutboxWorker>();
        return services;
    }

    private static void AddMailSender(this IServiceCollection services, MailOptions mail)
    {
        if (mail.Transport == MailOptions.ToFolder)
        {
            services.AddSingleton<IEffectSender, FolderMailSender>();
            return;
        }

        services.AddSingleton(provider => new SmtpSubmission(
            mail.Smtp!, SmtpAccessTokens.Http, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SmtpSubmission>>()));
        services.AddSingleton<IEffectSender>(provider =>
            new SmtpMailSender(provider.GetRequiredService<LoadOutgoingMail>().ExecuteAsync, provider.GetRequiredService<SmtpSubmission>()));
    }
}
