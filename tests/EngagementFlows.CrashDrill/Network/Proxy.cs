using System.Net;
using System.Net.Sockets;

namespace EngagementFlows.CrashDrill.Network;

/// <summary>Stands between a server and another process on a TCP port of its own; what a connection says goes through <paramref name="talk"/>.</summary>
/// <param name="connect">Connects to the other process.</param>
/// <param name="talk">Passes on both directions of one connection until one side hangs up.</param>
internal sealed class Proxy(Func<CancellationToken, Task<Socket>> connect, Func<NetworkStream, NetworkStream, CancellationToken, Task> talk) : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private Task _accepting = Task.CompletedTask;

    /// <summary>Gets the port; known once it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Listens from now on.</summary>
    public void Start()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Connects to a TCP port or a unix socket.</summary>
    public static async Task<Socket> ConnectAsync(EndPoint to, CancellationToken cancellationToken)
    {
        Socket socket = new(to.AddressFamily, SocketType.Stream, to is UnixDomainSocketEndPoint ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(to, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptSocketAsync(_stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The end of the drill.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        try
        {
            await using NetworkStream near = new(client, ownsSocket: true);
            client.NoDelay = true;
            await using NetworkStream far = new(await connect(_stop.Token), ownsSocket: true);
            await talk(near, far, _stop.Token);
        }
        catch (Exception fault) when (fault is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // A side was killed: that is what this is for.
        }
    }
}
