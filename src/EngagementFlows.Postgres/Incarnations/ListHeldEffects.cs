using Npgsql;

namespace EngagementFlows.Postgres.Incarnations;

/// <summary>An effect of before a restore that waits for a person.</summary>
/// <param name="Id">The effect; a mail's own id.</param>
/// <param name="Kind"><c>mail</c>, <c>http</c> or <c>webhook</c>.</param>
/// <param name="WasBeingSent">Whether the backup caught it in the middle of being sent: it has perhaps arrived.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="InstanceId">The instance that wants it, or <see langword="null"/>.</param>
/// <param name="Subject">A mail's subject, or the kind of what a webhook is to be told; <see langword="null"/> for a call.</param>
/// <param name="Recipient">Whom a mail is for, or the webhook's name; <see langword="null"/> for a call, and for a webhook that was removed.</param>
/// <param name="WebhookId">The webhook that is to be told, or <see langword="null"/>.</param>
public sealed record HeldEffect(Guid Id, string Kind, bool WasBeingSent, DateTimeOffset CreatedAt, Guid? InstanceId, string? Subject, string? Recipient, Guid? WebhookId);

/// <summary>Lists held effects, oldest first. Those of closed engagements are shown to their readers alone; a decision about all means them too.</summary>
public sealed class ListHeldEffects(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select o.id, o.kind, o.held_state = 'sending', o.created_at, o.instance_id,
               case when o.kind = 'webhook' then o.payload->>'type' else m.subject end,
               case when o.kind = 'webhook' then w.name else coalesce(m.to_name, m.to_emails[1]) end, o.webhook_id
        from outbox o
        left join mail m on m.id = o.id
        left join webhook w on w.id = o.webhook_id
        where o.state = 'held' and ($2::uuid is null or o.id > $2)
          and instance_id_is_open_to(o.instance_id, $3) and engagement_is_open_to(m.engagement_id, $3)
        order by o.id
        limit $1
        """;

    /// <summary>Returns up to <paramref name="most"/> effects.</summary>
    public async Task<IReadOnlyList<HeldEffect>> ExecuteAsync(int most, CancellationToken cancellationToken, Guid? viewer = null) => await ReadAsync(after: null, most, viewer, cancellationToken);

    /// <summary>Returns the page that begins after an effect's id; <see langword="null"/> = the first.</summary>
    public async Task<ListPage<HeldEffect>> PageAsync(string? after, int limit, CancellationToken cancellationToken, Guid? viewer = null) =>
        ListPage<HeldEffect>.Of(await ReadAsync(ListPlace.Id(after), limit + 1, viewer, cancellationToken), limit, effect => effect.Id.ToString("D"));

    private async Task<List<HeldEffect>> ReadAsync(Guid? after, int most, Guid? viewer, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddInteger(most);
        command.Parameters.AddUuid(after);
        command.Parameters.AddUuid(viewer);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<HeldEffect> effects = [];
        while (await reader.ReadAsync(cancellationToken))
            effects.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetBoolean(2), reader.Instant(3), reader.Uuid(4), reader.Text(5), reader.Text(6), reader.Uuid(7)));
        return effects;
    }
}
