using System.Net.Sockets;

namespace EngagementFlows.CrashDrill.Network;

/// <summary>The network between one server and PostgreSQL: it can be cut one way or both, and comes back, with what was held, or without the connections that it had.</summary>
internal sealed class DatabaseLine : IAsyncDisposable
{
    private readonly Proxy _proxy;
    private readonly Gate _questions = new();
    private readonly Gate _answers = new();
    private volatile CancellationTokenSource _connections = new();

    /// <param name="socket">The unix socket of PostgreSQL.</param>
    public DatabaseLine(string socket)
    {
        _proxy = new Proxy(token => Proxy.ConnectAsync(new UnixDomainSocketEndPoint(socket), token), TalkAsync);
        _proxy.Start();
    }

    /// <summary>Gets the port at which the server finds its database.</summary>
    public int Port => _proxy.Port;

    /// <summary>Cuts it: nobody is told, what is said is not heard.</summary>
    public void Cut(bool questions, bool answers)
    {
        if (questions)
            _questions.Close();
        if (answers)
            _answers.Close();
    }

    /// <summary>Lets through what was held, as a network that repeats what was lost.</summary>
    public void Heal()
    {
        _questions.Open();
        _answers.Open();
    }

    /// <summary>Ends every connection, with whatever was held of it, and lets new ones through.</summary>
    public async Task BreakAsync()
    {
        CancellationTokenSource broken = _connections;
        _connections = new CancellationTokenSource();
        await broken.CancelAsync();
        Heal();
    }

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();

    private async Task TalkAsync(NetworkStream near, NetworkStream far, CancellationToken cancellationToken)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _connections.Token);
        Task asking = PassAsync(near, far, _questions, end.Token);
        Task answering = PassAsync(far, near, _answers, end.Token);
        await await Task.WhenAny(asking, answering);
        await end.CancelAsync();
    }

    private static async Task PassAsync(NetworkStream from, NetworkStream to, Gate gate, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[32 * 1024];
        while (await from.ReadAsync(buffer, cancellationToken) is > 0 and int read)
        {
            await gate.WaitAsync(cancellationToken);
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    /// <summary>Holds back one direction while it is closed.</summary>
    private sealed class Gate
    {
        private volatile TaskCompletionSource _passing = Opened();

        public void Close()
        {
            if (_passing.Task.IsCompleted)
                _passing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        public void Open() => _passing.TrySetResult();

        public Task WaitAsync(CancellationToken cancellationToken) => _passing.Task is { IsCompleted: true } ? Task.CompletedTask : _passing.Task.WaitAsync(cancellationToken);

        private static TaskCompletionSource Opened()
        {
            TaskCompletionSource opened = new();
            opened.SetResult();
            return opened;
        }
    }
}
