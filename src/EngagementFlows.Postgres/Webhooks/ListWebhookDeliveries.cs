using Npgsql;

namespace EngagementFlows.Postgres.Webhooks;

/// <summary>A fact on its way to a webhook.</summary>
/// <param name="Id">The delivery's id.</param>
/// <param name="EventId">The event's id, which the receiver sees as <c>webhook-id</c>.</param>
/// <param name="Kind">The kind of the fact.</param>
/// <param name="State"><c>pending, claimed, accepted, rejected, held</c>.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="CreatedAt">When the fact came about.</param>
/// <param name="DueAt">When it is tried next, while it is pending.</param>
/// <param name="EndedAt">When it was taken or given up, or <see langword="null"/>.</param>
/// <param name="Answer">What the other side said last, or why it could not be reached.</param>
public sealed record WebhookDelivery(
    Guid Id, Guid EventId, string Kind, string State, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset DueAt, DateTimeOffset? EndedAt, string? Answer);

/// <summary>Lists the deliveries of a webhook, newest first, a page at a time.</summary>
public sealed class ListWebhookDeliveries(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select id, (payload->>'id')::uuid, payload->>'type', state, attempt, created_at, due_at, ended_at, answer
        from outbox
        where webhook_id = $1 and ($2::uuid is null or id < $2)
        order by id desc
        limit $3
        """;

    /// <summary>Returns the page that begins after <paramref name="after"/>; <see langword="null"/> = the first.</summary>
    public async Task<ListPage<WebhookDelivery>> ExecuteAsync(Guid webhook, string? after, int limit, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(webhook);
        command.Parameters.AddUuid(ListPlace.Id(after));
        command.Parameters.AddInteger(limit + 1);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<WebhookDelivery> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3), reader.GetInt32(4),
                reader.Instant(5), reader.Instant(6), reader.OptionalInstant(7), reader.Text(8)));
        }

        return ListPage<WebhookDelivery>.Of(rows, limit, row => row.Id.ToString("D"));
    }
}
