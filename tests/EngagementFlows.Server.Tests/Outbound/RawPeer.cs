using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EngagementFlows.Server.Tests.Outbound;

/// <summary>A peer that answers whatever bytes a test wants: the ones that no decent server would send.</summary>
internal sealed class RawPeer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Func<Stream, string, CancellationToken, Task> _answer;
    private readonly Func<Stream, Task<Stream>> _open;
    private readonly Task _loop;
    private int _accepted;

    public RawPeer(Func<Stream, string, CancellationToken, Task> answer, Func<Stream, Task<Stream>>? open = null)
    {
        _answer = answer;
        _open = open ?? Task.FromResult;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _loop = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Gets the number of connections that were made.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Gets the heads of the requests, as they came.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public static RawPeer Saying(string answer) => Saying(Encoding.Latin1.GetBytes(answer));

    public static RawPeer Saying(byte[] answer) => new(async (stream, _, cancellationToken) => await stream.WriteAsync(answer, cancellationToken));

    public async ValueTask DisposeAsync()
    {
        // The loop ends before the listener does: asked for a connection after its end, a listener throws what no ending is.
        await _ended.CancelAsync();
        await _loop;
        _listener.Stop();
        await Task.WhenAll(_connections);
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_ended.Token);
                Interlocked.Increment(ref _accepted);
                _connections.Add(ServeAsync(client));
            }
        }
        catch (Exception ending) when (ending is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using Stream stream = await _open(client.GetStream());
                StringBuilder head = new();
                byte[] one = new byte[1];
                while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _ended.Token) > 0)
                    head.Append((char)one[0]);
                Requests.Enqueue(head.ToString());
                await _answer(stream, head.ToString(), _ended.Token);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The caller hung up, as most of these tests want.
            }
        }
    }
}
