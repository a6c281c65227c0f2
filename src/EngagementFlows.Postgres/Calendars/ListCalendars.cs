using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engine;
using Npgsql;

namespace EngagementFlows.Postgres.Calendars;

/// <summary>A calendar of the firm in a list.</summary>
/// <param name="Id">The name by which flows call it.</param>
/// <param name="Name">The name that people read.</param>
/// <param name="Zone">The zone of its hours; <see langword="null"/> = that of the firm's office.</param>
/// <param name="Country">The country whose holidays it has, or <see langword="null"/>.</param>
/// <param name="PublishedThrough">The last year that the firm has entered itself, or <see langword="null"/>.</param>
/// <param name="ServesClients">Whether clients of the country follow it.</param>
/// <param name="OwnDays">How many days of its own it has.</param>
/// <param name="Revision">Rises with every change.</param>
/// <param name="ChangedAt">When it was changed last.</param>
/// <param name="ChangedBy">By whom, as the audit writes it.</param>
/// <param name="ChangedByName">The name of that person; who it was as the audit writes it, if it was none.</param>
public sealed record CalendarLine(
    string Id, LocalizedText Name, string? Zone, string? Country, int? PublishedThrough, bool ServesClients, long OwnDays, long Revision, DateTimeOffset ChangedAt, string ChangedBy,
    string ChangedByName);

/// <summary>A calendar of the firm with its days.</summary>
/// <param name="Definition">The calendar.</param>
/// <param name="Line">What a list shows of it.</param>
public sealed record CalendarDetail(CalendarDefinition Definition, CalendarLine Line);

/// <summary>Lists the calendars of the firm by their names in flows.</summary>
public sealed class ListCalendars(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select c.id, c.name_en, c.name_zh, c.zone, c.country, c.published_through, c.serves_clients, (select count(*) from calendar_day d where d.calendar_id = c.id), c.revision,
               c.changed_at, c.changed_by, coalesce(p.name, c.changed_by)
        from calendar c
        left join person p on 'person:' || p.id = c.changed_by
        where ($1::text is null or c.id > $1) and ($2::text is null or c.id = $2)
        order by c.id
        limit $3
        """;

    /// <summary>Returns the page that begins after <paramref name="after"/>; <see langword="null"/> = the first.</summary>
    public async Task<ListPage<CalendarLine>> ExecuteAsync(string? after, int limit, CancellationToken cancellationToken) =>
        ListPage<CalendarLine>.Of(await ReadAsync(after, id: null, limit + 1, cancellationToken), limit, line => line.Id);

    /// <summary>Returns one with its days, or <see langword="null"/>.</summary>
    public async Task<CalendarDetail?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (!(await LoadCalendars.ExecuteAsync(connection, [id], [], cancellationToken)).TryGetValue(id, out CalendarDefinition? definition))
            return null;
        return (await ReadAsync(after: null, id, 1, cancellationToken)).SingleOrDefault() is { } line ? new(definition, line) : null;
    }

    private async Task<List<CalendarLine>> ReadAsync(string? after, string? id, int most, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(after);
        command.Parameters.AddText(id);
        command.Parameters.AddInteger(most);
        List<CalendarLine> lines = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Add(new(
                reader.GetString(0), reader.Localized(1), reader.Text(3), reader.Text(4), reader.Integer(5), reader.GetBoolean(6), reader.GetInt64(7), reader.GetInt64(8), reader.Instant(9),
                reader.GetString(10), reader.GetString(11)));
        }

        return lines;
    }
}
