using System.Globalization;
using EngagementFlows.Engagements.Mail.Mime;

namespace EngagementFlows.Server.Staff;

/// <summary>The addresses of the console's pages; nothing else writes them down.</summary>
internal static class StaffUrls
{
    public const string Home = "/";
    public const string Inbox = "/inbox";
    public const string Clients = "/clients";
    public const string ImportClients = "/clients/import";
    public const string UploadClients = "/clients/import/upload";
    public const string ClientImports = "/clients/imports";
    public const string Instances = "/instances";
    public const string Incidents = "/incidents";
    public const string Mailbox = "/mailbox";
    public const string TryMail = "/mailbox/try";
    public const string SendTestMail = "/mailbox/test";
    public const string Definitions = "/definitions";
    public const string Designer = "/designer";
    public const string ImportDefinitions = "/definitions/import";
    public const string UploadDefinitions = "/definitions/import/upload";
    public const string DefinitionImports = "/definitions/imports";
    public const string Held = "/held";
    public const string ReleaseHeld = "/held/release";
    public const string Links = "/links";
    public const string StandingLink = "/standing-links";
    public const string Cases = "/cases";
    public const string Schedules = "/schedules";
    public const string NewSchedule = "/schedules/new";
    public const string People = "/people";
    public const string Teams = "/people/teams";
    public const string Invite = "/people/invite";
    public const string ApiKeys = "/api-keys";
    public const string Webhooks = "/webhooks";
    public const string NewWebhook = "/webhooks/new";
    public const string Hooks = "/webhooks/hooks";
    public const string NewHook = "/webhooks/new-hook";
    public const string NewApiKey = "/api-keys/new";
    public const string Calendars = "/calendars";
    public const string NewCalendar = "/calendars/new";
    public const string ProvisionalDates = "/calendars/provisional";
    public const string ComputeDatesAnew = "/calendars/provisional/compute";
    public const string Promises = "/promises";
    public const string NewPromise = "/promises/new";
    public const string Meetings = "/meetings";
    public const string MyCalendar = "/meetings/mine.ics";
    public const string Search = "/search";
    public const string More = "/more";
    public const string SignIn = "/sign-in";
    public const string SignOut = "/sign-out";
    public const string SignOutEverywhere = SignOut + "/everywhere";
    public const string SetPassword = "/set-password";
    public const string Problem = "/problem";
    public const string Preferences = "/preferences";

    public static string Task(Guid id) => $"{Inbox}/{id}";

    public static string Client(Guid id) => $"{Clients}/{id}";

    /// <summary>Returns a client's page narrowed to one engagement.</summary>
    public static string Engagement(Guid client, Guid engagement) => $"{Clients}/{client}?engagement={engagement}";

    public static string EraseClient(Guid id) => $"{Clients}/{id}/erase";

    public static string ReachMilestone(Guid client, Guid id) => $"{Clients}/{client}/milestones/{id}/reached";

    public static string ClientImport(Guid id) => $"{ClientImports}/{id}";

    public static string ConfirmClientImport(Guid id) => $"{ClientImports}/{id}/confirm";

    public static string CancelClientImport(Guid id) => $"{ClientImports}/{id}/cancel";

    public static string ClientImportFaults(Guid id) => $"{ClientImports}/{id}/faults.csv";

    public static string Instance(Guid id) => $"{Instances}/{id}";

    public static string CancelInstance(Guid id) => $"{Instances}/{id}/cancel";

    public static string SettleCall(Guid id, Guid call) => $"{Instances}/{id}/calls/{call}/settle";

    public static string Incident(Guid id) => $"{Incidents}/{id}";

    public static string IncidentAct(Guid id) => $"{Incidents}/{id}/act";

    public static string Link(Guid id) => $"{Links}/{id}";

    public static string RevokeLink(Guid id) => $"{Links}/{id}/revoke";

    public static string SendLinkAnew(Guid id) => $"{Links}/{id}/send-anew";

    /// <summary>Returns the page of an engagement's standing links.</summary>
    public static string StandingLinks(Guid engagement) => $"/engagements/{engagement}/standing-links";

    public static string RevokeStandingLink(Guid id) => $"{StandingLink}/{id}/revoke";

    public static string Case(Guid id) => $"{Cases}/{id}";

    public static string NewMeeting(Guid engagement) => $"/engagements/{engagement}/meetings/new";

    /// <summary>Returns the page on which a flow is started for an engagement, perhaps with the flow chosen.</summary>
    public static string StartFlow(Guid engagement, string? definitionId = null) => With($"/engagements/{engagement}/flows", ("flow", definitionId));

    public static string RaiseComplaint(Guid engagement) => $"/engagements/{engagement}/complaint";

    public static string Schedule(Guid id) => $"{Schedules}/{id}";

    public static string EditSchedule(Guid id) => $"{Schedules}/{id}/edit";

    public static string ActOnSchedule(Guid id) => $"{Schedules}/{id}/act";

    public static string Person(Guid id) => $"{People}/{id}";

    public static string PersonLink(Guid id) => $"{People}/{id}/link";

    public static string PersonAct(Guid id, string act) => $"{People}/{id}/{act}";

    public static string Webhook(Guid id) => $"{Webhooks}/{id}";

    public static string EditWebhook(Guid id) => $"{Webhooks}/{id}/edit";

    public static string ActOnWebhook(Guid id) => $"{Webhooks}/{id}/act";

    public static string WebhookSecret(Guid id) => $"{Webhooks}/{id}/secret";

    public static string Hook(string name) => $"{Hooks}/{name}";

    public static string ActOnHook(string name) => $"{Hooks}/{name}/act";

    public static string Calendar(string id) => $"{Calendars}/{id}";

    public static string EditCalendar(string id) => $"{Calendars}/{id}/edit";

    public static string ImportCalendar(string id) => $"{Calendars}/{id}/import";

    public static string CalendarAct(string id, string act) => $"{Calendars}/{id}/{act}";

    public static string CountryCalendar(string code) => $"{Calendars}/countries/{code}";

    public static string Promise(string id) => $"{Promises}/{id}";

    public static string RemovePromise(string id) => $"{Promises}/{id}/remove";

    public static string Meeting(Guid id) => $"{Meetings}/{id}";

    public static string MeetingCalendar(Guid id) => $"{Meetings}/{id}.ics";

    public static string SeriesCalendar(Guid id) => $"{Meetings}/{id}/series.ics";

    public static string MeetingAct(Guid id, string act) => $"{Meetings}/{id}/{act}";

    public static string RevokeApiKey(Guid id) => $"{ApiKeys}/{id}/revoke";

    public static string Mail(Guid id) => $"{Mailbox}/{id}";

    public static string SettleMail(Guid id) => $"{Mailbox}/{id}/settle";

    public static string MailHtml(Guid id) => $"{Mailbox}/{id}/html";

    public static string MailFile(Guid id, int position) => string.Create(CultureInfo.InvariantCulture, $"{Mailbox}/{id}/files/{position}");

    public static string MailCalendar(Guid id) => $"{Mailbox}/{id}/{MimeCalendar.DefaultFileName}";

    public static string DefinitionImport(Guid id) => $"{DefinitionImports}/{id}";

    public static string ConfirmDefinitionImport(Guid id) => $"{DefinitionImports}/{id}/confirm";

    public static string CancelDefinitionImport(Guid id) => $"{DefinitionImports}/{id}/cancel";

    public static string Definition(string versionId) => $"{Definitions}/{Uri.EscapeDataString(versionId)}";

    /// <summary>Returns the page of what a version changes.</summary>
    public static string Review(string versionId) => $"{Definition(versionId)}/review";

    public static string Migration(string versionId) => $"{Definition(versionId)}/migration";

    /// <summary>Returns the page on which a flow's draft is rehearsed.</summary>
    public static string Rehearsal(string definitionId) => $"{Designer}/rehearsals/{Uri.EscapeDataString(definitionId)}";

    public static string VersionAct(string versionId, string act) => $"{Definition(versionId)}/{act}";

    /// <summary>Returns the address of a version's mail with sample values.</summary>
    public static string VersionMail(string versionId, string name, string language) => $"{Definition(versionId)}/mails/{Uri.EscapeDataString(name)}/{Uri.EscapeDataString(language)}";

    /// <summary>Returns the address with those of the parameters that have a value.</summary>
    public static string With(string address, params (string Name, string? Value)[] parameters)
    {
        string query = string.Join('&', parameters.Where(parameter => !string.IsNullOrEmpty(parameter.Value)).Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}"));
        return query.Length == 0 ? address : $"{address}?{query}";
    }
}
