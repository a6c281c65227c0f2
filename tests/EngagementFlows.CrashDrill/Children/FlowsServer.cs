using System.Net;

namespace EngagementFlows.CrashDrill.Children;

/// <summary>A server process of the product as it was built, on an address that it keeps through all its lives.</summary>
internal sealed class FlowsServer(string name, DrillPlace place, IReadOnlyDictionary<string, string> settings, HttpClient http) : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private Child? _child;

    /// <summary>Gets the name in the account of the faults.</summary>
    public string Name => name;

    /// <summary>Gets the address.</summary>
    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Find()}");

    /// <summary>Starts the process; it is not yet ready when this returns.</summary>
    public void Start()
    {
        Dictionary<string, string> environment = new(settings) { ["DOTNET_TieredPGO"] = "0" };
        Child child = Child.Start(place, place.ServerAssembly, ["serve", "--no-samples", "--urls", Address.GetLeftPart(UriPartial.Authority)], environment, name);
        // What the start says to people is read away, so that its pipe is never full.
        _ = child.Output.ReadToEndAsync();
        _child = child;
    }

    /// <summary>Waits until the process serves.</summary>
    /// <exception cref="InvalidOperationException">It did not come up in time, although it was started again whenever it ended; the message says where its log is.</exception>
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (!await AnswersAsync(cancellationToken))
        {
            EnsureStarted();
            if (TimeProvider.System.GetElapsedTime(began) > StartLimit)
                throw new InvalidOperationException($"Server {name} did not come up. The end of its log: {place.LastWords(name)}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    /// <summary>Ends the process in order, as an upgrade does; one that does not end is killed.</summary>
    public async Task StopAsync()
    {
        if (_child is null)
            return;
        ProcessSignals.SendTerminate(_child.Id);
        using CancellationTokenSource limit = new(StopLimit);
        try
        {
            await _child.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // The kill below ends it.
        }

        await KillAsync();
    }

    /// <summary>Kills the process with -9; what it held is left as it stands.</summary>
    public async Task KillAsync()
    {
        if (_child is null)
            return;
        await _child.DisposeAsync();
        _child = null;
    }

    /// <summary>Kills the process with -9 on the calling thread, and returns when it is gone.</summary>
    public void KillNow() => _child?.Kill();

    /// <summary>Freezes the process.</summary>
    public void Pause() => ProcessSignals.SendStop(_child!.Id);

    /// <summary>Lets the process go on.</summary>
    public void Resume() => ProcessSignals.SendContinue(_child!.Id);

    /// <summary>Starts the process again if it ended by itself, as a supervisor does: a database that is away at its start ends it.</summary>
    public void EnsureStarted()
    {
        if (_child is { HasExited: false })
            return;
        Start();
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(new Uri(Address, "/health/ready"), cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
