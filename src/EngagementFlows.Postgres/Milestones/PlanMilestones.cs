using EngagementFlows.Engagements.Milestones;
using Npgsql;
using NpgsqlTypes;

namespace EngagementFlows.Postgres.Milestones;

/// <summary>Makes the milestones of an engagement those of a plan, in the caller's commit.</summary>
/// <remarks>Decided by the rows as they are then: what somebody marked as reached since the activity looked stays reached.</remarks>
internal static class PlanMilestones
{
    // All of them are taken first, in one order: two plans that are set at once wait for each other and never in a circle.
    private const string WithdrawSql = """
        with taken as (
          select id from milestone where engagement_id = $1 order by name collate "C" for update
        )
        update milestone m set withdrawn_at = $3, revision = m.revision + 1
        from taken
        where m.id = taken.id and m.withdrawn_at is null and m.reached_on is null and m.name <> all ($2)
        """;

    private const string UpsertSql = """
        insert into milestone (id, engagement_id, document_version_id, instance_id, name, first_planned_on, planned_on)
        select p.id, $4, $5, $6, p.name, p.planned_on, p.planned_on
        from unnest($1::uuid[], $2::text[], $3::date[]) p (id, name, planned_on)
        order by p.name collate "C"
        on conflict (engagement_id, name) do update
        set document_version_id = excluded.document_version_id, instance_id = excluded.instance_id, planned_on = excluded.planned_on, withdrawn_at = null, revision = milestone.revision + 1
        where milestone.reached_on is null
        """;

    public static IEnumerable<NpgsqlBatchCommand> Create(MilestonesSet set, Guid instance, DateTimeOffset now)
    {
        string[] names = [.. set.Planned.Select(one => one.Milestone.Name)];
        NpgsqlBatchCommand withdraw = new(WithdrawSql);
        withdraw.Parameters.AddUuid(set.EngagementId);
        withdraw.Parameters.AddTexts(names);
        withdraw.Parameters.AddInstant(now);
        NpgsqlBatchCommand upsert = new(UpsertSql);
        upsert.Parameters.AddUuids([.. set.Planned.Select(one => one.NewId)]);
        upsert.Parameters.AddTexts(names);
        upsert.Parameters.Add(new NpgsqlParameter<DateOnly[]> { TypedValue = [.. set.Planned.Select(one => one.Milestone.On)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date });
        upsert.Parameters.AddUuid(set.EngagementId);
        upsert.Parameters.AddUuid(set.DocumentVersionId);
        upsert.Parameters.AddUuid(instance);
        return [withdraw, upsert];
    }
}
