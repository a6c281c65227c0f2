using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Studio.Instances;

/// <summary>What a browser does at the hub: negotiates, opens a socket, shakes hands, listens.</summary>
internal sealed class HubClient : IAsyncDisposable
{
    private const char End = '\u001e';
    private readonly ClientWebSocket _socket = new();
    private readonly Channel<JsonElement> _messages = Channel.CreateUnbounded<JsonElement>();
    private readonly CancellationTokenSource _stop = new();
    private Task _listening = Task.CompletedTask;

    /// <summary>Gets a task that ends when the server has cut the connection.</summary>
    public Task Cut => _listening;

    /// <summary>Connects with the cookies of a signed-in client.</summary>
    public static async Task<HubClient> ConnectAsync(Uri server, HttpClient signedIn, string? origin = null)
    {
        using HttpRequestMessage negotiate = new(HttpMethod.Post, new Uri(server, "elsa/hubs/workflow-instance/negotiate?negotiateVersion=1"));
        negotiate.Headers.Add("Origin", server.GetLeftPart(UriPartial.Authority));
        using HttpResponseMessage negotiated = await signedIn.SendAsync(negotiate);
        negotiated.StatusCode.Should().Be(HttpStatusCode.OK, await negotiated.Content.ReadAsStringAsync());
        string token = (await negotiated.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("connectionToken").GetString()!;
        HubClient client = new();
        client._socket.Options.SetRequestHeader("Origin", origin ?? server.GetLeftPart(UriPartial.Authority));
        UriBuilder address = new(new Uri(server, $"elsa/hubs/workflow-instance?id={token}")) { Scheme = "ws" };
        await client._socket.ConnectAsync(address.Uri, signedIn, CancellationToken.None);
        await client.SendAsync(new { protocol = "json", version = 1 });
        client._listening = client.ListenAsync();
        (await client._messages.Reader.ReadAsync()).EnumerateObject().Should().BeEmpty("the handshake is accepted");
        return client;
    }

    /// <summary>Asks to watch an instance and waits until the server has heard it.</summary>
    public async Task ObserveAsync(Guid instance)
    {
        await SendAsync(new { type = 1, invocationId = "1", target = "ObserveInstanceAsync", arguments = new[] { instance.ToString() } });
        JsonElement answer;
        do
            answer = await _messages.Reader.ReadAsync();
        while (answer.GetProperty("type").GetInt32() != 3);
        answer.TryGetProperty("error", out JsonElement error).Should().BeFalse($"{error}");
    }

    /// <summary>Returns the next message from the server: its name and its one argument.</summary>
    public async Task<(string Target, JsonElement Argument)> HearAsync()
    {
        while (true)
        {
            using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
            JsonElement message = await _messages.Reader.ReadAsync(patience.Token);
            if (message.TryGetProperty("type", out JsonElement type) && type.GetInt32() == 1)
                return (message.GetProperty("target").GetString()!, message.GetProperty("arguments")[0]);
        }
    }

    /// <summary>Returns whether anything but signs of life has come that nobody has read.</summary>
    public bool HasHeard()
    {
        while (_messages.Reader.TryRead(out JsonElement message))
        {
            if (message.TryGetProperty("type", out JsonElement type) && type.GetInt32() == 1)
                return true;
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Abort();
        await _listening;
        _socket.Dispose();
        _stop.Dispose();
    }

    private Task SendAsync(object message) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message) + End), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private async Task ListenAsync()
    {
        byte[] buffer = new byte[64 * 1024];
        StringBuilder text = new();
        try
        {
            while (true)
            {
                WebSocketReceiveResult part = await _socket.ReceiveAsync(new ArraySegment<byte>(buffer), _stop.Token);
                if (part.MessageType == WebSocketMessageType.Close)
                    break;
                text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
                string[] parts = text.ToString().Split(End);
                foreach (string message in parts[..^1])
                    _messages.Writer.TryWrite(JsonDocument.Parse(message).RootElement.Clone());
                text.Clear().Append(parts[^1]);
            }
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException)
        {
            // Cut by the server, or by the test.
        }

        _messages.Writer.TryComplete();
    }
}
