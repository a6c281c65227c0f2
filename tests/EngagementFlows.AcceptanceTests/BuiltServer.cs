using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace EngagementFlows.AcceptanceTests;

/// <summary>The built program, run as processes of their own in a folder of their own.</summary>
internal sealed class BuiltServer(string folder, IReadOnlyDictionary<string, string> settings)
{
    /// <summary>Gets the working copy that the tests were built from.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Starts a command; its standard output is the test's to read.</summary>
    public Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Assembly(), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string key, string value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs a command to its end and returns its exit code and all that it wrote.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }

    /// <summary>Returns a port on which nothing listened a moment ago, below those that the machine gives to connections and listeners that ask for any.</summary>
    public static int FreePort()
    {
        while (true)
        {
            int port = RandomNumberGenerator.GetInt32(12_000, 32_000);
            try
            {
                using TcpListener listener = new(System.Net.IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }

    private static string Assembly()
    {
        DirectoryInfo output = new(AppContext.BaseDirectory);
        return Path.Combine(Root, "src", "EngagementFlows.Server", "bin", output.Parent!.Name, output.Name, "EngagementFlows.Server.dll");
    }

    private static string FindRoot()
    {
        DirectoryInfo at = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "EngagementFlows.sln")))
            at = at.Parent!;
        return at.FullName;
    }
}
