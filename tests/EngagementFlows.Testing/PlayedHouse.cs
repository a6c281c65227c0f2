using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using EngagementFlows.Engagements;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Engagements;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Invariants;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Postgres.Tasks;
using EngagementFlows.Scripts;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EngagementFlows.Testing;

/// <summary>The sample firm with its clients and processes on a database of its own, run by the real engine with a clock that the test moves. No HTTP.</summary>
public sealed class PlayedHouse : IAsyncDisposable
{
    private readonly LiveCatalogue _catalogue;

    private PlayedHouse(string connectionString)
    {
        Database = new(connectionString);
        ActivityCatalog activities = new([.. ElsaActivities.All, .. EngagementActivities.All]);
        EngineSettings settings = new() { Key = RandomNumberGenerator.GetBytes(32) };
        _catalogue = new(Database.Queries, activities, settings);
        Activities = activities;
        Settings = new(new("Linden & Partner", "+49 30 5550 100", "office@linden.example"), "office@linden.example", "Linden & Partner", EscalationLastRung: "samuel.osei@linden.example");
        InstanceRunner runner = new(settings);
        Engine = new(
            Database, runner.Run, (_, _, _) => null, _catalogue, new EngagementStore(Settings, TimeZoneInfo.Utc), DatabaseClock.Played(Clock), new FlowsEngineOptions(), NullLogger.Instance);
        Addresses = new(new LinkTokens(new LinkKeys("t1", [new("t1", RandomNumberGenerator.GetBytes(32))])), new AccountTokens(new LinkKeys("t1", [new("t1", RandomNumberGenerator.GetBytes(32))])), Codes, new Uri("https://clients.example"), new Uri("https://console.example"));
    }

    /// <summary>Gets the clock; use <see cref="PassAsync"/> to serve what falls due on the way.</summary>
    public TestClock Clock { get; } = new();

    /// <summary>Gets the database.</summary>
    public FlowsDatabase Database { get; }

    /// <summary>Gets the engine of this process.</summary>
    public FlowsEngine Engine { get; }

    /// <summary>Gets the activity types.</summary>
    public ActivityCatalog Activities { get; }

    /// <summary>Gets what the configuration would say about mails.</summary>
    public MailSettings Settings { get; }

    /// <summary>Gets the addresses in mails.</summary>
    public MailAddresses Addresses { get; }

    /// <summary>Gets what makes the codes that confirm answers.</summary>
    public LinkCodes Codes { get; } = new(new LinkKeys("t1", [new("t1", RandomNumberGenerator.GetBytes(32))]));

    /// <summary>Gets the data source of queries.</summary>
    public NpgsqlDataSource Queries => Database.Queries;

    /// <summary>Gets the staff by the name before the @ of their address.</summary>
    public IReadOnlyDictionary<string, Person> Staff { get; private set; } = new Dictionary<string, Person>();

    /// <summary>Gets the engagements of the sample clients by external id.</summary>
    public IReadOnlyDictionary<string, ImportedEngagement> Engagements { get; private set; } = new Dictionary<string, ImportedEngagement>();

    /// <summary>Gets the folder of the processes in the repository.</summary>
    public static string Workflows { get; } = WorkflowsFolder();

    /// <summary>Opens the house: imports the sample firm and publishes processes of the repository.</summary>
    /// <param name="connectionString">An empty database.</param>
    /// <param name="processes">The processes by id; none named = <c>client-intake</c> alone, so that nothing else begins when it ends.</param>
    public static async Task<PlayedHouse> OpenAsync(string connectionString, params string[] processes)
    {
        PlayedHouse house = new(connectionString);
        DateTimeOffset now = house.Clock.GetUtcNow();
        await new ImportPeople(house.Queries).ExecuteAsync(await File.ReadAllBytesAsync(Path.Combine(Workflows, "samples/people.csv")), now, default);
        house.Staff = (await new ListStaff(house.Queries).ExecuteAsync(default)).ToDictionary(person => person.Email.Split('@')[0]);
        ClientImportResult clients = await new ImportClients(house.Queries).ExecuteAsync(
            await File.ReadAllBytesAsync(Path.Combine(Workflows, "samples/clients.csv")), "test", now, default);
        house.Engagements = clients.Engagements.ToDictionary(engagement => engagement.ExternalId);
        foreach (string process in processes.Length > 0 ? processes : ["client-intake"])
            await house.PublishAsync(Path.Combine(Workflows, process));
        return house;
    }

    /// <summary>Publishes a process folder with its mails, forms and files.</summary>
    public async Task PublishAsync(string folder)
    {
        string json = await File.ReadAllTextAsync(Path.Combine(folder, $"{Path.GetFileName(folder)}.json"));
        WorkflowDefinition definition = DefinitionReader.Read(json, Activities).Definition!;
        Dictionary<string, byte[]> assets = new[] { "mail", "forms", "files" }
            .Where(kind => Directory.Exists(Path.Combine(folder, kind)))
            .SelectMany(kind => Directory.GetFiles(Path.Combine(folder, kind)))
            .ToDictionary(file => Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllBytes);
        await using NpgsqlConnection connection = await Queries.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        (string versionId, _) = await StoreDefinition.ExecuteAsync(transaction, definition, definition.ContentHash, assets, "test", Clock.GetUtcNow(), default);
        await PublishDefinition.ExecuteAsync(transaction, versionId, "test", Clock.GetUtcNow(), default);
        await transaction.CommitAsync();
        await Engine.DefinitionsChangedAsync(default);
    }

    /// <summary>Starts a process for the engagement of a sample client and returns the instance.</summary>
    public async Task<Guid> StartAsync(string process, string externalId, PlainObject? input = null)
    {
        StartRequested start = new(TimeOrderedId.Create(Clock.GetUtcNow()), process) { CorrelationId = Engagements[externalId].EngagementId.ToString("D"), Input = input ?? new() };
        StimulusResult result = await Engine.Gateway.SubmitAsync(start, null, default);
        return result.Kind == TransitionKind.Applied ? start.InstanceId : throw new InvalidOperationException(result.Message);
    }

    /// <summary>Cancels an instance.</summary>
    public Task<StimulusResult> CancelAsync(Guid instance) =>
        Engine.Gateway.SubmitAsync(new CancelRequested(instance, "test", "test"), null, default);

    /// <summary>Lets time pass; each timer is served at its own instant.</summary>
    public async Task PassAsync(TimeSpan span)
    {
        DateTimeOffset until = Clock.GetUtcNow() + span;
        await Engine.ServeDueAsync(default);
        while (await Engine.NextDueAsync(default) is { } next && next <= until)
        {
            Clock.Set(next);
            if (await Engine.ServeDueAsync(default) == 0)
                throw new InvalidOperationException($"Something was due at {next:O} and was not served.");
        }

        Clock.Set(until);
    }

    /// <summary>Returns the promises that do not hold, by name; empty when all is well.</summary>
    public async Task<IReadOnlyList<string>> ViolationsAsync() =>
        [.. (await InvariantChecks.CountAsync(Queries, default)).Where(result => result.Violations > 0 && !result.Invariant.IsWarning).Select(result => $"{result.Invariant.Name}: {result.Example}")];

    /// <summary>Posts an answer through a link, as its page does.</summary>
    public async Task<(PreparedLinkAnswer Prepared, StimulusResult? Result)> AnswerAsync(
        Guid link, PlainObject? answers, string outcome = LinkDecision.Answered, string? comment = null, string? code = null)
    {
        PreparedLinkAnswer prepared = await new PrepareLinkAnswer(Queries, Codes).ExecuteAsync(new(link, outcome, answers, comment, code), Clock.GetUtcNow(), default);
        return (prepared, prepared.Stimulus is null ? null : await Engine.Gateway.SubmitAsync(prepared.Stimulus, prepared.Rider, default));
    }

    /// <summary>Asks for the code that confirms an answer, as the link's page does.</summary>
    public Task<CodeOutcome> SendCodeAsync(Guid link) => new SendLinkCode(Queries, Settings, Codes).ExecuteAsync(link, Clock.GetUtcNow(), default);

    /// <summary>Returns the code that went out last, as the contact reads it in his mailbox.</summary>
    public async Task<string> LatestCodeAsync(Guid link)
    {
        await using NpgsqlCommand command = Queries.CreateCommand("select id, key_id from link_code where link_id = $1 order by made_at desc limit 1");
        command.Parameters.AddWithValue(link);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return Codes.TextOf(new(reader.GetGuid(0), reader.GetString(1)))!;
    }

    /// <summary>Completes a task, as the inbox does.</summary>
    public async Task<(PreparedTaskAnswer Prepared, StimulusResult? Result)> CompleteAsync(Guid task, Person person, string outcome, string? comment = null, PlainObject? answers = null)
    {
        PreparedTaskAnswer prepared = await new PrepareTaskAnswer(Queries).ExecuteAsync(new(task, outcome, comment, answers), person, Clock.GetUtcNow(), default);
        return (prepared, prepared.Stimulus is null ? null : await Engine.Gateway.SubmitAsync(prepared.Stimulus, prepared.Rider, default));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        _catalogue.Dispose();
        await Database.DisposeAsync();
    }

    private static string WorkflowsFolder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../workflows"));
}
