using System.Net;
using System.Net.Sockets;

namespace EngagementFlows.CrashDrill.Children;

/// <summary>Finds ports of this machine that nobody listens on.</summary>
internal static class FreePort
{
    /// <summary>Returns a port that was free a moment ago; whoever listens there later must keep it for himself.</summary>
    public static int Find()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
