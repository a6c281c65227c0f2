using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace EngagementFlows.CrashDrill.Children;

/// <summary>Finds ports of this machine that nobody listens on.</summary>
internal static class FreePort
{
    /// <summary>
    /// Returns a port that was free a moment ago, below those that the machine gives to connections and listeners that ask for any: it stays free between the lives of whoever listens there.
    /// </summary>
    public static int Find()
    {
        while (true)
        {
            int port = RandomNumberGenerator.GetInt32(12_000, 32_000);
            try
            {
                using TcpListener listener = new(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }
}
