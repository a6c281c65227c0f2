using Npgsql;

namespace EngagementFlows.Postgres.Promises;

/// <summary>By what figures of promises are put together.</summary>
public enum ClockGrouping
{
    /// <summary>By class of the promise table; a clock without one by its name.</summary>
    Class,

    /// <summary>By the engagement's owner of now.</summary>
    Owner,

    /// <summary>By engagement.</summary>
    Engagement,

    /// <summary>By the month of the stop, in UTC.</summary>
    Month,
}

/// <summary>Which clocks count; <see langword="null"/> = all.</summary>
/// <param name="EngagementId">Only those of an engagement.</param>
/// <param name="ClientId">Only those of a client.</param>
/// <param name="OwnerId">Only those of engagements that a person owns now.</param>
/// <param name="From">Only those that were stopped then or later; what still runs counts always.</param>
/// <param name="Until">Only those that were stopped before.</param>
public sealed record ClockFiguresWanted(Guid? EngagementId = null, Guid? ClientId = null, Guid? OwnerId = null, DateTimeOffset? From = null, DateTimeOffset? Until = null)
{
    /// <summary>Gets who looks; <see langword="null"/> = a program or a stranger, who is shown nothing of closed engagements.</summary>
    public Guid? Viewer { get; init; }
}

/// <summary>How promises were kept.</summary>
/// <param name="Group">What the figures are about: a class, a person's id, an engagement's id, <c>2026-03</c>.</param>
/// <param name="Name">What people read for it.</param>
/// <param name="Kept">Clocks that were stopped in time.</param>
/// <param name="Missed">Clocks that were stopped late.</param>
/// <param name="Running">Clocks that run.</param>
/// <param name="Overdue">Those of them that are late already.</param>
/// <param name="Closed">Clocks whose flow ended before anybody stopped them.</param>
/// <param name="Median">Half of those that were stopped took at most this working time; <see langword="null"/> if none was.</param>
/// <param name="P95">95 % of them took at most this working time; <see langword="null"/> if none was.</param>
public sealed record ClockFigures(string Group, string Name, long Kept, long Missed, long Running, long Overdue, long Closed, TimeSpan? Median, TimeSpan? P95);

/// <summary>Reads how promises were kept, in groups, at most 500.</summary>
public sealed class ReadClockFigures(NpgsqlDataSource dataSource)
{
    // What is promised inside the firm counts only where somebody asks for that engagement.
    private const string Sql = """
        select g.id, min(g.name),
               count(*) filter (where k.is_kept), count(*) filter (where not k.is_kept),
               count(*) filter (where k.state = 'running'), count(*) filter (where k.state = 'running' and k.due_at < coalesce($7, now())), count(*) filter (where k.state = 'closed'),
               percentile_disc(0.5) within group (order by k.elapsed) filter (where k.state = 'stopped'),
               percentile_disc(0.95) within group (order by k.elapsed) filter (where k.state = 'stopped')
        from clock k
        join engagement e on e.id = k.engagement_id
        join person p on p.id = e.owner_id
        left join promise_class n on n.id = k.class
        cross join lateral (
          select case $6::text when 'class' then coalesce(k.class, k.name) when 'owner' then p.id::text when 'engagement' then e.id::text
                               else to_char(coalesce(k.stopped_at, coalesce($7, now())) at time zone 'UTC', 'YYYY-MM') end id,
                 case $6::text when 'class' then coalesce(case when $8::boolean then n.name_zh else n.name_en end, k.class, k.name) when 'owner' then p.name when 'engagement' then e.title
                               else to_char(coalesce(k.stopped_at, coalesce($7, now())) at time zone 'UTC', 'YYYY-MM') end name
        ) g
        where ($1::uuid is null or k.engagement_id = $1)
          and ($2::uuid is null or e.client_id = $2)
          and ($3::uuid is null or e.owner_id = $3)
          and ($4::timestamptz is null or k.state = 'running' or k.stopped_at >= $4)
          and ($5::timestamptz is null or k.state = 'running' or k.stopped_at < $5)
          and ($1 is not null or $2 is not null or not exists (select 1 from internal_engagement f where f.engagement_id = k.engagement_id))
          and engagement_is_open_to(k.engagement_id, $9)
        group by g.id
        order by 2, g.id
        limit 500
        """;

    /// <summary>Returns the figures, by the names of the groups.</summary>
    /// <param name="wanted">Which clocks count.</param>
    /// <param name="by">By what they are put together.</param>
    /// <param name="chinese">Whether names are wanted in Chinese where both are known.</param>
    /// <param name="now">The instant; <see langword="null"/> = now.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<IReadOnlyList<ClockFigures>> ExecuteAsync(ClockFiguresWanted wanted, ClockGrouping by, bool chinese, DateTimeOffset? now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(wanted.EngagementId);
        command.Parameters.AddUuid(wanted.ClientId);
        command.Parameters.AddUuid(wanted.OwnerId);
        command.Parameters.AddInstant(wanted.From);
        command.Parameters.AddInstant(wanted.Until);
        command.Parameters.AddText(by.ToString().ToLowerInvariant());
        command.Parameters.AddInstant(now);
        command.Parameters.AddBoolean(chinese);
        command.Parameters.AddUuid(wanted.Viewer);
        List<ClockFigures> figures = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            figures.Add(new(
                reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6),
                reader.IsDBNull(7) ? null : reader.GetTimeSpan(7), reader.IsDBNull(8) ? null : reader.GetTimeSpan(8)));
        }

        return figures;
    }
}
