using Npgsql;

namespace EngagementFlows.Postgres.Outbox;

/// <summary>Stores effects in the caller's commit. An effect key that exists already is left alone: it was wanted, and perhaps sent, before.</summary>
public static class InsertOutboxEntries
{
    private const string Sql = """
        insert into outbox (id, instance_id, kind, effect_key, due_at, payload, created_at)
        select e.id, e.instance_id, e.kind, e.effect_key, e.due_at, e.payload, $7
        from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::json[])
          e(id, instance_id, kind, effect_key, due_at, payload)
        on conflict (effect_key) do nothing
        """;

    /// <summary>Returns the command for the batch of the commit.</summary>
    public static NpgsqlBatchCommand Create(IReadOnlyList<OutboxEntry> entries, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuids([.. entries.Select(entry => entry.Id)]);
        command.Parameters.AddUuids([.. entries.Select(entry => entry.InstanceId)]);
        command.Parameters.AddTexts([.. entries.Select(entry => entry.Kind)]);
        command.Parameters.AddTexts([.. entries.Select(entry => entry.EffectKey)]);
        command.Parameters.AddInstants([.. entries.Select(entry => entry.DueAt.UtcDateTime)]);
        command.Parameters.AddJsons([.. entries.Select(entry => entry.Payload)]);
        command.Parameters.AddInstant(now);
        return command;
    }
}
