using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>This process's snapshot of the definitions in the database, and the way to renew it.</summary>
/// <remarks>
/// Safe for use by many threads. Another process may have published since: who misses a definition refreshes and looks again. Only versions whose logic stays as it is are in
/// it: a draft that is drawn on runs by its snapshots alone.
/// </remarks>
public sealed class LiveCatalogue : IDisposable
{
    private readonly NpgsqlDataSource _dataSource;
    private readonly ActivityCatalog _activities;
    private readonly EngineSettings _settings;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private Snapshot _snapshot;

    /// <summary>Creates an empty snapshot; <see cref="RefreshAsync"/> fills it.</summary>
    public LiveCatalogue(NpgsqlDataSource dataSource, ActivityCatalog activities, EngineSettings settings)
    {
        _dataSource = dataSource;
        _activities = activities;
        _settings = settings;
        _snapshot = new(DefinitionCatalogue.Create(activities, [], settings), new Dictionary<string, string>());
    }

    /// <summary>Gets the snapshot of this moment.</summary>
    public DefinitionCatalogue Current => Volatile.Read(ref _snapshot).Catalogue;

    /// <summary>Takes over what changed in the database; returns whether anything did.</summary>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            Snapshot snapshot = _snapshot;
            Dictionary<string, string> states = await ListVersionStates.ExecuteAsync(_dataSource, cancellationToken);
            if (states.Count == snapshot.States.Count && states.All(pair => snapshot.States.TryGetValue(pair.Key, out string? state) && state == pair.Value))
                return false;
            Volatile.Write(ref _snapshot, await BuildAsync(snapshot, states, cancellationToken));
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Returns the snapshot, renewed if a version is missing in it: another process may have stored it a moment ago.</summary>
    /// <param name="versionId">The version that the caller is about to look up.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<DefinitionCatalogue> KnowingAsync(string versionId, CancellationToken cancellationToken)
    {
        if (Current.Version(versionId) is null)
            await RefreshAsync(cancellationToken);
        return Current;
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task<Snapshot> BuildAsync(Snapshot before, Dictionary<string, string> states, CancellationToken cancellationToken)
    {
        string[] changed = [.. states.Where(pair => !before.States.TryGetValue(pair.Key, out string? state) || state != pair.Value).Select(pair => pair.Key)];
        HashSet<string> stale = [.. changed];
        List<WorkflowDefinition> all = [.. before.Catalogue.All.Concat(before.Catalogue.Trials).Where(definition => states.ContainsKey(definition.Id) && !stale.Contains(definition.Id))];
        foreach (StoredDefinition stored in await LoadDefinitions.ExecuteAsync(_dataSource, changed, cancellationToken))
        {
            // What is refused today (a type list that shrank) stays stored; instances on it say so when they are reached.
            if (DefinitionReader.Read(DefinitionText.WithIdentity(stored.Json, stored.Id, stored.Version, stored.State == "published", stored.State == "published"), _activities).Definition is { } definition)
                all.Add(definition);
        }

        DefinitionCatalogue catalogue = DefinitionCatalogue.Create(_activities, all.Where(definition => states[definition.Id] != "trial"), _settings);
        foreach (WorkflowDefinition trial in all.Where(definition => states[definition.Id] == "trial"))
            catalogue = catalogue.WithTrial(trial);
        return new(catalogue, states);
    }

    private sealed record Snapshot(DefinitionCatalogue Catalogue, IReadOnlyDictionary<string, string> States);
}
