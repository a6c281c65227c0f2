using Npgsql;

namespace EngagementFlows.Postgres.Webhooks;

/// <summary>Lists webhooks in the order in which they were made, a page at a time.</summary>
public sealed class ListWebhooks(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select w.id, w.name, w.url, w.kinds, w.state, w.revision, w.created_at, w.created_by, w.changed_at, w.changed_by,
               (select count(*) from outbox o where o.webhook_id = w.id and o.state in ('pending', 'claimed', 'sending', 'held')),
               (select count(*) from outbox o where o.webhook_id = w.id and o.state = 'rejected' and o.ended_at > now() - interval '7 days'),
               last.answer, last.state
        from webhook w
        left join lateral (
          select o.answer, o.state from outbox o where o.webhook_id = w.id and o.attempt > 0 order by o.id desc limit 1
        ) last on true
        where ($1::uuid is null or w.id > $1) and ($2::uuid is null or w.id = $2)
        order by w.id
        limit $3
        """;

    /// <summary>Returns the page that begins after <paramref name="after"/>; <see langword="null"/> = the first.</summary>
    public async Task<ListPage<WebhookLine>> ExecuteAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        List<WebhookLine> rows = await ReadAsync(ListPlace.Id(after), id: null, limit + 1, cancellationToken);
        return ListPage<WebhookLine>.Of(rows, limit, row => row.Webhook.Id.ToString("D"));
    }

    /// <summary>Returns one, or <see langword="null"/>.</summary>
    public async Task<WebhookLine?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await ReadAsync(after: null, id, 1, cancellationToken)).SingleOrDefault();

    private async Task<List<WebhookLine>> ReadAsync(Guid? after, Guid? id, int most, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(after);
        command.Parameters.AddUuid(id);
        command.Parameters.AddInteger(most);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<WebhookLine> rows = [];
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(new(Webhook.Read(reader), reader.GetInt64(10), reader.GetInt64(11), reader.Text(12), reader.Text(13)));
        return rows;
    }
}
