using Npgsql;

namespace EngagementFlows.Postgres.Bookmarks;

/// <summary>A place where an instance waits, as pages show it.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="Id">The bookmark's id.</param>
/// <param name="ActivityId">The activity.</param>
/// <param name="Name">The kind of wait.</param>
/// <param name="Key">What a stimulus must match, or <see langword="null"/>.</param>
/// <param name="CorrelationId">The business key, or <see langword="null"/>.</param>
/// <param name="DueAt">When it ends by itself, or <see langword="null"/>.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="IsProvisional">Whether its end was computed from a year whose holidays were not published yet.</param>
public sealed record Wait(Guid InstanceId, Guid Id, string ActivityId, string Name, string? Key, string? CorrelationId, DateTimeOffset? DueAt, DateTimeOffset CreatedAt, bool IsProvisional);

/// <summary>Lists what an instance waits for, oldest first.</summary>
public static class ListWaits
{
    private const string Sql = """
        select instance_id, id, activity_id, name, key, correlation_id, due_at, created_at,
               exists (select 1 from provisional_date p where p.instance_id = bookmark.instance_id and p.bookmark_id = bookmark.id)
        from bookmark
        where instance_id = $1
        order by created_at, id
        """;

    /// <summary>Returns the waits of the instance.</summary>
    public static async Task<IReadOnlyList<Wait>> ExecuteAsync(NpgsqlDataSource dataSource, Guid instanceId, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(instanceId);
        return await ReadAllAsync(command, cancellationToken);
    }

    internal static async Task<List<Wait>> ReadAllAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<Wait> waits = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            waits.Add(new(
                reader.GetGuid(0),
                reader.GetGuid(1),
                reader.GetString(2),
                reader.GetString(3),
                reader.Text(4),
                reader.Text(5),
                reader.OptionalInstant(6),
                reader.Instant(7),
                reader.GetBoolean(8)));
        }

        return waits;
    }
}
