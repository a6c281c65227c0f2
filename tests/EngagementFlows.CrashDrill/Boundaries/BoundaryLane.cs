using System.Globalization;
using System.Net.Sockets;
using EngagementFlows.CrashDrill.Callers;
using EngagementFlows.CrashDrill.Children;
using EngagementFlows.CrashDrill.Counting;
using EngagementFlows.CrashDrill.Network;
using Npgsql;

namespace EngagementFlows.CrashDrill.Boundaries;

/// <summary>One server behind two proxies, with a database and a sink of its own: plays one intake after the other and kills the server at one boundary of each.</summary>
/// <remarks>The server that ends an intake after the kill begins the next one: each boundary costs one start.</remarks>
internal sealed class BoundaryLane : IAsyncDisposable
{
    private static readonly TimeSpan IntakeLimit = TimeSpan.FromSeconds(120);

    private readonly DrillPlace _place;
    private readonly string _name;
    private readonly NpgsqlDataSource _dataSource;
    private readonly IReadOnlyList<DrilledIntake> _intakes;
    private readonly Dictionary<string, string> _directSettings;
    private readonly SinkProcess _sink;
    private readonly House _house;
    private readonly Proxy _postgresProxy;
    private readonly Proxy _smtpProxy;
    private readonly FlowsServer _server;
    private readonly BoundaryTrap _trap;
    private int _played;

    private BoundaryLane(DrillPlace place, DrillPostgres postgres, string name, string connectionString, NpgsqlDataSource dataSource, IReadOnlyList<DrilledIntake> intakes, int seed)
    {
        _place = place;
        _name = name;
        _dataSource = dataSource;
        _intakes = intakes;
        _sink = new SinkProcess(place, Path.Combine(place.Folder, $"{name}.mails"), seed);
        _house = new House(_sink.RecordFile);
        _trap = new BoundaryTrap(() => _server!.KillNow());
        _postgresProxy = new Proxy(token => Proxy.ConnectAsync(new UnixDomainSocketEndPoint(postgres.Socket), token), (near, far, token) => new PostgresTalk(near, far, _trap).RunAsync(token));
        _smtpProxy = new Proxy(token => Proxy.ConnectAsync(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, _sink.Port), token), (near, far, token) => new SmtpTalk(near, far, _trap).RunAsync(token));
        _postgresProxy.Start();
        _smtpProxy.Start();
        string dataFolder = Path.Combine(place.Folder, name);
        Uri publicUrl = new("http://clients.drill.example");
        _directSettings = DrillSettings.Of(connectionString, dataFolder, publicUrl, _sink.Port);
        NpgsqlConnectionStringBuilder proxied = new(connectionString) { Host = "127.0.0.1", Port = _postgresProxy.Port, SslMode = SslMode.Disable };
        Dictionary<string, string> settings = DrillSettings.Of(proxied.ConnectionString, dataFolder, publicUrl, _smtpProxy.Port);
        _server = new FlowsServer($"{name}-server", place, settings, _house.Http);
    }

    /// <summary>Makes database, sink and server; the server serves when this returns.</summary>
    public static async Task<BoundaryLane> OpenAsync(DrillPlace place, DrillPostgres postgres, Firm firm, int number, CancellationToken cancellationToken)
    {
        string name = $"lane_{number.ToString(CultureInfo.InvariantCulture)}";
        string connectionString = await firm.CopyAsync(name, cancellationToken);
        NpgsqlDataSource dataSource = House.Open(connectionString);
        BoundaryLane lane = new(place, postgres, name, connectionString, dataSource, firm.NewIntakes(), number);
        try
        {
            await lane._sink.StartAsync();
            lane._server.Start();
            await lane._server.ReadyAsync(cancellationToken);
            return lane;
        }
        catch
        {
            await lane.DisposeAsync();
            throw;
        }
    }

    /// <summary>Plays the next intake, kills the server at a boundary of it, starts it again, and plays the intake to its end.</summary>
    public async Task<PlayedBoundary> PlayAsync(int boundary, CancellationToken cancellationToken)
    {
        DrilledIntake intake = _intakes[_played++];
        Chance chance = new((ulong)_played);
        Caller caller = _house.CallerTo([_server], chance);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(IntakeLimit);
        long began = TimeProvider.System.GetTimestamp();
        Task<string> sprung = _trap.Arm(boundary);
        Task ending = PlayToTheEndAsync(new IntakeCallers(caller, _house.Mails, chance) { IsPlain = true }, intake, limit.Token);
        await Task.WhenAny(sprung, ending);
        int crossed = _trap.Disarm();
        TimeSpan before = TimeProvider.System.GetElapsedTime(began);
        if (sprung.IsCompletedSuccessfully)
        {
            _server.EnsureStarted();
            await _server.ReadyAsync(cancellationToken);
        }

        TimeSpan ready = TimeProvider.System.GetElapsedTime(began);
        try
        {
            await ending;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Its time is over: the count finds it stuck.
        }

        return new(sprung.IsCompletedSuccessfully ? await sprung : null, crossed, before, ready - before, TimeProvider.System.GetElapsedTime(began) - ready);
    }

    /// <summary>Counts all intakes that were played, once nothing moves any more.</summary>
    public async Task<DrillCount> CountAsync(Action<string> say, CancellationToken cancellationToken)
    {
        Auditor auditor = new(_place, _directSettings, _house.CallerTo([_server], new Chance(1)), text => say($"[{_name}] {text}"));
        await auditor.WaitForQuietAsync(_dataSource, cancellationToken);
        await _house.CloseMailsAsync();
        foreach ((string text, int times) in _house.Grievances.List().Take(10))
            say($"[{_name}] unexpected answer, {times} time(s): {text}");
        return await auditor.CountAsync(_dataSource, [.. _intakes.Take(_played)], _house.Mails.All, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _smtpProxy.DisposeAsync();
        await _postgresProxy.DisposeAsync();
        await _sink.DisposeAsync();
        await _house.DisposeAsync();
        await _dataSource.DisposeAsync();
    }

    private async Task PlayToTheEndAsync(IntakeCallers callers, DrilledIntake intake, CancellationToken cancellationToken)
    {
        await callers.PlayAsync(intake, cancellationToken);
        Ledger ledger = new(_dataSource);
        while (!await ledger.IsSettledAsync(intake.Started ?? Guid.Empty))
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
    }
}
