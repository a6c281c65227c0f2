using System.Globalization;
using Npgsql;

namespace EngagementFlows.Postgres.Schedules;

/// <summary>What a schedule did at an instant.</summary>
/// <param name="DueAt">The instant.</param>
/// <param name="State"><c>fired</c>, <c>skipped</c> (the last instance still ran), <c>queued</c>, or <c>held</c> since a restore.</param>
/// <param name="FiredAt">When it was done.</param>
/// <param name="AskedBy">Who asked for it; <see langword="null"/> = it was due.</param>
/// <param name="InstanceId">The instance that it started; <see langword="null"/> for an event and for a set.</param>
/// <param name="EventId">The event that it published, or <see langword="null"/>.</param>
/// <param name="Started">How many instances it started.</param>
/// <param name="InstanceStatus">How that instance stands; <see langword="null"/> while it has not begun, or is deleted.</param>
public sealed record ScheduleFiring(
    DateTimeOffset DueAt, string State, DateTimeOffset FiredAt, string? AskedBy, Guid? InstanceId, Guid? EventId, long Started, string? InstanceStatus);

/// <summary>Lists the firings of a schedule, newest instant first.</summary>
public sealed class ListFirings(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select f.due_at, f.state, f.fired_at, coalesce(p.name, f.asked_by), f.instance_id, f.event_id, f.started, i.status
        from schedule_firing f
        left join instance i on i.id = f.instance_id
        left join person p on 'person:' || p.id = f.asked_by
        where f.schedule_id = $1 and ($2::timestamptz is null or f.due_at < $2)
        order by f.due_at desc
        limit $3
        """;

    /// <summary>Returns the page that begins after <paramref name="after"/>; <see langword="null"/> = the first.</summary>
    /// <exception cref="ListPlaceException">The place is none.</exception>
    public async Task<ListPage<ScheduleFiring>> ExecuteAsync(Guid schedule, string? after, int limit, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(schedule);
        command.Parameters.AddInstant(PlaceOf(after));
        command.Parameters.AddInteger(limit + 1);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<ScheduleFiring> rows = [];
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(new(reader.Instant(0), reader.GetString(1), reader.Instant(2), reader.Text(3), reader.Uuid(4), reader.Uuid(5), reader.GetInt64(6), reader.Text(7)));
        return ListPage<ScheduleFiring>.Of(rows, limit, row => ((row.DueAt.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture));
    }

    // Microseconds since 1970.
    private static DateTimeOffset? PlaceOf(string? after)
    {
        if (ListPlace.Number(after) is not { } place)
            return null;
        return place < 253_000_000_000_000_000 ? DateTimeOffset.UnixEpoch.AddMicroseconds(place) : throw new ListPlaceException(ListPlace.After, after!);
    }
}
