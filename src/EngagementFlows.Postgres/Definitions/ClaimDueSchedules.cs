using EngagementFlows.Engine.Bookmarks;
using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Claims schedules whose instant has come; the claim is a row lock and ends with the caller's transaction.</summary>
internal static class ClaimDueSchedules
{
    private const string Sql = """
        select definition_id, activity_id, definition_version_id, kind, expression, catch_up, next_due_at, clock_timestamp()
        from trigger_schedule
        where next_due_at <= coalesce($1, clock_timestamp())
        order by next_due_at
        limit 64
        for update skip locked
        """;

    public static async Task<List<DueSchedule>> ExecuteAsync(NpgsqlTransaction transaction, DatabaseClock clock, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddInstant(clock.ForStatements);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<DueSchedule> due = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            clock.Observe(reader.Instant(7));
            due.Add(new(
                reader.GetString(0),
                reader.GetString(1),
                reader.GetString(2),
                reader.GetString(3),
                reader.GetString(4),
                CatchUpText.Read(reader.GetString(5)),
                reader.Instant(6)));
        }

        return due;
    }
}

/// <summary>A schedule whose instant has come.</summary>
internal sealed record DueSchedule(
    string DefinitionId, string ActivityId, string VersionId, string Kind, string Expression, CatchUpPolicy CatchUp, DateTimeOffset DueAt);
