namespace EngagementFlows.Server.Outbound;

/// <summary>Lets at most a number of calls per host be under way; the others wait their turn.</summary>
/// <remarks>Safe for use by many threads. A host is forgotten when nobody calls it: names below a wildcard are without number.</remarks>
internal sealed class CallSlots(int perHost)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Host> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the number of hosts that are called or waited for.</summary>
    public int Hosts
    {
        get
        {
            lock (_gate)
                return _hosts.Count;
        }
    }

    /// <summary>Waits for a turn at <paramref name="name"/>; disposing the answer ends it.</summary>
    public async Task<IDisposable> EnterAsync(string name, CancellationToken cancellationToken)
    {
        Host host;
        lock (_gate)
        {
            if (!_hosts.TryGetValue(name, out host!))
                _hosts.Add(name, host = new Host(perHost));
            host.Users++;
        }

        try
        {
            await host.Free.WaitAsync(cancellationToken);
        }
        catch
        {
            Leave(name, host);
            throw;
        }

        return new Slot(this, name, host);
    }

    private void Leave(string name, Host host)
    {
        lock (_gate)
        {
            if (--host.Users > 0)
                return;
            _hosts.Remove(name);
            host.Free.Dispose();
        }
    }

    private sealed class Host(int perHost)
    {
        public SemaphoreSlim Free { get; } = new(perHost);

        public int Users { get; set; }
    }

    private sealed class Slot(CallSlots slots, string name, Host host) : IDisposable
    {
        public void Dispose()
        {
            host.Free.Release();
            slots.Leave(name, host);
        }
    }
}
