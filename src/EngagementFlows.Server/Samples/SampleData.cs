using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Server.Configuration;

namespace EngagementFlows.Server.Samples;

/// <summary>Fills an empty embedded database with a firm that one can look at: people, clients, and an intake for each engagement that has none.</summary>
/// <remarks>Where a month can be played (<see cref="SampleMonth"/>) the database is filled before; this finds nothing to do then.</remarks>
internal sealed partial class SampleData(
    FlowsEngine engine, DatabaseClock clock, ImportPeople importPeople, ImportClients importClients, ListUnbegunEngagements listUnbegun, ListClients listClients, GetClient getClient,
    ListMails listMails, GetMail getMail, Func<MailAddresses> addresses, ServerOptions options, ILogger<SampleData> logger)
{
    private const string Process = "client-intake";

    // Stands in the timeline beside what the samples made, and so tells them from clients that somebody imported himself.
    private const string Importer = "samples";

    private string ClientsFile => Path.Combine(options.WorkflowsFolder, "samples", "clients.csv");

    private string PeopleFile => Path.Combine(options.WorkflowsFolder, "samples", "people.csv");

    /// <summary>Imports, if there is no client yet and the workflows folder has samples; then starts the intakes that are missing.</summary>
    /// <remarks>Import and starts are commits of their own: a process that dies between them leaves the rest to the next start. Each engagement's start has an id of its own and counts once.</remarks>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(ClientsFile))
            return;
        if ((await listClients.ExecuteAsync(search: null, stage: null, after: null, limit: 1, cancellationToken)).Items.Count == 0)
            await ImportAsync(cancellationToken);
        await StartMissingAsync(cancellationToken);
    }

    /// <summary>Returns the address of the first sample client's link, the owner and the architect of his engagement; <see langword="null"/> for what there is not.</summary>
    public async Task<(string? Link, Person? Owner, Person? Architect)> FindTourAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(ClientsFile))
            return default;
        string externalId = (await File.ReadAllLinesAsync(ClientsFile, cancellationToken)).Skip(1).FirstOrDefault()?.Split(',')[0] ?? "";
        ListPage<ClientLine> found = await listClients.ExecuteAsync(externalId, stage: null, after: null, limit: 1, cancellationToken);
        if (found.Items.Count == 0 || found.Items[0].ExternalId != externalId
            || await getClient.ExecuteAsync(found.Items[0].Id, cancellationToken) is not { Engagements: [var engagement, ..] })
            return default;
        ListPage<MailLine> mails = await listMails.ExecuteAsync(
            new MailFilter { EngagementId = engagement.Engagement.Id, Audience = "client" }, after: null, limit: 1, cancellationToken);
        Guid? link = mails.Items.Count > 0 ? (await getMail.ExecuteAsync(mails.Items[0].Id, cancellationToken))?.LinkId : null;
        return (link is { } id ? addresses().LinkOf(id) : null, engagement.Owner, engagement.Architect);
    }

    /// <summary>Imports people and clients; returns the engagements by their clients' external ids.</summary>
    public async Task<IReadOnlyDictionary<string, Guid>> ImportAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(PeopleFile))
            Report(PeopleFile, (await importPeople.ExecuteAsync(await File.ReadAllBytesAsync(PeopleFile, cancellationToken), clock.Now, cancellationToken)).Faults);
        ClientImportResult clients = await importClients.ExecuteAsync(await File.ReadAllBytesAsync(ClientsFile, cancellationToken), Importer, clock.Now, cancellationToken);
        Report(ClientsFile, clients.Faults);
        Log.Imported(logger, clients.Engagements.Count);
        return clients.Engagements.ToDictionary(engagement => engagement.ExternalId, engagement => engagement.EngagementId, StringComparer.Ordinal);
    }

    private async Task StartMissingAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Guid> engagements = await listUnbegun.ExecuteAsync(Importer, Process, cancellationToken);
        StimulusResult[] started = await Task.WhenAll(engagements.Select(engagement => engine.Gateway.SubmitAsync(
            new StartRequested(TimeOrderedId.Derive(engagement, "sample-intake"), Process) { CorrelationId = engagement.ToString("D") }, rider: null, cancellationToken)));
        // Another process may start the same ones at the same time: the same id counts once.
        StimulusResult[] refused = [.. started.Where(result => result.Kind == TransitionKind.Refused || result.RefusedBy is not null)];
        foreach (StimulusResult one in refused)
            Log.NotStarted(logger, Process, one.Message ?? one.RefusedBy ?? "");
        if (started.Length > 0)
            Log.Started(logger, started.Length - refused.Length);
    }

    private void Report(string file, IReadOnlyList<ImportFault> faults)
    {
        foreach (ImportFault fault in faults)
            Log.Faulty(logger, file, fault.Line, fault.Message);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Engagements} sample engagements imported. --no-samples leaves a database empty.")]
        public static partial void Imported(ILogger logger, int engagements);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Started} intakes of the sample firm started.")]
        public static partial void Started(ILogger logger, int started);

        [LoggerMessage(Level = LogLevel.Error, Message = "{File}, line {Line}: {Fault}")]
        public static partial void Faulty(ILogger logger, string file, int line, string fault);

        [LoggerMessage(Level = LogLevel.Error, Message = "No instance of {DefinitionId} was started: {Reason}")]
        public static partial void NotStarted(ILogger logger, string definitionId, string reason);
    }
}
