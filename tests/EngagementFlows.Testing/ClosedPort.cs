using System.Net;
using System.Net.Sockets;

namespace EngagementFlows.Testing;

/// <summary>A port of this machine on which nobody listens, and on which nobody else can begin to as long as this is not disposed.</summary>
public sealed class ClosedPort : IDisposable
{
    // Bound and never listening: whoever calls is refused.
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    /// <summary>Gets the port.</summary>
    public int Number => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public void Dispose() => _socket.Dispose();
}
