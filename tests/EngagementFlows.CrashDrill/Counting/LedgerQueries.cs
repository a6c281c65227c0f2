namespace EngagementFlows.CrashDrill.Counting;

/// <summary>The questions that the drill asks the database; each counts, and gives an example.</summary>
/// <remarks>Written from the outside, against the schema: a counter that shared the product's code would share its mistakes.</remarks>
internal static class LedgerQueries
{
    /// <summary>What exists more often than once, by what it is.</summary>
    public static IReadOnlyList<(string What, string Sql)> Doubled { get; } =
    [
        ("instances of one Idempotency-Key", """
            select coalesce(sum(n - 1), 0)::bigint, min(correlation_id) from (select correlation_id, count(*) n from instance where definition_id = 'crash-drill' group by 1 having count(*) > 1) d
            """),
        ("completions of one activity", """
            select coalesce(sum(n - 1), 0)::bigint, min(instance_id::text || ' ' || activity)
            from (select j.instance_id, e ->> 'a' activity, count(*) n from journal j cross join lateral json_array_elements(j.entries) e
                  where e ->> 'e' = 'Completed' and e ->> 'a' is not null group by 1, 2 having count(*) > 1) d
            """),
        ("journal entries of one revision", """
            select coalesce(sum(n - 1), 0)::bigint, min(instance_id::text) from (select instance_id, revision, count(*) n from journal group by 1, 2 having count(*) > 1) d
            """),
        ("tasks of one instance", """
            select coalesce(sum(n - 1), 0)::bigint, min(instance_id::text) from (select instance_id, count(*) n from task group by 1 having count(*) > 1) d
            """),
        ("audited completions of one task", """
            select coalesce(sum(n - 1), 0)::bigint, min(subject) from (select subject, count(*) n from audit where act = 'TaskCompleted' group by 1 having count(*) > 1) d
            """),
        ("audited starts of one instance", """
            select coalesce(sum(n - 1), 0)::bigint, min(subject) from (select subject, count(*) n from audit where act = 'InstanceStarted' group by 1 having count(*) > 1) d
            """),
        ("links of one instance", """
            select coalesce(sum(n - 1), 0)::bigint, min(instance_id::text) from (select instance_id, count(*) n from link group by 1 having count(*) > 1) d
            """),
        ("answers of one engagement", """
            select coalesce(sum(n - 1), 0)::bigint, min(engagement_id::text) from (select engagement_id, count(*) n from form_answer group by 1 having count(*) > 1) d
            """),
        ("events of one Idempotency-Key", """
            select coalesce(sum(n - 1), 0)::bigint, min(correlation_id) from (select name, correlation_id, count(*) n from event group by 1, 2 having count(*) > 1) d
            """),
        ("mails of one purpose", """
            select coalesce(sum(n - 1), 0)::bigint, min(instance_id::text || ' ' || purpose)
            from (select instance_id, split_part(effect_key, '/', 3) purpose, recipient, count(*) n from mail group by 1, 2, 3 having count(*) > 1) d
            """),
        ("timeline entries of one fact", """
            select coalesce(sum(n - 1), 0)::bigint, min(instance_id::text || ' ' || text_en)
            from (select instance_id, kind, text_en, reference_id, count(*) n from timeline_entry where instance_id is not null and kind <> 'mail' group by 1, 2, 3, 4 having count(*) > 1) d
            """),
    ];

    /// <summary>What has not come to its end and that no person is told of.</summary>
    public static IReadOnlyList<(string What, string Sql)> Stuck { get; } =
    [
        // A person sees an incident, and every mail that was refused or is uncertain: a client whose mails all went that way cannot answer.
        ("running instances that nobody is told of", """
            select count(*), min(i.id::text || ', revision ' || i.revision
              || ', waits for ' || coalesce((select string_agg(b.name || ' of ' || b.activity_id, ', ') from bookmark b where b.instance_id = i.id), 'nothing')
              || ', link ' || coalesce((select l.state || ', opened ' || l.openings from link l where l.instance_id = i.id), 'none')
              || ', mails ' || coalesce((select string_agg(split_part(o.effect_key, '/', 3) || ' ' || o.state, ', ') from outbox o where o.instance_id = i.id), 'none'))
            from instance i
            where finished_at is null and open_incidents = 0
              and not exists (select 1 from outbox o where o.instance_id = i.id and o.state in ('rejected', 'uncertain'))
            """),
        ("facts in the inbox of ended instances", "select count(*), min(f.instance_id::text) from inbox f join instance i on i.id = f.instance_id where i.finished_at is not null"),
        ("overdue facts", "select count(*), min(instance_id::text) from inbox where due_at < now() - interval '10 seconds' or parked_at is not null"),
        ("mails and calls on their way", "select count(*), min(effect_key) from outbox where state in ('pending', 'claimed', 'sending')"),
        ("connections that hold a transaction", """
            select count(*), min(application_name) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and state like 'idle in transaction%' and xact_start < now() - interval '5 seconds'
            """),
    ];

    /// <summary>Promises that doctor cannot know: the length of the drill's timer.</summary>
    public static IReadOnlyList<(string What, string Sql)> Violated { get; } =
    [
        ("timers that fired early", """
            with rest as (
              select j.instance_id, j.at, e ->> 'e' what from journal j cross join lateral json_array_elements(j.entries) e where e ->> 'a' = 'Rest'
            )
            select count(*), min(began.instance_id::text)
            from rest began join rest ended on ended.instance_id = began.instance_id and ended.what = 'Completed'
            where began.what = 'Suspended' and ended.at < began.at + interval '500 milliseconds'
            """),
    ];

    /// <summary>Mails that should have been written.</summary>
    public static IReadOnlyList<(string What, string Sql)> Unwritten { get; } =
    [
        ("ended instances without one of their three mails", """
            select count(*), min(i.id::text || ' ' || wanted.purpose)
            from instance i cross join unnest(array['ask', 'task', 'mail']) wanted(purpose)
            where i.definition_id = 'crash-drill' and i.status = 'finished' and not exists (select 1 from mail m where m.instance_id = i.id and split_part(m.effect_key, '/', 3) = wanted.purpose)
            """),
    ];
}
