using System.Globalization;
using EngagementFlows.CrashDrill.Sink;

namespace EngagementFlows.CrashDrill.Children;

/// <summary>The sink in a process of its own, on a port and with a record that it keeps through all its lives.</summary>
internal sealed class SinkProcess(DrillPlace place, string recordFile, int seed) : IAsyncDisposable
{
    private Child? _child;
    private int _lives;

    /// <summary>Gets the port of mails.</summary>
    public int Port { get; } = FreePort.Find();

    /// <summary>Gets the port of webhooks' messages.</summary>
    public int FactPort { get; } = FreePort.Find();

    /// <summary>Gets the file of the mails that it took.</summary>
    public string RecordFile => recordFile;

    /// <summary>Gets the file of the webhooks' messages that it took.</summary>
    public string FactFile { get; } = Path.ChangeExtension(recordFile, ".facts");

    /// <summary>Starts the process; returns when it takes mails.</summary>
    public async Task StartAsync()
    {
        string[] arguments = [SinkProgram.Role, Text(Port), recordFile, Text(FactPort), FactFile, Text((seed * 1000) + ++_lives)];
        Child child = Child.Start(place, DrillPlace.OwnAssembly, arguments, new Dictionary<string, string>(), "sink");
        _child = child;
        if (await child.Output.ReadLineAsync() != "ready")
            throw new InvalidOperationException($"The sink did not come up. The end of its log: {place.LastWords("sink")}");
    }

    /// <summary>Tells the sink how to treat messages from now on.</summary>
    public async Task SetAsync(SinkMode mode, int percent)
    {
        await _child!.Input.WriteLineAsync($"{mode} {percent}");
        await _child.Input.FlushAsync();
    }

    /// <summary>Kills it with -9.</summary>
    public async Task KillAsync()
    {
        if (_child is null)
            return;
        await _child.DisposeAsync();
        _child = null;
    }

    /// <summary>Freezes it.</summary>
    public void Pause() => ProcessSignals.SendStop(_child!.Id);

    /// <summary>Lets it go on.</summary>
    public void Resume() => ProcessSignals.SendContinue(_child!.Id);

    public async ValueTask DisposeAsync() => await KillAsync();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
