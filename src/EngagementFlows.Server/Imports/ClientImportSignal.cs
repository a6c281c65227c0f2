namespace EngagementFlows.Server.Imports;

/// <summary>Tells this process's worker that an import waits; the worker's own look is the truth if it gets lost.</summary>
internal sealed class ClientImportSignal : IDisposable
{
    private readonly SemaphoreSlim _waiting = new(0);

    public void Wake() => _waiting.Release();

    /// <summary>Waits for a signal, at most as long as given.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _waiting.WaitAsync(atMost, cancellationToken);

    public void Dispose() => _waiting.Dispose();
}
