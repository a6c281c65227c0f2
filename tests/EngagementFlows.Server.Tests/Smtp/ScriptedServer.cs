using System.Net;
using System.Net.Sockets;

namespace EngagementFlows.Server.Tests.Smtp;

/// <summary>A TCP server in this process that runs a test's script for each connection.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Lock _guard = new();
    private readonly List<ScriptedConnection> _open = [];
    private readonly List<Task> _scripts = [];
    private readonly Task _accepting;
    private int _connections;

    private ScriptedServer(Func<ScriptedConnection, Task> script)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(64);
        _accepting = AcceptAsync(script);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Gets how many connections were accepted.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public static ScriptedServer Start(Func<ScriptedConnection, Task> script) => new(script);

    /// <summary>Waits until each script has come to its end by itself, so that what it noted is whole; throws what <see cref="DisposeAsync"/> would.</summary>
    public async Task PlayedAsync()
    {
        Task[] scripts;
        lock (_guard)
            scripts = [.. _scripts];
        await Task.WhenAll(scripts).WaitAsync(SmtpSetup.Patience);
    }

    /// <summary>Ends all connections; throws what a script threw, but for lines that the client closed.</summary>
    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        lock (_guard)
            _open.ForEach(connection => connection.Dispose());
        await Task.WhenAll(_scripts);
    }

    private async Task AcceptAsync(Func<ScriptedConnection, Task> script)
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptAsync();
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
            {
                return;
            }

            socket.NoDelay = true;
            Interlocked.Increment(ref _connections);
            ScriptedConnection connection = new(socket);
            lock (_guard)
            {
                _open.Add(connection);
                _scripts.Add(RunAsync(script, connection));
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
