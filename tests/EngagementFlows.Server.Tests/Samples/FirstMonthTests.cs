using System.Diagnostics;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Hosting;
using EngagementFlows.Server.Tests.Architecture;
using EngagementFlows.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EngagementFlows.Server.Tests.Samples;

/// <summary>The first start on an empty machine, as a process with a database of its own; it may die at any moment.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class FirstMonthTests : IDisposable
{
    // Only a guard: who needs it has failed.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("engagementflows-first-").FullName;

    // Mode 755: temporary folders are closed to others, also to the user as whom PostgreSQL runs under root.
    public FirstMonthTests() => File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task KillInTheMiddle_TheNextStartPlaysOneWholeMonth()
    {
        using (Process killed = Start())
        {
            await ReadUntilAsync(killed.StandardError, "plays a month of its life");
            string half = Path.Combine(_folder, "mail", ".month");
            await Eventually.TrueAsync(() => Task.FromResult(killed.HasExited || (Directory.Exists(half) && Directory.GetFiles(half, "*.eml").Length >= 20)));
            killed.HasExited.Should().BeFalse();
            killed.Kill();
            await killed.WaitForExitAsync().WaitAsync(Patience);
        }

        using (Process server = Start())
        {
            List<string> said = await ReadUntilAsync(server.StandardOutput, "Ctrl+C");
            said.Should().Contain(line => line.Contains("/c/", StringComparison.Ordinal), "the first client's link waits");
            await EndAsync(server);
        }

        // A second start finds what the first one made, and makes nothing.
        using (Process server = Start())
        {
            await ReadUntilAsync(server.StandardOutput, "Ctrl+C");
            await EndAsync(server);
        }

        await LookAsync();
    }

    private async Task LookAsync()
    {
        ServerOptions options = SettingSources.Read(_folder, Settings());
        await using ServerDatabase database = await ServerDatabase.OpenAsync(options, NullLoggerFactory.Instance, default);
        (await CountAsync(database, "select count(*) from instance where definition_id = 'client-intake'")).Should().Be(20);
        (await CountAsync(database, "select count(*) from client")).Should().Be(20);
        (await CountAsync(database, "select count(*) from engagement where stage = 'delivery'")).Should().Be(3);
        (await CountAsync(database, "select count(*) from pg_database where datname like 'engagementflows%'")).Should().Be(1, "the half month is gone");
        long accepted = await CountAsync(database, "select count(*) from outbox where state = 'accepted'");
        Directory.GetFiles(Path.Combine(_folder, "mail"), "*.eml").Should().HaveCount((int)accepted, "the half month left no mails");
        Directory.Exists(Path.Combine(_folder, "mail", ".month")).Should().BeFalse();
    }

    private static async Task<long> CountAsync(ServerDatabase database, string sql)
    {
        await using NpgsqlCommand command = database.Flows.Queries.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<List<string>> ReadUntilAsync(StreamReader reader, string sign)
    {
        List<string> said = [];
        while (await reader.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            said.Add(line);
            if (line.Contains(sign, StringComparison.Ordinal))
                return said;
        }

        throw new InvalidOperationException($"The server never said '{sign}', but: {string.Join(Environment.NewLine, said)}");
    }

    private static async Task EndAsync(Process server)
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{server.Id}"]);
        await server.WaitForExitAsync().WaitAsync(Patience);
        server.ExitCode.Should().Be(0);
    }

    private Dictionary<string, string?> Settings() => new()
    {
        ["EngagementFlows:DataFolder"] = _folder,
        ["EngagementFlows:WorkflowsFolder"] = Path.Combine(Repository.Root, "workflows"),
    };

    private Process Start() => Process.Start(new ProcessStartInfo(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "EngagementFlows.Server.dll"), "serve", "--urls", "http://127.0.0.1:0", .. Settings().Select(setting => $"--{setting.Key}={setting.Value}")])
    {
        WorkingDirectory = _folder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
