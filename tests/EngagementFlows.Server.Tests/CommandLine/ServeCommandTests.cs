using System.Diagnostics;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.CommandLine;

/// <summary>The real process: it starts, says where to look, and ends in order when it is told to.</summary>
public sealed class ServeCommandTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IDisposable
{
    // Only a guard: who needs it has failed.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("engagementflows-serve-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Signal_EndsTheServerInOrder(string signal)
    {
        using Process server = Start($"--ConnectionStrings:EngagementFlows={postgres.ConnectionString}", $"--EngagementFlows:DataFolder={_folder}", "--urls", "http://127.0.0.1:0");
        List<string> said = [];
        while (await server.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            said.Add(line);
            if (line.Contains("Ctrl+C", StringComparison.Ordinal))
                break;
        }

        said.Should().Contain(line => line.Contains("/mailbox", StringComparison.Ordinal)).And.Contain(line => line.Contains("/welcome/", StringComparison.Ordinal));
        using Process kill = Process.Start("kill", [$"-{signal}", $"{server.Id}"]);
        await server.WaitForExitAsync().WaitAsync(Patience);
        server.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task BadSettings_EndTheStartWithAllFaults()
    {
        using Process server = Start("--EngagementFlows:PublicUrl=nowhere", "--EngagementFlows:Firm:Zone=Mars/Olympus", $"--EngagementFlows:DataFolder={_folder}");

        string errors = await server.StandardError.ReadToEndAsync().WaitAsync(Patience);
        await server.WaitForExitAsync().WaitAsync(Patience);

        server.ExitCode.Should().Be(1);
        errors.Should().Contain("'nowhere'").And.Contain("'Mars/Olympus'").And.NotContain("   at ");
    }

    private Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "EngagementFlows.Server.dll"), "serve", "--no-samples", .. arguments])
    {
        WorkingDirectory = _folder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
