using Npgsql;

namespace EngagementFlows.Postgres.Webhooks;

/// <summary>Sends a fact once more because a person wants it, under the same event id; or a message to try the webhook with. Runs in the caller's transaction.</summary>
public static class RedeliverWebhook
{
    private const string Sql = """
        update outbox set state = 'pending', ended_at = null, failing_since = null, due_at = $3
        where id = $2 and webhook_id = $1 and state in ('accepted', 'rejected', 'uncertain')
          and exists (select 1 from webhook w where w.id = $1)
        """;

    private const string TestSql = """
        insert into outbox (id, kind, effect_key, due_at, payload, created_at, webhook_id)
        select $2::uuid, 'webhook', 'webhook/' || w.id || '/' || $2::uuid, $4, $3, $4, w.id from webhook w where w.id = $1
        """;

    /// <summary>Returns whether there is such a delivery and it had ended.</summary>
    public static async Task<bool> ExecuteAsync(NpgsqlTransaction transaction, Guid webhook, Guid delivery, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddUuid(webhook);
        command.Parameters.AddUuid(delivery);
        command.Parameters.AddInstant(now);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Stores a message of kind <see cref="WebhookKinds.Test"/>; returns its id, or <see langword="null"/> if there is no such webhook.</summary>
    public static async Task<Guid?> TestAsync(NpgsqlTransaction transaction, Guid webhook, DateTimeOffset now, CancellationToken cancellationToken)
    {
        WebhookFact fact = new(WebhookKinds.Test, webhook, [new("webhookId", webhook)]);
        await using NpgsqlCommand command = new(TestSql, transaction.Connection, transaction);
        command.Parameters.AddUuid(webhook);
        command.Parameters.AddUuid(fact.IdAt(now));
        command.Parameters.AddJson(fact.Body(now));
        command.Parameters.AddInstant(now);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1 ? fact.IdAt(now) : null;
    }
}
