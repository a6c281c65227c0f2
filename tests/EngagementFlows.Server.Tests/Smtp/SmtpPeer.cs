using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace EngagementFlows.Server.Tests.Smtp;

/// <summary>npm <c>smtp-server</c> in a process of its own.</summary>
internal sealed class SmtpPeer : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Process process;

    private SmtpPeer(Process process, int port)
    {
        this.process = process;
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
        string line = await process.StandardOutput.ReadLineAsync().WaitAsync(SmtpSetup.Patience) ?? throw new InvalidOperationException("smtp-peer.mjs ended; see its error output.");
        return new SmtpPeer(process, JsonDocument.Parse(line).RootElement.GetProperty("port").GetInt32());
    }

    /// <summary>Waits for the next message that it took.</summary>
    public async Task<PeerMessage> NextAsync()
    {
        string? line = await process.StandardOutput.ReadLineAsync().WaitAsync(SmtpSetup.Patience);
        return JsonSerializer.Deserialize<PeerMessage>(line!, Json)!;
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(SmtpSetup.Patience);
        process.Dispose();
    }

    // Beside its source, where Node finds tests/node_modules.
    private static string Script([CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, "smtp-peer.mjs");
}

/// <summary>What the peer understood of one message.</summary>
internal sealed record PeerMessage(string From, string[] To, string BodyType, bool SmtpUtf8, bool Secure, string? User, string Hello, byte[] Content);
