using System.Globalization;
using System.Runtime.InteropServices;
using EngagementFlows.CrashDrill;
using EngagementFlows.CrashDrill.Boundaries;
using EngagementFlows.CrashDrill.Children;
using EngagementFlows.CrashDrill.Sink;

// Three roles: the drill, the sink that it starts and kills, and the keeper that clears up after it.
if (args is [SinkProgram.Role, string mailPort, string mailFile, string factPort, string factFile, string sinkSeed])
    return await SinkProgram.RunAsync(int.Parse(mailPort, CultureInfo.InvariantCulture), mailFile, int.Parse(factPort, CultureInfo.InvariantCulture), factFile, ulong.Parse(sinkSeed, CultureInfo.InvariantCulture));
if (args is [KeeperProgram.Role])
    return await KeeperProgram.RunAsync();
if (DrillArguments.Read(args) is not { } arguments)
{
    await Console.Error.WriteLineAsync(DrillArguments.Usage);
    return 2;
}

using CancellationTokenSource stop = new();
using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    return arguments.IsBoundaries ? await BoundaryDrill.RunAsync(arguments, stop.Token) : await Drill.RunAsync(arguments, stop.Token);
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("Interrupted; everything that the drill started has ended.");
    return 130;
}

void Stop(PosixSignalContext context)
{
    // The order of the end is the drill's own: processes first, then the database, then the folder.
    context.Cancel = true;
    stop.Cancel();
}
