using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Postgres.Calendars;
using EngagementFlows.Postgres.Cases;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Engagements;
using EngagementFlows.Postgres.Forms;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Postgres.Meetings;
using EngagementFlows.Postgres.Milestones;
using EngagementFlows.Postgres.Personnel;
using EngagementFlows.Postgres.Promises;
using EngagementFlows.Postgres.Tasks;
using EngagementFlows.Postgres.Timeline;
using EngagementFlows.Server.Calendars;
using EngagementFlows.Server.Cases;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Imports;
using Npgsql;

namespace EngagementFlows.Server.Hosting;

/// <summary>Registers the domain: what its effects write, and its statements.</summary>
internal static class EngagementRegistration
{
    public static IServiceCollection AddEngagementFlowsDomain(this IServiceCollection services, ServerOptions options, KeyFile keys)
    {
        services.AddSingleton(new Firm(options.Firm.Name, options.Firm.Phone, options.Firm.Email ?? options.Mail.FromAddress));
        services.AddSingleton(provider => new MailSettings(
            provider.GetRequiredService<Firm>(), options.Mail.FromAddress, options.Mail.FromName, options.EscalationLastRung));
        services.AddSingleton<IDomainStore>(provider => new EngagementStore(provider.GetRequiredService<MailSettings>(), options.Firm.Zone));
        services.AddSingleton(new LinkTokens(new LinkKeys(keys.CurrentId, keys.DeriveAll("links"))));
        services.AddSingleton(new AccountTokens(new LinkKeys(keys.CurrentId, keys.DeriveAll("account-links"))));
        services.AddSingleton(new LinkCodes(new LinkKeys(keys.CurrentId, keys.DeriveAll("link-codes"))));
        services.AddSingleton(provider => AddressesOf(
            provider.GetRequiredService<LinkTokens>(), provider.GetRequiredService<AccountTokens>(), provider.GetRequiredService<LinkCodes>(), provider.GetRequiredService<PublicAddresses>()));
        services.AddSingleton<LoadOutgoingMail>();
        services.AddSingleton<ListMails>();
        services.AddSingleton<GetMail>();
        services.AddSingleton<GetMailAttachment>();
        services.AddSingleton<SettleMail>();
        services.AddSingleton<WriteTestMail>();
        services.AddSingleton<WriteAccountMail>();
        services.AddSingleton<ListClients>();
        services.AddSingleton<ListUnbegunEngagements>();
        services.AddSingleton<GetClient>();
        services.AddSingleton<EraseClient>();
        services.AddSingleton<GetEngagement>();
        services.AddSingleton<ImportClients>();
        services.AddSingleton<PreviewClients>();
        services.AddSingleton<ListClientImports>();
        services.AddSingleton<ClientImportLease>();
        services.AddSingleton<ClientImportStarts>();
        services.AddSingleton<ClientImportSignal>();
        services.AddSingleton<ClientImportDesk>();
        services.AddSingleton<ClientImportWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<ClientImportWorker>());
        services.AddSingleton<ImportPeople>();
        services.AddSingleton<ListStaff>();
        services.AddSingleton<ListTasks>();
        services.AddSingleton<CountTasks>();
        services.AddSingleton<GetTask>();
        services.AddSingleton<ReassignTask>();
        services.AddSingleton<PrepareTaskAnswer>();
        services.AddSingleton<ReadTimeline>();
        services.AddSingleton<ListMilestones>();
        services.AddSingleton(provider => new ReachMilestone(provider.GetRequiredService<NpgsqlDataSource>(), options.Firm.Zone));
        services.AddSingleton<ListMeetings>();
        services.AddSingleton<GetMeeting>();
        services.AddSingleton<AnswerMeeting>();
        services.AddSingleton(provider => new ChangeMeeting(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<MailSettings>(), options.Firm.Zone, provider.GetRequiredService<CommitSignals>()));
        services.AddSingleton(provider => new InviteSuccessors(provider.GetRequiredService<MailSettings>(), options.Firm.Zone));
        services.AddSingleton(provider => new ArrangeMeeting(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<MailSettings>(), options.Firm.Zone, provider.GetRequiredService<CommitSignals>()));
        services.AddSingleton<ListCalendars>();
        services.AddSingleton<ListProvisionalDates>();
        services.AddSingleton(provider => new FindWorkCalendar(provider.GetRequiredService<NpgsqlDataSource>(), options.Firm.Zone));
        services.AddSingleton(provider => new ComputeDatesAnew(provider.GetRequiredService<NpgsqlDataSource>(), options.Firm.Zone));
        services.AddSingleton<CalendarDesk>();
        services.AddSingleton<ListPromiseClasses>();
        services.AddSingleton<ListClocks>();
        services.AddSingleton<ReadClockFigures>();
        services.AddSingleton<FindLink>();
        services.AddSingleton<PrepareLinkAnswer>();
        services.AddSingleton<CountLinkOpening>();
        services.AddSingleton<RevokeLink>();
        services.AddSingleton<SendLinkAnew>();
        services.AddSingleton<SendLinkCode>();
        services.AddSingleton<FindLinkCode>();
        services.AddSingleton<ReadLinks>();
        services.AddSingleton<ListAnswers>();
        services.AddSingleton<ReadStandingLinks>();
        services.AddSingleton<MakeStandingLink>();
        services.AddSingleton<RevokeStandingLink>();
        services.AddSingleton<StandingLinkDesk>();
        services.AddSingleton<ReadCases>();
        services.AddSingleton<ComplaintDesk>();
        return services;
    }

    // A function, since the first listening address is known only when the server listens.
    private static Func<MailAddresses> AddressesOf(LinkTokens tokens, AccountTokens accounts, LinkCodes codes, PublicAddresses addresses) =>
        () => new MailAddresses(tokens, accounts, codes, new Uri(addresses.ForClients), new Uri(addresses.ForStaff));
}
