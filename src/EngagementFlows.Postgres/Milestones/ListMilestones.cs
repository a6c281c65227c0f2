using EngagementFlows.Engagements.Milestones;
using Npgsql;

namespace EngagementFlows.Postgres.Milestones;

/// <summary>Lists the milestones of engagements by their planned dates, withdrawn ones too.</summary>
public sealed class ListMilestones(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select m.id, m.engagement_id, m.document_version_id, m.name, m.first_planned_on, m.planned_on, m.reached_on, p.name, m.withdrawn_at, m.revision
        from milestone m
        left join person p on p.id = m.reached_by_id
        where m.engagement_id = any ($1)
        order by m.engagement_id, m.planned_on, m.name collate "C"
        """;

    /// <summary>Returns the milestones of all these engagements.</summary>
    public async Task<IReadOnlyList<Milestone>> ExecuteAsync(Guid[] engagements, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await ExecuteAsync(connection, engagements, cancellationToken);
    }

    internal static async Task<List<Milestone>> ExecuteAsync(NpgsqlConnection connection, Guid[] engagements, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuids(engagements);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<Milestone> milestones = [];
        while (await reader.ReadAsync(cancellationToken))
            milestones.Add(MilestoneRow.Read(reader));
        return milestones;
    }
}
