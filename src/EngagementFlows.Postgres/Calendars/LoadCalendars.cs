using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engine;
using Npgsql;

namespace EngagementFlows.Postgres.Calendars;

/// <summary>Loads calendars of the firm by their ids. Ids that do not exist are left out.</summary>
internal static class LoadCalendars
{
    private const string Sql = """
        select c.id, c.name_en, c.name_zh, c.zone, c.country, c.week, c.revision, d.date, d.is_working_day, d.name_en, d.name_zh, c.published_through, c.serves_clients
        from calendar c
        left join calendar_day d on d.calendar_id = c.id
        where c.id = any ($1) or (c.serves_clients and c.country = any ($2))
        order by c.id, d.date
        """;

    /// <summary>Returns the calendars of these ids, and those that clients of these countries follow.</summary>
    public static async Task<Dictionary<string, CalendarDefinition>> ExecuteAsync(NpgsqlConnection connection, string[] ids, string[] countries, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddTexts(ids);
        command.Parameters.AddTexts(countries);
        Dictionary<string, CalendarDefinition> found = new(StringComparer.Ordinal);
        List<Holiday> days = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            string id = reader.GetString(0);
            if (!found.ContainsKey(id))
            {
                days = [];
                TimeZoneInfo? zone = reader.Text(3) is { } name ? TimeZoneInfo.FindSystemTimeZoneById(name) : null;
                found[id] = new(id, new LocalizedText(reader.GetString(1), reader.GetString(2)), zone, reader.Text(4), WorkingWeekJson.Read(reader.GetString(5)), days, reader.GetInt64(6))
                {
                    PublishedThrough = reader.IsDBNull(11) ? null : reader.GetInt32(11),
                    ServesClients = reader.GetBoolean(12),
                };
            }

            if (!reader.IsDBNull(7))
                days.Add(new(reader.GetFieldValue<DateOnly>(7), reader.Localized(9), reader.GetBoolean(8)));
        }

        return found;
    }
}
