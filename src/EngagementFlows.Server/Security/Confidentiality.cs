using EngagementFlows.Postgres.Personnel;

namespace EngagementFlows.Server.Security;

/// <summary>Who may be shown something of an engagement that is open to its readers alone. The rule itself stands in the database, and lists ask it there; this is for whatever is asked for by its id.</summary>
internal sealed class Confidentiality(FindClosedIds find)
{
    /// <summary>Tells whether everything that these ids name is open to the caller; ids of nothing are.</summary>
    /// <param name="caller">Who asks; <see langword="null"/> = a stranger.</param>
    /// <param name="ids">Ids of anything.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<bool> IsOpenAsync(CurrentPerson? caller, IEnumerable<Guid> ids, CancellationToken cancellationToken) =>
        (await ClosedAsync(caller, ids, cancellationToken)).Count == 0;

    /// <summary>Returns those of the ids that name something that is closed to the caller.</summary>
    public Task<IReadOnlyList<Guid>> ClosedAsync(CurrentPerson? caller, IEnumerable<Guid> ids, CancellationToken cancellationToken) =>
        find.ExecuteAsync([.. ids], caller?.Viewer, cancellationToken);

    /// <summary>Tells whether what a text names is open to the caller: a business key is perhaps the id of an engagement.</summary>
    public Task<bool> IsOpenAsync(CurrentPerson? caller, string? id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out Guid parsed) ? IsOpenAsync(caller, [parsed], cancellationToken) : Task.FromResult(true);
}
