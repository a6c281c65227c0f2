using System.Globalization;
using System.Runtime.InteropServices;
using EngagementFlows.CrashDrill;
using EngagementFlows.CrashDrill.Boundaries;
using EngagementFlows.CrashDrill.Sink;

// Two roles: the drill, and the sink that it starts and kills.
if (args is ["sink", string port, string file, string sinkSeed])
    return await SinkProgram.RunAsync(int.Parse(port, CultureInfo.InvariantCulture), file, ulong.Parse(sinkSeed, CultureInfo.InvariantCulture));
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
