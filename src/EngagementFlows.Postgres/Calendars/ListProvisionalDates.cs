using System.Globalization;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engine;
using Npgsql;

namespace EngagementFlows.Postgres.Calendars;

/// <summary>A date that still counts and was computed from a year whose holidays were not published then.</summary>
/// <param name="ReferenceId">The task, clock or wait; of a link, the wait for its answer.</param>
/// <param name="Kind">What it belongs to.</param>
/// <param name="Title">What a task asks or a clock is called; <see langword="null"/> for links and waits.</param>
/// <param name="InstanceId">The instance.</param>
/// <param name="EngagementId">The engagement.</param>
/// <param name="Engagement">Its title.</param>
/// <param name="ClientId">The client.</param>
/// <param name="Client">The client's name.</param>
/// <param name="Calendar">The calendar as the flow named it.</param>
/// <param name="Version">The version of its content.</param>
/// <param name="BegunAt">From when it counts; for a wait for an occurrence, the occurrence.</param>
/// <param name="Duration">How long; <see langword="null"/> for a wait for an occurrence.</param>
/// <param name="DueAt">The date.</param>
public sealed record ProvisionalDate(
    Guid ReferenceId, ProvisionalKind Kind, LocalizedText? Title, Guid InstanceId, Guid EngagementId, string Engagement, Guid ClientId, string Client,
    string Calendar, string Version, DateTimeOffset BegunAt, string? Duration, DateTimeOffset DueAt)
{
    internal Guid? BookmarkId { get; init; }
}

/// <summary>Lists the provisional dates of what is still open, the earliest first.</summary>
public sealed class ListProvisionalDates(NpgsqlDataSource dataSource)
{
    // What has ended keeps its mark but is nobody's concern any more.
    private const string Sql = """
        select p.reference_id, p.kind, coalesce(t.title_en, k.name), coalesce(t.title_zh, k.name), p.instance_id, p.engagement_id, e.title, c.id, c.name,
               p.calendar, p.version, p.begun_at, p.duration, p.due_at, p.bookmark_id
        from provisional_date p
        join engagement e on e.id = p.engagement_id
        join client c on c.id = e.client_id
        left join task t on p.kind = 'task' and t.id = p.reference_id
        left join clock k on p.kind = 'clock' and k.id = p.reference_id
        where ($1::timestamptz is null or (p.due_at, p.reference_id) > ($1, $2::uuid))
          and ($4 or engagement_is_open_to(p.engagement_id, $5) and instance_id_is_open_to(p.instance_id, $5))
          and case p.kind
                when 'task' then t.state = 'open'
                when 'clock' then k.state = 'running'
                else exists (select 1 from bookmark b where b.instance_id = p.instance_id and b.id = p.bookmark_id)
              end
        order by p.due_at, p.reference_id
        limit $3
        """;

    /// <summary>Returns the page that begins after <paramref name="after"/>; <see langword="null"/> = the first. A viewer of <see langword="null"/> is shown nothing of closed engagements.</summary>
    /// <exception cref="ListPlaceException"><paramref name="after"/> is no place of this list.</exception>
    public Task<ListPage<ProvisionalDate>> ExecuteAsync(string? after, int limit, CancellationToken cancellationToken, Guid? viewer = null) =>
        ReadAsync(after, limit, ofAll: false, viewer, cancellationToken);

    /// <summary>Returns a page of all of them, for the house itself: nobody is shown it.</summary>
    internal Task<ListPage<ProvisionalDate>> OfHouseAsync(string? after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(after, limit, ofAll: true, viewer: null, cancellationToken);

    private async Task<ListPage<ProvisionalDate>> ReadAsync(string? after, int limit, bool ofAll, Guid? viewer, CancellationToken cancellationToken)
    {
        (DateTimeOffset? due, Guid? id) = Place(after);
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddInstant(due);
        command.Parameters.AddUuid(id);
        command.Parameters.AddInteger(limit + 1);
        command.Parameters.AddBoolean(ofAll);
        command.Parameters.AddUuid(viewer);
        List<ProvisionalDate> rows = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new(
                reader.GetGuid(0), ProvisionalText.KindOf(reader.GetString(1)), reader.IsDBNull(2) ? null : reader.Localized(2), reader.GetGuid(4), reader.GetGuid(5), reader.GetString(6),
                reader.GetGuid(7), reader.GetString(8), reader.GetString(9), reader.GetString(10), reader.Instant(11), reader.Text(12), reader.Instant(13))
            { BookmarkId = reader.Uuid(14) });
        }

        return ListPage<ProvisionalDate>.Of(rows, limit, row => PageCursor.Of(row.DueAt.ToString("O", CultureInfo.InvariantCulture), row.ReferenceId));
    }

    private static (DateTimeOffset? Due, Guid? Id) Place(string? after)
    {
        if (PageCursor.Read(after) is not { } cursor)
            return (null, null);
        return DateTimeOffset.TryParseExact(cursor.Key, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset due)
            ? (due, cursor.Id)
            : throw new ListPlaceException(ListPlace.After, after!);
    }
}
