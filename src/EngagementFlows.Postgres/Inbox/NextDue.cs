using Npgsql;

namespace EngagementFlows.Postgres.Inbox;

/// <summary>What a look at the inbox and the schedules tells.</summary>
/// <param name="HasFacts">Whether facts are due; another worker may hold them already.</param>
/// <param name="Next">When the next fact after them, or a schedule, falls due; <see langword="null"/> if none will.</param>
internal readonly record struct DueLook(bool HasFacts, DateTimeOffset? Next);

/// <summary>Tells whether facts are due and when the next one falls due, and the database's instant: all that an idle process asks.</summary>
internal static class NextDue
{
    private const string Sql = """
        select clock_timestamp(),
               (select due_at from inbox where due_at > coalesce($1, clock_timestamp()) order by due_at limit 1),
               (select next_due_at from trigger_schedule where next_due_at is not null order by next_due_at limit 1),
               exists (select 1 from inbox where due_at <= coalesce($1, clock_timestamp()) limit 1)
        """;

    public static async Task<DueLook> ExecuteAsync(NpgsqlConnection connection, DatabaseClock clock, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddInstant(clock.ForStatements);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        clock.Observe(reader.Instant(0));
        DateTimeOffset? inbox = Due(reader, 1);
        DateTimeOffset? schedule = Due(reader, 2);
        return new(reader.GetBoolean(3), inbox is null || schedule < inbox ? schedule ?? inbox : inbox);
    }

    private static DateTimeOffset? Due(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) || reader.GetDateTime(column) == DateTime.MaxValue ? null : reader.Instant(column);
}
