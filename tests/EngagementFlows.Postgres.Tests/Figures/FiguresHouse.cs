using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Figures;

/// <summary>A house whose first engagement has something of everything that figures count; tests only read.</summary>
public sealed class FiguresHouse : IAsyncLifetime
{
    /// <summary>The instant at which figures are drawn.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 31, 9, 0, 0, TimeSpan.Zero);

    private readonly PostgresFixture _database = new();

    /// <summary>Gets the house.</summary>
    public PlayedHouse House { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        House = await PlayedHouse.OpenAsync(_database.ConnectionString);
        House.Clock.Set(Now);
        await FillAsync(House.Engagements["C-1001"].EngagementId);
    }

    public async Task DisposeAsync()
    {
        await House.DisposeAsync();
        await _database.DisposeAsync();
    }

    // Rows as flows leave them; inserted here so that their instants are exact.
    private async Task FillAsync(Guid engagement)
    {
        await using NpgsqlConnection connection = await House.Queries.OpenConnectionAsync();
        foreach (string statement in Rows.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            await using NpgsqlCommand command = new(statement, connection);
            command.Parameters.AddWithValue(engagement);
            await command.ExecuteNonQueryAsync();
        }
    }

    private const string Rows = """
        update engagement set created_at = '2026-01-05T00:00Z' where id = $1;
        insert into engagement_case (id, engagement_id, instance_id, kind, class, subject, raised_by, state, owner_id, owned_at, opened_at, closed_at, outcome, satisfaction)
        select gen_random_uuid(), e.id, gen_random_uuid(), r.kind, 'normal', 'x', 'x', r.state, case r.by when 'owner' then e.owner_id else e.architect_id end, r.opened, r.opened, r.closed, r.outcome, null
        from engagement e, (values
          ('complaint', 'open', 'architect', '2026-03-10T09:00Z'::timestamptz, null::timestamptz, null),
          ('complaint', 'closed', 'owner', '2026-02-10T09:00Z', '2026-03-05T09:00Z', 'accepted'),
          ('complaint', 'closed', 'owner', '2026-02-01T09:00Z', '2026-02-05T09:00Z', 'accepted'),
          ('question', 'open', 'owner', '2026-03-10T09:00Z', null, null),
          ('question', 'closed', 'owner', '2026-03-10T09:00Z', '2026-03-11T09:00Z', 'answered')) r (kind, state, by, opened, closed, outcome)
        where e.id = $1;
        insert into clock (id, engagement_id, instance_id, case_id, name, started_at, time_limit, calendar, calendar_version, due_at, is_provisional, state, stopped_at, is_kept, elapsed)
        select gen_random_uuid(), e.id, gen_random_uuid(), case when r.of_case then (select c.id from engagement_case c where c.engagement_id = e.id and c.kind = 'complaint' and c.state = 'open') end,
               'answer', '2026-02-01T09:00Z', '1 working day', 'firm', 'x', r.due, false, r.state, r.stopped, r.kept, case when r.state = 'stopped' then interval '1 hour' end
        from engagement e, (values
          (false, 'stopped', '2026-03-02T09:00Z'::timestamptz, '2026-03-02T09:00Z'::timestamptz, true), (false, 'stopped', '2026-03-03T09:00Z', '2026-03-02T09:00Z', true),
          (false, 'stopped', '2026-02-02T09:00Z', '2026-02-02T09:00Z', true), (true, 'stopped', '2026-03-02T09:00Z', '2026-03-04T09:00Z', false),
          (false, 'closed', '2026-03-02T09:00Z', '2026-03-04T09:00Z', null), (false, 'running', '2026-03-30T09:00Z', null, null), (false, 'running', '2026-04-30T09:00Z', null, null)) r (of_case, state, due, stopped, kept)
        where e.id = $1;
        insert into task (id, instance_id, bookmark_id, engagement_id, definition_version_id, kind, title_en, title_zh, outcomes, assignee_person_id, state, opened_at, due_at, closed_at, outcome, completed_by_id)
        select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), e.id, 'x', 'work', 'x', 'x', '{Done}', case r.by when 'owner' then e.owner_id else e.architect_id end, r.state, '2026-02-01T09:00Z', r.due, r.closed,
               case when r.state = 'completed' then 'Done' end, case when r.state = 'completed' then case r.by when 'owner' then e.owner_id else e.architect_id end end
        from engagement e, (values
          ('owner', 'completed', '2026-03-02T09:00Z'::timestamptz, '2026-03-02T08:00Z'::timestamptz), ('owner', 'completed', null, '2026-03-02T08:00Z'), ('owner', 'completed', '2026-02-03T09:00Z', '2026-02-02T08:00Z'),
          ('architect', 'completed', '2026-03-02T09:00Z', '2026-03-03T08:00Z'), ('owner', 'expired', '2026-03-02T09:00Z', '2026-03-02T09:00Z'), ('owner', 'withdrawn', '2026-03-02T09:00Z', '2026-03-03T09:00Z'),
          ('owner', 'open', '2026-03-30T09:00Z', null), ('owner', 'open', null, null)) r (by, state, due, closed)
        where e.id = $1;
        insert into link (id, instance_id, bookmark_id, engagement_id, contact_id, definition_version_id, form_path, may_decline, state, issued_at, expires_at, closed_at, outcome)
        select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), e.id, e.contact_id, 'x', r.form, true, r.state, '2026-02-01T09:00Z', r.expires, case when r.state <> 'open' then timestamptz '2026-03-03T09:00Z' end, case when r.state = 'consumed' then 'Answered' end
        from engagement e, (values
          ('forms/a.json', 'open', '2026-04-01T09:00Z'::timestamptz), ('forms/a.json', 'open', '2026-03-01T09:00Z'), ('built-in/meeting-answer.json', 'open', '2026-04-01T09:00Z'), ('forms/a.json', 'consumed', '2026-04-01T09:00Z')) r (form, state, expires)
        where e.id = $1;
        insert into document_version (id, engagement_id, kind, number, definition_version_id, form_path, content, content_hash, state, proposed_at, frozen_at, frozen_by, instance_id)
        select gen_random_uuid(), e.id, r.kind, r.number, 'x', 'forms/plan.json', '{}', repeat('0', 64), r.state, '2026-02-01T09:00Z', r.frozen, case when r.frozen is not null then 'x' end, gen_random_uuid()
        from engagement e, (values
          ('plan', 1, 'frozen', '2026-02-02T09:00Z'::timestamptz), ('plan', 2, 'replaced', null), ('plan', 3, 'frozen', '2026-03-02T09:00Z'), ('needs', 1, 'frozen', '2026-03-02T09:00Z'), ('needs', 2, 'frozen', '2026-03-03T09:00Z')) r (kind, number, state, frozen)
        where e.id = $1;
        with made as (
          insert into meeting (id, engagement_id, instance_id, title_en, title_zh, audience, starts_at, ends_at, zone, state, created_at, closed_at)
          select gen_random_uuid(), e.id, gen_random_uuid(), 'x', 'x', 'internal', r.starts, r.starts + interval '1 hour', 'UTC', r.state, '2026-02-01T09:00Z', case when r.state <> 'planned' then r.starts + interval '1 day' end
          from engagement e, (values ('held', '2026-03-02T09:00Z'::timestamptz), ('missed', '2026-03-03T09:00Z'), ('held', '2026-02-02T09:00Z'), ('cancelled', '2026-03-04T09:00Z'), ('planned', '2026-04-04T09:00Z')) r (state, starts)
          where e.id = $1
          returning id, engagement_id, state
        )
        insert into meeting_invitee (meeting_id, position, person_id, answer, answered_at)
        select m.id, p.position, case p.position when 1 then e.owner_id else e.architect_id end, case when p.position = 2 and m.state = 'held' then 'declined' else 'accepted' end, '2026-02-01T10:00Z'
        from made m join engagement e on e.id = m.engagement_id, (values (1), (2)) p (position);
        with made as (
          insert into form_answer (id, source, engagement_id, contact_id, person_id, definition_version_id, form_path, answered_at, answers)
          select gen_random_uuid(), r.source, e.id, case r.source when 'link' then e.contact_id end, case r.source when 'task' then e.owner_id end, 'x', 'forms/' || r.rating || '.json', r.at, '{}'
          from engagement e, (values ('link', 3, '2026-03-02T09:00Z'::timestamptz), ('link', 5, '2026-03-03T09:00Z'), ('link', 1, '2026-02-03T09:00Z'), ('task', 1, '2026-03-03T09:00Z'), ('link', 9, '2026-03-03T09:00Z')) r (source, rating, at)
          where e.id = $1
          returning id, form_path
        )
        insert into form_answer_value (form_answer_id, ordinal, question, kind, number_value) select id, 1, 'satisfaction', 'rating', substring(form_path from '[0-9]')::numeric from made;
        insert into milestone (id, engagement_id, instance_id, name, first_planned_on, planned_on, reached_on, reached_at)
        select gen_random_uuid(), $1, gen_random_uuid(), r.name, r.planned, r.planned, r.reached, r.reached
        from (values ('Build', '2026-04-30'::date, null::date), ('Design', '2026-03-13', '2026-03-12')) r (name, planned, reached);

        """;
}
