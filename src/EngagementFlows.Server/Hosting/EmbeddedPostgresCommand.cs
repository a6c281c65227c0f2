using System.Diagnostics;

namespace EngagementFlows.Server.Hosting;

/// <summary>Runs one of PostgreSQL's programs to its end, as the user who may run it.</summary>
internal static class EmbeddedPostgresCommand
{
    /// <summary>Runs a program and returns its exit code and all that it wrote.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The program or the working folder cannot be reached.</exception>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string program, IEnumerable<string> arguments, string? user, string workingFolder, CancellationToken cancellationToken)
    {
        using Process process = new() { StartInfo = Describe(program, arguments, user, workingFolder) };
        process.Start();
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Runs a program and waits on the calling thread: for the end of the process, where nothing can be awaited any more.</summary>
    public static int Run(string program, IEnumerable<string> arguments, string? user, string workingFolder, TimeSpan limit)
    {
        using Process process = new() { StartInfo = Describe(program, arguments, user, workingFolder) };
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process.WaitForExit(limit) ? process.ExitCode : -1;
    }

    private static ProcessStartInfo Describe(string program, IEnumerable<string> arguments, string? user, string workingFolder)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Messages are read by us and by tests: they must not depend on the machine's locale.
        start.Environment["LC_ALL"] = "C";
        start.Environment.Remove("PGDATA");
        if (user is not null)
            start.UserName = user;
        return start;
    }
}
