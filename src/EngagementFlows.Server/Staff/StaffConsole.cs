using System.Text.Encodings.Web;
using System.Text.Unicode;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Documents;
using EngagementFlows.Postgres.Forms;
using EngagementFlows.Postgres.Incarnations;
using EngagementFlows.Postgres.Incidents;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Assets;
using EngagementFlows.Server.Backups;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Documents;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Staff.Calendars;
using EngagementFlows.Server.Staff.Clients;
using EngagementFlows.Server.Staff.Definitions;
using EngagementFlows.Server.Staff.Definitions.Migration;
using EngagementFlows.Server.Staff.Definitions.Review;
using EngagementFlows.Server.Staff.Home;
using EngagementFlows.Server.Staff.Incarnations;
using EngagementFlows.Server.Staff.Incidents;
using EngagementFlows.Server.Staff.Instances;
using EngagementFlows.Server.Staff.Keys;
using EngagementFlows.Server.Staff.Links;
using EngagementFlows.Server.Staff.Mailbox;
using EngagementFlows.Server.Staff.Meetings;
using EngagementFlows.Server.Staff.Milestones;
using EngagementFlows.Server.Staff.People;
using EngagementFlows.Server.Staff.Schedules;
using EngagementFlows.Server.Staff.Webhooks;

namespace EngagementFlows.Server.Staff;

/// <summary>Registers the console's pages and maps their addresses.</summary>
internal static class StaffConsole
{
    public static IServiceCollection AddStaffConsole(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        // Chinese stays Chinese in the page's source; what is dangerous in HTML is encoded all the same.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton(ServedAssets.BesideAssembly());
        services.AddScoped(provider => PageReading.ReaderOf(
            ContextOf(provider), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ServerOptions>()));
        services.AddScoped(provider => PageReading.FrameOf(
            ContextOf(provider), provider.GetRequiredService<ServerOptions>(), provider.GetRequiredService<Reader>(), provider.GetRequiredService<Notices>()));
        services.AddScoped(provider => Site.Of(ContextOf(provider)));
        services.AddSingleton<Notices>();
        services.AddSingleton<ReadHomePage>();
        services.AddSingleton<InvariantCount>();
        services.AddSingleton<ShownMail>();
        services.AddSingleton<ClientErasureDesk>();
        services.AddSingleton<ReadIncarnation>();
        services.AddSingleton<ListHeldEffects>();
        services.AddSingleton<HeldDesk>();
        services.AddSingleton<ReadForms>();
        services.AddSingleton<ReadDocuments>();
        services.AddSingleton<DocumentReader>();
        services.AddSingleton<ReadPrefill>();
        services.AddSingleton<CountIncidents>();
        services.AddSingleton<ReadInstancesPage>();
        services.AddSingleton<ReadIncidentsPage>();
        services.AddSingleton<ListClosedIncidents>();
        services.AddSingleton<ReadDefinitionsPage>();
        return services;
    }

    public static void MapStaffConsole(this IEndpointRouteBuilder routes)
    {
        ServedAssets.Map(routes);
        PreferencesEndpoint.Map(routes);
        CancelInstanceEndpoint.Map(routes);
        EraseClientEndpoint.Map(routes);
        MilestoneEndpoint.Map(routes);
        IncidentEndpoint.Map(routes);
        MailHtmlEndpoint.Map(routes);
        MailFileEndpoints.Map(routes);
        SettleMailEndpoint.Map(routes);
        TryMailEndpoint.Map(routes);
        SendTestMailEndpoint.Map(routes);
        SettleCallEndpoint.Map(routes);
        HeldEndpoint.Map(routes);
        ClientImportEndpoint.Map(routes);
        DefinitionImportEndpoint.Map(routes);
        MigrationEndpoint.Map(routes);
        WebhookEndpoint.Map(routes);
        ScheduleEndpoint.Map(routes);
        LinkActsEndpoint.Map(routes);
        StandingLinkEndpoint.Map(routes);
        PersonEndpoint.Map(routes);
        PersonnelEndpoint.Map(routes);
        TeamEndpoint.Map(routes);
        ApiKeyEndpoint.Map(routes);
        CalendarEndpoint.Map(routes);
        MeetingEndpoint.Map(routes);
        VersionEndpoint.Map(routes);
        routes.MapRazorComponents<App>();
    }

    private static HttpContext ContextOf(IServiceProvider provider) =>
        provider.GetRequiredService<IHttpContextAccessor>().HttpContext
        ?? throw new InvalidOperationException("EngagementFlows bug: a page is rendered outside of a request.");
}
