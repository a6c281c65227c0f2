using Npgsql;

namespace EngagementFlows.Postgres.Webhooks;

/// <summary>Stores facts for each webhook that wants them, in the commit that makes them facts.</summary>
internal static class InsertWebhookDeliveries
{
    // Who wants what is asked in the commit itself: a snapshot could be a moment old. Of two rows of one fact the ids differ, and both begin with its instant.
    // What is closed to all but its readers is told to no program. The rule is asked as sets, which become part of the plan: a call of the function that says the same of one
    // instance is prepared anew in each commit, and cost half of the statement.
    private const string Sql = """
        insert into outbox (id, kind, effect_key, due_at, payload, created_at, webhook_id)
        select overlay(md5(f.id::text || w.id::text)::uuid::text placing left(f.id::text, 15) from 1)::uuid,
               'webhook', 'webhook/' || w.id || '/' || f.id, $4, f.body, $4, w.id
        from unnest($1::uuid[], $2::text[], $3::json[], $5::uuid[]) f(id, kind, body, instance_id)
        join webhook w on f.kind = any (w.kinds)
        where not exists (select 1 from closed_instances(null) c(id) where c.id = f.instance_id)
          and not exists (
            select 1 from instance i join closed_correlations(null) c(key) on c.key = translate(lower(i.correlation_id), '-{}() ', '') where i.id = f.instance_id)
        on conflict (effect_key) do nothing
        """;

    public static NpgsqlBatchCommand Create(IReadOnlyList<WebhookFact> facts, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuids([.. facts.Select(fact => fact.IdAt(now))]);
        command.Parameters.AddTexts([.. facts.Select(fact => fact.Kind)]);
        command.Parameters.AddJsons([.. facts.Select(fact => fact.Body(now))]);
        command.Parameters.AddInstant(now);
        command.Parameters.AddUuids([.. facts.Select(fact => fact.InstanceId)]);
        return command;
    }
}
