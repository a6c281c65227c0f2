using Npgsql;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>Finds the first meeting of each series of an engagement that has any.</summary>
internal static class FindSeriesFirsts
{
    private const string Sql = """
        select distinct on (g.engagement_id, g.series) g.engagement_id, g.series, g.id
        from unnest($1::uuid[], $2::text[]) s (engagement_id, series)
        join meeting g on g.engagement_id = s.engagement_id and g.series = s.series
        order by g.engagement_id, g.series, g.created_at, g.id
        """;

    public static async Task<Dictionary<(Guid Engagement, string Series), Guid>> ExecuteAsync(
        NpgsqlConnection connection, IReadOnlyList<(Guid Engagement, string Series)> series, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuids([.. series.Select(one => one.Engagement)]);
        command.Parameters.AddTexts([.. series.Select(one => one.Series)]);
        Dictionary<(Guid, string), Guid> found = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found[(reader.GetGuid(0), reader.GetString(1))] = reader.GetGuid(2);
        return found;
    }
}
