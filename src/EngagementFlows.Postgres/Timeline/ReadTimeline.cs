using System.Globalization;
using EngagementFlows.Engagements.Timeline;
using Npgsql;

namespace EngagementFlows.Postgres.Timeline;

/// <summary>Reads what happened to a client, latest first.</summary>
public sealed class ReadTimeline(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select sequence, id, engagement_id, at, kind, text_en, text_zh, actor, instance_id, reference_id
        from timeline_entry
        where client_id = $1
          and ($2::uuid is null or engagement_id = $2)
          and ($3::text is null or kind = $3)
          and ($4::bigint is null or sequence < $4)
          and engagement_is_open_to(engagement_id, $6)
        order by sequence desc
        limit $5
        """;

    /// <summary>Returns a page.</summary>
    /// <param name="client">The client.</param>
    /// <param name="engagement">Only this engagement, or <see langword="null"/> for all.</param>
    /// <param name="kind">Only this kind, or <see langword="null"/> for all.</param>
    /// <param name="after"><see cref="ListPage{T}.Next"/> of the page before, or <see langword="null"/>.</param>
    /// <param name="limit">1 to 500 entries.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <param name="viewer">Who looks; <see langword="null"/> = a program or a stranger, who is shown nothing of closed engagements.</param>
    /// <exception cref="ListPlaceException"><paramref name="after"/> is no place of this list.</exception>
    public async Task<ListPage<TimelineEntry>> ExecuteAsync(
        Guid client, Guid? engagement, string? kind, string? after, int limit, CancellationToken cancellationToken, Guid? viewer = null)
    {
        if (kind is not null && !TimelineKinds.IsKnown(kind))
            return new([], null);
        limit = Math.Clamp(limit, 1, 500);
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(client);
        command.Parameters.AddUuid(engagement);
        command.Parameters.AddText(kind);
        command.Parameters.AddBigint(ListPlace.Number(after));
        command.Parameters.AddInteger(limit + 1);
        command.Parameters.AddUuid(viewer);
        List<(long Sequence, TimelineEntry Entry)> rows = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add((reader.GetInt64(0), new(
                reader.GetGuid(1), reader.GetGuid(2), reader.Instant(3), reader.GetString(4), new(reader.GetString(5), reader.GetString(6)),
                reader.Text(7), reader.Uuid(8), reader.Uuid(9))));
        }

        string? next = rows.Count > limit ? rows[limit - 1].Sequence.ToString(CultureInfo.InvariantCulture) : null;
        return new([.. rows.Take(limit).Select(row => row.Entry)], next);
    }
}
