using EngagementFlows.Engagements.Calendars;
using Npgsql;

namespace EngagementFlows.Postgres.Calendars;

/// <summary>Writes or removes a calendar of the firm, if it still is as its changer saw it. Runs in the caller's transaction. Dates that were computed stay as they are.</summary>
public static class SaveCalendar
{
    // One statement for both: who makes what somebody has just made, or changes what somebody has just changed, hits no row.
    private const string Sql = """
        with made as (
          insert into calendar (id, name_en, name_zh, zone, country, week, published_through, serves_clients, changed_at, changed_by)
          select $1, $3, $4, $5, $6, $7, $8, $9, $10, $11 where $2::bigint = 0
          on conflict (id) do nothing
          returning id
        ), changed as (
          update calendar
          set name_en = $3, name_zh = $4, zone = $5, country = $6, week = $7, published_through = $8, serves_clients = $9, revision = revision + 1, changed_at = $10, changed_by = $11
          where id = $1 and revision = $2
          returning id
        )
        select count(*) from (select id from made union all select id from changed) hit
        """;

    private const string DaysSql = """
        with gone as (
          delete from calendar_day where calendar_id = $1 and date <> all ($2)
        )
        insert into calendar_day (calendar_id, date, is_working_day, name_en, name_zh)
        select $1, d.* from unnest($2::date[], $3::boolean[], $4::text[], $5::text[]) d
        on conflict (calendar_id, date) do update set is_working_day = excluded.is_working_day, name_en = excluded.name_en, name_zh = excluded.name_zh
        """;

    private const string RemoveSql = "delete from calendar where id = $1 and revision = $2 and id <> 'firm'";

    /// <summary>Writes it with its days; returns whether it was there in the revision that <paramref name="calendar"/> names (0 = was not there).</summary>
    /// <exception cref="PostgresException">Another calendar serves the clients of the country already (unique violation of <c>calendar_of_clients</c>).</exception>
    public static async Task<bool> ExecuteAsync(NpgsqlTransaction transaction, CalendarDefinition calendar, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using (NpgsqlCommand command = new(Sql, transaction.Connection, transaction))
        {
            command.Parameters.AddText(calendar.Id);
            command.Parameters.AddBigint(calendar.Revision);
            command.Parameters.AddText(calendar.Name.En);
            command.Parameters.AddText(calendar.Name.ZhCn);
            command.Parameters.AddText(calendar.Zone?.Id);
            command.Parameters.AddText(calendar.Country);
            command.Parameters.AddText(WorkingWeekJson.Write(calendar.Week));
            command.Parameters.AddInteger(calendar.PublishedThrough);
            command.Parameters.AddBoolean(calendar.ServesClients);
            command.Parameters.AddInstant(now);
            command.Parameters.AddText(by);
            if (await command.ExecuteScalarAsync(cancellationToken) is not 1L)
                return false;
        }

        await using NpgsqlCommand days = new(DaysSql, transaction.Connection, transaction);
        days.Parameters.AddText(calendar.Id);
        days.Parameters.Add(new NpgsqlParameter<DateOnly[]> { TypedValue = [.. calendar.Days.Select(day => day.Date)] });
        days.Parameters.AddBooleans([.. calendar.Days.Select(day => day.IsWorkingDay)]);
        days.Parameters.AddTexts([.. calendar.Days.Select(day => day.Name.En)]);
        days.Parameters.AddTexts([.. calendar.Days.Select(day => day.Name.ZhCn)]);
        await days.ExecuteNonQueryAsync(cancellationToken);
        return true;
    }

    /// <summary>Removes it; returns whether it was there in that revision. The firm's own calendar stays.</summary>
    public static async Task<bool> RemoveAsync(NpgsqlTransaction transaction, string id, long revision, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(RemoveSql, transaction.Connection, transaction);
        command.Parameters.AddText(id);
        command.Parameters.AddBigint(revision);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
