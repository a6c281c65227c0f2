using System.Net;
using System.Net.Sockets;

namespace EngagementFlows.Server.Tests.Smtp;

/// <summary>A TCP server in this process that runs a test's script for each connection.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Lock guard = new();
    private readonly List<ScriptedConnection> open = [];
    private readonly List<Task> scripts = [];
    private readonly Task accepting;
    private int connections;

    private ScriptedServer(Func<ScriptedConnection, Task> script)
    {
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(64);
        accepting = AcceptAsync(script);
    }

    public int Port => ((IPEndPoint)listener.LocalEndPoint!).Port;

    /// <summary>Gets how many connections were accepted.</summary>
    public int Connections => Volatile.Read(ref connections);

    public static ScriptedServer Start(Func<ScriptedConnection, Task> script) => new(script);

    /// <summary>Ends all connections; throws what a script threw, but for lines that the client closed.</summary>
    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await accepting;
        lock (guard)
            open.ForEach(connection => connection.Dispose());
        await Task.WhenAll(scripts);
    }

    private async Task AcceptAsync(Func<ScriptedConnection, Task> script)
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await listener.AcceptAsync();
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
            {
                return;
            }

            socket.NoDelay = true;
            Interlocked.Increment(ref connections);
            ScriptedConnection connection = new(socket);
            lock (guard)
            {
                open.Add(connection);
                scripts.Add(RunAsync(script, connection));
            }
        }
    }

    private static async Task RunAsync(Func<ScriptedConnection, Task> script, ScriptedConnection connection)
    {
        try
        {
            await script(connection);
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // The client closed or refused the line, or the test ended: what the test looks at is on the client's side.
        }
        finally
        {
            connection.Dispose();
        }
    }
}
