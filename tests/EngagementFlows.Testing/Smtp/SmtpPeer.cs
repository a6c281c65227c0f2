using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace EngagementFlows.Testing.Smtp;

/// <summary>Another's mail server, npm <c>smtp-server</c>, in a process of its own.</summary>
public sealed class SmtpPeer : IAsyncDisposable
{
    // Only a guard: who needs it has failed.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Process _process;

    private SmtpPeer(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Starts it with options of smtp-server and those of <c>smtp-peer.mjs</c>.</summary>
    public static async Task<SmtpPeer> StartAsync(object options)
    {
        Process process = Process.Start(new ProcessStartInfo("node", [Script(), JsonSerializer.Serialize(options)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        string line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException("smtp-peer.mjs ended; see its error output.");
        return new SmtpPeer(process, JsonDocument.Parse(line).RootElement.GetProperty("port").GetInt32());
    }

    /// <summary>Waits for the next message that it took.</summary>
    public async Task<SmtpPeerMessage> NextAsync()
    {
        string? line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        return JsonSerializer.Deserialize<SmtpPeerMessage>(line!, Json)!;
    }

    /// <summary>Ends it and returns what it took besides the messages that were waited for.</summary>
    public async Task<IReadOnlyList<SmtpPeerMessage>> EndAsync()
    {
        _process.StandardInput.Close();
        string rest = await _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        return [.. rest.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<SmtpPeerMessage>(line, Json)!)];
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        _process.Dispose();
    }

    // Beside its source, where Node finds tests/node_modules.
    private static string Script([CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, "smtp-peer.mjs");
}
