using System.Text.Json;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Api;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Instances;
using Npgsql;

namespace EngagementFlows.Server.Staff.Clients;

/// <summary>Erases a client's data: ends what runs for him, each instance in its own commit, then empties everything in one.</summary>
/// <remarks>A stop in between leaves instances cancelled and the data whole: whoever wanted it does it again. Twice is the same as once.</remarks>
internal sealed class ClientErasureDesk(NpgsqlDataSource database, EraseClient erase, FlowsEngine engine, DatabaseClock clock)
{
    /// <summary>The greatest length of a reason.</summary>
    public const int MostReason = 2_000;

    private const string CancelReason = "The client's data is erased.";

    // Something may start between the look and the erasure, or a commit of a flow may want the same rows in another order.
    private const int Attempts = 20;

    /// <summary>Erases, or says why not.</summary>
    /// <param name="client">The client.</param>
    /// <param name="name">His name as the person typed it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Ends the act between its commits.</param>
    public async Task<ClientErasure> EraseAsync(Guid client, string name, string reason, CurrentPerson by, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                ClientErasure outcome = await erase.ExecuteAsync(client, name, by.Caller, reason, clock.Now, cancellationToken);
                if (outcome is not ClientErasure.StillRunning running || attempt == Attempts)
                    return outcome;
                foreach (Guid instance in running.Instances)
                    await CancelAsync(instance, by, cancellationToken);
            }
            catch (PostgresException fault) when (fault.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure && attempt < Attempts)
            {
                // A flow's commit came first: nothing of this attempt is stored.
            }
        }
    }

    private async Task CancelAsync(Guid id, CurrentPerson by, CancellationToken cancellationToken)
    {
        if (await GetInstance.ExecuteAsync(database, id, cancellationToken) is not { FinishedAt: null } instance)
            return;
        AuditRider audit = new(new AuditEntry(CancelInstanceEndpoint.ChainOf(instance), by.Caller, "InstanceCancelled", $"instance/{id:D}", JsonSerializer.Serialize(new { reason = CancelReason })));
        await engine.Gateway.SubmitAsync(new CancelRequested(id, CancelReason, by.Name), new OnlyIfApplied(audit), cancellationToken);
    }
}
