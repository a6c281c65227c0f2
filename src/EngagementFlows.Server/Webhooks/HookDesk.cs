using System.Text.Json;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Hooks;
using Npgsql;

namespace EngagementFlows.Server.Webhooks;

/// <summary>What administrators may do with hooks; each act is audited in its own commit. A secret is told once, when it is made.</summary>
internal sealed class HookDesk(FlowsDatabase database, SealedSecrets secrets, DatabaseClock clock)
{
    /// <summary>Returns the name under which a hook's secret is sealed.</summary>
    public static string OwnerOf(string hook) => $"hook/{hook}";

    /// <summary>Makes a hook; returns whether the name was free.</summary>
    public Task<bool> AddAsync(string name, string eventName, string? correlationPath, string secret, string by, CancellationToken cancellationToken) =>
        AddAsync(name, eventName, correlationPath, secret, by, _ => Task.CompletedTask, cancellationToken);

    /// <summary>Makes a hook, and commits with it what is given.</summary>
    public Task<bool> AddAsync(
        string name, string eventName, string? correlationPath, string secret, string by, Func<NpgsqlTransaction, Task> alsoCommit, CancellationToken cancellationToken) => ActAsync(
        async transaction =>
        {
            if (!await ChangeHook.AddAsync(transaction, name, eventName, correlationPath, secrets.Seal(OwnerOf(name), secret), by, clock.Now, cancellationToken))
                return false;
            await alsoCommit(transaction);
            return true;
        },
        name, by, "HookMade", new { eventName, correlationPath }, cancellationToken);

    /// <summary>Changes a hook; returns whether it still was as it was seen.</summary>
    public Task<bool> ChangeAsync(string name, long? revision, HookChange change, string by, CancellationToken cancellationToken) => ActAsync(
        transaction => ChangeHook.ExecuteAsync(transaction, name, revision, change, by, clock.Now, cancellationToken),
        name, by, "HookChanged", new { change.EventName, change.CorrelationPath, change.State }, cancellationToken);

    /// <summary>Gives a hook another secret; returns whether it still was as it was seen. The old one opens nothing more.</summary>
    public Task<bool> SetSecretAsync(string name, long? revision, string secret, string by, CancellationToken cancellationToken) => ActAsync(
        transaction => ChangeHook.ExecuteAsync(transaction, name, revision, new(Secret: secrets.Seal(OwnerOf(name), secret)), by, clock.Now, cancellationToken),
        name, by, "HookSecretChanged", null, cancellationToken);

    /// <summary>Removes a hook; returns whether it still was as it was seen.</summary>
    public Task<bool> RemoveAsync(string name, long? revision, string by, CancellationToken cancellationToken) => ActAsync(
        transaction => ChangeHook.RemoveAsync(transaction, name, revision, cancellationToken), name, by, "HookRemoved", null, cancellationToken);

    private async Task<bool> ActAsync(Func<NpgsqlTransaction, Task<bool>> act, string hook, string by, string name, object? detail, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await act(transaction))
            return false;
        AuditEntry entry = new(AuditEntry.Administration, by, name, OwnerOf(hook), detail is null ? null : JsonSerializer.Serialize(detail));
        await AppendAudit.ExecuteAsync(transaction, entry, now: null, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }
}
