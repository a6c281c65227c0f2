using Npgsql;

namespace EngagementFlows.Postgres.Schedules;

/// <summary>Moves schedules on to their next instants. Runs in the transaction that fires them.</summary>
internal static class AdvanceRecurring
{
    private const string Sql = """
        update recurring_schedule s
        set next_due_at = a.next_due_at, last_due_at = coalesce(a.last_due_at, s.last_due_at), last_instance_id = coalesce(a.instance_id, s.last_instance_id),
            calendar_version = coalesce(a.calendar_version, s.calendar_version)
        from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::uuid[], $5::text[]) a(id, next_due_at, last_due_at, instance_id, calendar_version)
        where s.id = a.id
        """;

    public static async Task ExecuteAsync(NpgsqlTransaction transaction, IReadOnlyList<Advance> advances, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddUuids([.. advances.Select(advance => advance.Id)]);
        command.Parameters.AddInstants([.. advances.Select(advance => advance.NextDueAt?.UtcDateTime)]);
        command.Parameters.AddInstants([.. advances.Select(advance => advance.LastDueAt?.UtcDateTime)]);
        command.Parameters.AddUuids([.. advances.Select(advance => advance.InstanceId)]);
        command.Parameters.AddTexts([.. advances.Select(advance => advance.CalendarVersion)]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>Where a schedule goes on; what is <see langword="null"/> stays, but for the next instant.</summary>
internal sealed record Advance(Guid Id, DateTimeOffset? NextDueAt, DateTimeOffset? LastDueAt, Guid? InstanceId, string? CalendarVersion);
