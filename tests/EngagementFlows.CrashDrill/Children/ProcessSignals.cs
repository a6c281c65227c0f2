using System.Runtime.InteropServices;

namespace EngagementFlows.CrashDrill.Children;

/// <summary>Sends signals to processes that the drill started.</summary>
internal static class ProcessSignals
{
    private const int None = 0;
    private const int Quit = 3;
    private const int Kill = 9;
    private const int Terminate = 15;
    private static readonly int Stop = OperatingSystem.IsMacOS() ? 17 : 19;
    private static readonly int Continue = OperatingSystem.IsMacOS() ? 19 : 18;

    /// <summary>Ends a process at once, wherever it stands.</summary>
    public static void SendKill(int processId) => Send(processId, Kill);

    /// <summary>Asks a process to end in order.</summary>
    public static void SendTerminate(int processId) => Send(processId, Terminate);

    /// <summary>Asks a process to end at once; PostgreSQL's takes its own processes with it.</summary>
    public static void SendQuit(int processId) => Send(processId, Quit);

    /// <summary>Tells whether a process is there.</summary>
    public static bool Exists(int processId) => NativeKill(processId, None) == 0;

    /// <summary>Freezes a process; its connections stay open.</summary>
    public static void SendStop(int processId) => Send(processId, Stop);

    /// <summary>Lets a frozen process go on where it stood.</summary>
    public static void SendContinue(int processId) => Send(processId, Continue);

    // A process that is gone already needs no signal: the result says no more than that.
    private static void Send(int processId, int signal) => _ = NativeKill(processId, signal);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeKill(int processId, int signal);
}
