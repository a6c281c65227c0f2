using System.Collections.Concurrent;
using System.Diagnostics;
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

    private BuiltServer Server => new(_folder, new Dictionary<string, string>
    {
        ["EngagementFlows:DataFolder"] = Path.Combine(_folder, "data"),
        ["EngagementFlows:WorkflowsFolder"] = Path.Combine(BuiltServer.Root, "workflows"),
    });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Should_come_back_with_every_invariant_intact()
    {
        // Three lives: killed as soon as some intakes run, then again at once after its start, then ended in order.
        await LiveAsync(intakes: 3, isKilled: true);
        await LiveAsync(intakes: 3, isKilled: true);
        await LiveAsync(intakes: 20, isKilled: false);

        (int backedUp, string said) = await Server.RunAsync("backup", Path.Combine(_folder, "later.zip"));
        backedUp.Should().Be(0, said);
        (int drilled, string drill) = await Server.RunAsync("drill-restore", Path.Combine(_folder, "beside.zip"));
        drilled.Should().Be(0, drill);

        (int exitCode, string output) = await Server.RunAsync("doctor", "--json");

        exitCode.Should().Be(0, output);
    }

    private async Task LiveAsync(int intakes, bool isKilled)
    {
        string url = $"http://127.0.0.1:{BuiltServer.FreePort()}";
        using Process server = Server.Start("serve", "--urls", url);
        ConcurrentQueue<string> said = new();
        server.OutputDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        server.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        await ReachAsync(server, said, async () => await CountIntakesAsync() >= intakes);
        if (!isKilled)
        {
            // The intakes of the lives before are there at once: they do not tell that this server is at work.
            await ReachAsync(server, said, () => IsReadyAsync(url));
            await BackUpBesideAsync();
        }

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

    /// <summary>Waits until the server is where it shall be; one that ends before fails the test with its own words.</summary>
    private static async Task ReachAsync(Process server, IReadOnlyCollection<string> said, Func<Task<bool>> isThere)
    {
        await Eventually.TrueAsync(async () => server.HasExited || await isThere(), TimeSpan.FromMinutes(2));
        if (!server.HasExited)
            return;
        // The pipes may still hold the last of them.
        await server.WaitForExitAsync();
        throw new InvalidOperationException($"The server ended by itself with code {server.ExitCode}. It said:{Environment.NewLine}{string.Join(Environment.NewLine, said)}");
    }

    private static async Task<bool> IsReadyAsync(string url)
    {
        using HttpClient client = new();
        try
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri($"{url}/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            return false;
        }
    }

    private async Task BackUpBesideAsync()
    {
        (int code, string output) = await Server.RunAsync("backup", Path.Combine(_folder, "beside.zip"));
        code.Should().Be(0, output);
        (code, output) = await Server.RunAsync("restore", Path.Combine(_folder, "beside.zip"), "--replace");
        code.Should().Be(1, "a server is at work");
        output.Should().Contain("Stop every server");
    }

    private async Task<long> CountIntakesAsync()
    {
        string password = Path.Combine(_folder, "data", "postgres", "password");
        if (!File.Exists(password))
            return 0;
        try
        {
            NpgsqlConnectionStringBuilder builder = new()
            {
                Host = Path.Combine(_folder, "data", "postgres", "socket"),
                Username = "engagementflows",
                Database = "engagementflows",
                Password = await File.ReadAllTextAsync(password),
                Pooling = false,
            };
            await using NpgsqlConnection connection = new(builder.ConnectionString);
            await connection.OpenAsync();
            await using NpgsqlCommand count = new("select count(*) from instance", connection);
            return (long)(await count.ExecuteScalarAsync())!;
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException)
        {
            // Not up yet, or not migrated yet, or the password is being written.
            return 0;
        }
    }
}
