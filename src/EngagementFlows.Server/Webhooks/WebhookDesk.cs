using System.Text.Json;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Webhooks;
using EngagementFlows.Server.Outbound;
using Npgsql;

namespace EngagementFlows.Server.Webhooks;

/// <summary>What administrators may do with webhooks; each act is audited in its own commit. A secret is told once, when it is made.</summary>
internal sealed class WebhookDesk(FlowsDatabase database, FlowsEngine engine, SealedSecrets secrets, OutboundOptions outbound, DatabaseClock clock)
{
    /// <summary>Returns the name under which a webhook's secret is sealed.</summary>
    public static string OwnerOf(Guid webhook) => $"webhook/{webhook:D}";

    /// <summary>Tells why facts cannot go to an address; <see langword="null"/> if they can.</summary>
    public string? WhyNot(string url) => new OutboundRules(outbound).Allows(url, out _, out string refusal) ? null : refusal;

    /// <summary>Makes a webhook; what it is told begins with the next fact.</summary>
    public Task<(Guid Id, string Secret)> AddAsync(string name, string url, IReadOnlyList<string> kinds, string by, CancellationToken cancellationToken) =>
        AddAsync(name, url, kinds, by, (_, _) => Task.CompletedTask, cancellationToken);

    /// <summary>Makes a webhook, and commits with it what is given its id.</summary>
    public async Task<(Guid Id, string Secret)> AddAsync(
        string name, string url, IReadOnlyList<string> kinds, string by, Func<NpgsqlTransaction, Guid, Task> alsoCommit, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.Now;
        Guid id = TimeOrderedId.Create(now);
        string secret = WebhookSignature.NewSecret();
        await ActAsync(
            async transaction =>
            {
                await AddWebhook.ExecuteAsync(transaction, id, name, url, kinds, secrets.Seal(OwnerOf(id), secret), by, now, cancellationToken);
                await alsoCommit(transaction, id);
                return true;
            },
            id, by, "WebhookMade", new { name, url, kinds }, cancellationToken);
        return (id, secret);
    }

    /// <summary>Changes a webhook; returns whether it still was as it was seen.</summary>
    public Task<bool> ChangeAsync(Guid id, long? revision, WebhookChange change, string by, CancellationToken cancellationToken) => ActAsync(
        transaction => ChangeWebhook.ExecuteAsync(transaction, id, revision, change, by, clock.Now, cancellationToken),
        id, by, change.State == Webhook.Paused ? "WebhookPaused" : "WebhookChanged", new { change.Name, change.Url, change.Kinds, change.State }, cancellationToken);

    /// <summary>Gives a webhook a new secret; <see langword="null"/> if it was not as it was seen. The old one signs nothing more.</summary>
    public async Task<string?> NewSecretAsync(Guid id, long? revision, string by, CancellationToken cancellationToken)
    {
        string secret = WebhookSignature.NewSecret();
        WebhookChange change = new(Secret: secrets.Seal(OwnerOf(id), secret));
        return await ActAsync(
            transaction => ChangeWebhook.ExecuteAsync(transaction, id, revision, change, by, clock.Now, cancellationToken), id, by, "WebhookSecretChanged", null, cancellationToken)
            ? secret
            : null;
    }

    /// <summary>Removes a webhook; returns whether it still was as it was seen. What waits for it is given up.</summary>
    public Task<bool> RemoveAsync(Guid id, long? revision, string by, CancellationToken cancellationToken) => ActAsync(
        transaction => ChangeWebhook.RemoveAsync(transaction, id, revision, clock.Now, cancellationToken), id, by, "WebhookRemoved", null, cancellationToken);

    /// <summary>Sends a delivery that has ended once more, under the same event id; returns whether there was one.</summary>
    public Task<bool> RedeliverAsync(Guid id, Guid delivery, string by, CancellationToken cancellationToken) =>
        RedeliverAsync(id, delivery, by, _ => Task.CompletedTask, cancellationToken);

    /// <summary>Sends a delivery once more, and commits with it what is given.</summary>
    public Task<bool> RedeliverAsync(Guid id, Guid delivery, string by, Func<NpgsqlTransaction, Task> alsoCommit, CancellationToken cancellationToken) => ActAsync(
        async transaction =>
        {
            if (!await RedeliverWebhook.ExecuteAsync(transaction, id, delivery, clock.Now, cancellationToken))
                return false;
            await alsoCommit(transaction);
            return true;
        },
        id, by, "WebhookRedelivered", new { delivery }, cancellationToken);

    /// <summary>Sends a message to try a webhook with; returns its event id, or <see langword="null"/> if there is no such webhook.</summary>
    public Task<Guid?> TestAsync(Guid id, string by, CancellationToken cancellationToken) => TestAsync(id, by, (_, _) => Task.CompletedTask, cancellationToken);

    /// <summary>Sends a message to try a webhook with, and commits with it what is given its event id.</summary>
    public async Task<Guid?> TestAsync(Guid id, string by, Func<NpgsqlTransaction, Guid, Task> alsoCommit, CancellationToken cancellationToken)
    {
        Guid? sent = null;
        await ActAsync(
            async transaction =>
            {
                sent = await RedeliverWebhook.TestAsync(transaction, id, clock.Now, cancellationToken);
                if (sent is { } eventId)
                    await alsoCommit(transaction, eventId);
                return sent is not null;
            },
            id, by, "WebhookTested", null, cancellationToken);
        return sent;
    }

    private async Task<bool> ActAsync(Func<NpgsqlTransaction, Task<bool>> act, Guid id, string by, string name, object? detail, CancellationToken cancellationToken)
    {
        await using (NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(cancellationToken))
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (!await act(transaction))
                return false;
            AuditEntry entry = new(AuditEntry.Administration, by, name, OwnerOf(id), detail is null ? null : JsonSerializer.Serialize(detail));
            await AppendAudit.ExecuteAsync(transaction, entry, now: null, cancellationToken);
            await transaction.CommitAsync(CancellationToken.None);
        }

        await engine.WebhooksChangedAsync(cancellationToken);
        engine.Signals.OutboxDue();
        return true;
    }
}
