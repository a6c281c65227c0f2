using Npgsql;

namespace EngagementFlows.Postgres.Webhooks;

/// <summary>Changes or removes a webhook, if it still is as its changer saw it. Runs in the caller's transaction.</summary>
public static class ChangeWebhook
{
    // Left out (null) = as it was. What waited goes out at once when it is resumed, or has another address: its rest was meant for the old one.
    private const string Sql = """
        with changed as (
          update webhook
          set name = coalesce($3, name), url = coalesce($4, url), kinds = coalesce($5, kinds), state = coalesce($6, state), secret = coalesce($7, secret),
              revision = revision + 1, changed_at = $8, changed_by = $9
          where id = $1 and ($2::bigint is null or revision = $2)
          returning id, state
        ), resumed as (
          update outbox o set due_at = $8
          from changed where changed.state = 'active' and ($6 = 'active' or $4 is not null) and o.webhook_id = changed.id and o.state = 'pending' and o.due_at > $8
        )
        select count(*) from changed
        """;

    private const string RemoveSql = """
        with removed as (
          delete from webhook where id = $1 and ($2::bigint is null or revision = $2) returning id
        ), dropped as (
          update outbox o set state = 'rejected', ended_at = $3, answer = 'The webhook was removed.'
          from removed where o.webhook_id = removed.id and o.state = 'pending'
        )
        select count(*) from removed
        """;

    /// <summary>Changes what is not <see langword="null"/>; returns whether it was there in that revision (<see langword="null"/> = any).</summary>
    public static async Task<bool> ExecuteAsync(
        NpgsqlTransaction transaction, Guid id, long? revision, WebhookChange change, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddUuid(id);
        command.Parameters.AddBigint(revision);
        command.Parameters.AddText(change.Name);
        command.Parameters.AddText(change.Url);
        command.Parameters.Add(new NpgsqlParameter { Value = change.Kinds is null ? DBNull.Value : change.Kinds.ToArray(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text });
        command.Parameters.AddText(change.State);
        command.Parameters.AddText(change.Secret);
        command.Parameters.AddInstant(now);
        command.Parameters.AddText(by);
        return await command.ExecuteScalarAsync(cancellationToken) is 1L;
    }

    /// <summary>Removes it and gives up what waits for it; returns whether it was there in that revision (<see langword="null"/> = any).</summary>
    public static async Task<bool> RemoveAsync(NpgsqlTransaction transaction, Guid id, long? revision, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(RemoveSql, transaction.Connection, transaction);
        command.Parameters.AddUuid(id);
        command.Parameters.AddBigint(revision);
        command.Parameters.AddInstant(now);
        return await command.ExecuteScalarAsync(cancellationToken) is 1L;
    }
}

/// <summary>What changes of a webhook; <see langword="null"/> = stays.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Url">Where facts go.</param>
/// <param name="Kinds">Which facts.</param>
/// <param name="State"><c>active</c> or <c>paused</c>.</param>
/// <param name="Secret">A new secret, sealed.</param>
public sealed record WebhookChange(string? Name = null, string? Url = null, IReadOnlyList<string>? Kinds = null, string? State = null, string? Secret = null);
