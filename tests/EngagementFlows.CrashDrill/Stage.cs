using System.Globalization;
using EngagementFlows.CrashDrill.Callers;
using EngagementFlows.CrashDrill.Children;
using EngagementFlows.CrashDrill.Faults;
using EngagementFlows.CrashDrill.Network;
using Npgsql;

namespace EngagementFlows.CrashDrill;

/// <summary>Everything that a round attacks: a database of its own, a sink, two servers, and their lines to PostgreSQL where these are attacked.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly DrillPostgres _postgres;
    private readonly string _name;
    private readonly DatabaseLine[] _lines;

    private Stage(DrillPlace place, DrillPostgres postgres, FaultPlan plan, string connectionString, string name, Action<string> say)
    {
        _postgres = postgres;
        _name = name;
        Plan = plan;
        DataSource = House.Open(connectionString);
        Sink = new SinkProcess(place, Path.Combine(place.Folder, $"{name}.mails"), plan.Seed);
        House = new House(Sink.RecordFile);
        RollOut rollOut = new(Path.Combine(place.Folder, $"{name}-flows"), plan.HasSchedules);
        string data = Path.Combine(place.Folder, name);
        Settings = Of(connectionString);
        _lines = plan.HasNetwork ? [new(postgres.Socket), new(postgres.Socket)] : [];
        FlowsServer[] servers = [Server("A", 0), Server("B", 1)];
        Targets = new(postgres, new DatabaseFaults(DataSource), servers, _lines, Sink, rollOut, new Backups(place, name, Settings, say));

        FlowsServer Server(string letter, int number) => new($"{name}-{letter}", place, _lines.Length == 0 ? Settings : Of(Through(_lines[number], connectionString)), House.Http);

        // The links lead to a name that no server has: callers go to whichever answers.
        Dictionary<string, string> Of(string connection) =>
            new(DrillSettings.Of(connection, data, new Uri("http://clients.drill.example"), Sink.Port)) { ["EngagementFlows__WorkflowsFolder"] = rollOut.Folder };
    }

    /// <summary>Gets the faults that come.</summary>
    public FaultPlan Plan { get; }

    /// <summary>Gets the drill's own way to the database.</summary>
    public NpgsqlDataSource DataSource { get; }

    /// <summary>Gets the settings of a command of the product, which reaches the database by the straight way.</summary>
    public Dictionary<string, string> Settings { get; }

    /// <summary>Gets the sink.</summary>
    public SinkProcess Sink { get; }

    /// <summary>Gets what callers need.</summary>
    public House House { get; }

    /// <summary>Gets what faults need.</summary>
    public Targets Targets { get; }

    /// <summary>Gets the secret of the webhook; <see langword="null"/> in a round without one.</summary>
    public string? WebhookSecret { get; private set; }

    private IReadOnlyList<FlowsServer> Servers => Targets.Servers;

    /// <summary>Sets the stage; both servers serve when this returns.</summary>
    public static async Task<Stage> OpenAsync(DrillPlace place, DrillPostgres postgres, Firm firm, FaultPlan plan, Action<string> say, CancellationToken cancellationToken)
    {
        string name = $"round_{plan.Seed.ToString(CultureInfo.InvariantCulture)}";
        Stage stage = new(place, postgres, plan, await firm.CopyAsync(name, cancellationToken), name, say);
        try
        {
            await stage.Sink.StartAsync();
            if (plan.HasWebhook)
                await stage.SubscribeAsync(cancellationToken);
            await stage.StartAllAsync(cancellationToken);
            if (plan.HasSchedules)
                await stage.ScheduleAsync(cancellationToken);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts whichever server does not run; both serve when this returns.</summary>
    public async Task StartAllAsync(CancellationToken cancellationToken)
    {
        foreach (FlowsServer server in Servers)
            server.EnsureStarted();
        await Task.WhenAll(Servers.Select(server => server.ReadyAsync(cancellationToken)));
    }

    /// <summary>Returns a caller with a chance of its own.</summary>
    public Caller CallerTo(Chance chance) => House.CallerTo(Servers, chance);

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Servers.Select(server => server.KillAsync()));
        foreach (DatabaseLine line in _lines)
            await line.DisposeAsync();
        await Sink.DisposeAsync();
        await House.DisposeAsync();
        await DataSource.DisposeAsync();
        await _postgres.DropDatabaseAsync(_name);
    }

    // Before the other server starts: one that runs already would hear of the webhook a moment later, and what it commits until then is no fact for it.
    private async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        Servers[0].Start();
        await Servers[0].ReadyAsync(cancellationToken);
        WebhookSecret = await Subscriber.SubscribeAsync(House.CallerTo([Servers[0]], new Chance(1), DrillSettings.AdministratorKey), Sink.FactPort, cancellationToken);
    }

    private Task ScheduleAsync(CancellationToken cancellationToken) =>
        new ScheduleKeeper(House.CallerTo(Servers, new Chance(2), DrillSettings.AdministratorKey)).MakeAsync(cancellationToken);

    private static string Through(DatabaseLine line, string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Host = "127.0.0.1", Port = line.Port, SslMode = SslMode.Disable }.ConnectionString;
}
