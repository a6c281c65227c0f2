using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EngagementFlows.Benchmarks.Storage;

/// <summary>A collector that takes every batch of spans and forgets it; in this process, so its own share counts as the exporter's.</summary>
internal sealed class TraceCollector : IDisposable
{
    private static readonly byte[] Taken = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public TraceCollector()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Gets where batches go.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1/traces");

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // The end of the run.
        }
    }

    private static async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            NetworkStream stream = client.GetStream();
            byte[] buffer = new byte[64 * 1024];
            int held = 0;
            try
            {
                while (await stream.ReadAsync(buffer.AsMemory(held)) is > 0 and int read)
                {
                    held += read;
                    int head = buffer.AsSpan(0, held).IndexOf("\r\n\r\n"u8);
                    if (head < 0)
                        continue;
                    int length = LengthOf(Encoding.ASCII.GetString(buffer, 0, head));
                    for (int left = length - (held - head - 4); left > 0;)
                        left -= await stream.ReadAtLeastAsync(buffer.AsMemory(0, Math.Min(left, buffer.Length)), 1);
                    held = 0;
                    await stream.WriteAsync(Taken);
                }
            }
            catch (IOException)
            {
                // The exporter hung up.
            }
        }
    }

    private static int LengthOf(string head)
    {
        const string name = "\r\nContent-Length: ";
        int at = head.IndexOf(name, StringComparison.OrdinalIgnoreCase) + name.Length;
        int end = head.IndexOf('\r', at);
        return int.Parse(end < 0 ? head.AsSpan(at) : head.AsSpan(at, end - at), System.Globalization.CultureInfo.InvariantCulture);
    }
}
