using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace EngagementFlows.Testing.Smtp;

/// <summary>Another's mail server with a mailbox, npm <c>maildev</c>, in a process of its own; who is not signed in is not let in.</summary>
public sealed class MaildevPeer : IAsyncDisposable
{
    public const string User = "flows";
    public const string Password = "opensesame";

    // Only a guard: who needs it has failed.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly HttpClient _http;

    private MaildevPeer(Process process, int port, int web)
    {
        _process = process;
        Port = port;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{web}") };
    }

    /// <summary>Gets the port of the mail server.</summary>
    public int Port { get; }

    public static async Task<MaildevPeer> StartAsync()
    {
        Process process = Process.Start(new ProcessStartInfo("node", [Script(), User, Password]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        string line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException("maildev-peer.mjs ended; see its error output.");
        JsonElement ports = JsonDocument.Parse(line).RootElement;
        return new MaildevPeer(process, ports.GetProperty("smtp").GetInt32(), ports.GetProperty("web").GetInt32());
    }

    /// <summary>Reads by its REST API how it understood the mail with a header; waits until it has it.</summary>
    /// <param name="header">The header's name in lower case.</param>
    /// <param name="value">The header's value.</param>
    public async Task<JsonElement> FindAsync(string header, string value)
    {
        JsonElement found = default;
        await Eventually.TrueAsync(async () =>
        {
            JsonElement[] mails = (await _http.GetFromJsonAsync<JsonElement[]>("/email"))!;
            found = mails.FirstOrDefault(mail => mail.GetProperty("headers").TryGetProperty(header, out JsonElement given) && given.ValueKind == JsonValueKind.String && given.GetString() == value);
            return found.ValueKind == JsonValueKind.Object;
        });
        return found;
    }

    /// <summary>Returns an attached file of a mail.</summary>
    public Task<byte[]> FileAsync(JsonElement mail, JsonElement attachment) =>
        _http.GetByteArrayAsync($"/email/{mail.GetProperty("id").GetString()}/attachment/{Uri.EscapeDataString(attachment.GetProperty("generatedFileName").GetString()!)}");

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        _process.Dispose();
    }

    // Beside its source, where Node finds tests/node_modules.
    private static string Script([CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, "maildev-peer.mjs");
}
