using System.Diagnostics;
using System.Net.Sockets;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.AcceptanceTests;

/// <summary>The built server as a newcomer starts it, with the sample firm, killed by SIGKILL; its embedded PostgreSQL is left over each time.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class When_the_server_is_killed_in_the_middle_of_running_intakes : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("engagementflows-killed-").FullName;

    // Mode 755: the user as whom PostgreSQL runs under root must reach the folder.
    public When_the_server_is_killed_in_the_middle_of_running_intakes() => File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Should_come_back_with_every_invariant_intact()
    {
        // Three lives: killed as soon as some intakes run, then again at once after its start, then ended in order.
        await LiveAsync(intakes: 3, isKilled: true);
        await LiveAsync(intakes: 3, isKilled: true);
        await LiveAsync(intakes: 20, isKilled: false);

        (int exitCode, string output) = await DoctorAsync();

        exitCode.Should().Be(0, output);
    }

    private async Task LiveAsync(int intakes, bool isKilled)
    {
        using Process server = Start("serve", "--urls", $"http://127.0.0.1:{FreePort()}");
        server.BeginOutputReadLine();
        await Eventually.TrueAsync(async () => !server.HasExited && await CountIntakesAsync() >= intakes, TimeSpan.FromMinutes(2));
        if (isKilled)
        {
            server.Kill();
        }
        else
        {
            using Process terminate = Process.Start("kill", ["-TERM", server.Id.ToString()]);
            await terminate.WaitForExitAsync();
        }

        await server.WaitForExitAsync();
    }

    private async Task<(int ExitCode, string Output)> DoctorAsync()
    {
        using Process doctor = Start("doctor", "--json");
        string output = await doctor.StandardOutput.ReadToEndAsync();
        await doctor.WaitForExitAsync();
        return (doctor.ExitCode, output);
    }

    private async Task<long> CountIntakesAsync()
    {
        string password = Path.Combine(_folder, "data", "postgres", "password");
        if (!File.Exists(password))
            return 0;
        NpgsqlConnectionStringBuilder builder = new()
        {
            Host = Path.Combine(_folder, "data", "postgres", "socket"),
            Username = "engagementflows",
            Database = "engagementflows",
            Password = await File.ReadAllTextAsync(password),
            Pooling = false,
        };
        try
        {
            await using NpgsqlConnection connection = new(builder.ConnectionString);
            await connection.OpenAsync();
            await using NpgsqlCommand count = new("select count(*) from instance", connection);
            return (long)(await count.ExecuteScalarAsync())!;
        }
        catch (NpgsqlException)
        {
            // Not up yet, or not migrated yet.
            return 0;
        }
    }

    private Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [ServerAssembly(), .. arguments])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
        };
        start.Environment["EngagementFlows__DataFolder"] = Path.Combine(_folder, "data");
        start.Environment["EngagementFlows__WorkflowsFolder"] = Path.Combine(Root().FullName, "workflows");
        return Process.Start(start)!;
    }

    private static string ServerAssembly()
    {
        DirectoryInfo output = new(AppContext.BaseDirectory);
        return Path.Combine(Root().FullName, "src", "EngagementFlows.Server", "bin", output.Parent!.Name, output.Name, "EngagementFlows.Server.dll");
    }

    private static DirectoryInfo Root()
    {
        DirectoryInfo at = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "EngagementFlows.sln")))
            at = at.Parent!;
        return at;
    }

    private static int FreePort()
    {
        using TcpListener listener = new(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
