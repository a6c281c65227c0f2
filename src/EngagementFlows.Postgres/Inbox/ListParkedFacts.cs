using Npgsql;

namespace EngagementFlows.Postgres.Inbox;

/// <summary>A fact that could not be served after several tries and waits for a person.</summary>
/// <param name="InstanceId">The instance that it was to reach.</param>
/// <param name="Id">The row's id.</param>
/// <param name="Kind"><c>start, resume, timer, cancel, retry, skip</c>.</param>
/// <param name="Failures">How often it failed.</param>
/// <param name="Error">Why.</param>
/// <param name="ParkedAt">Since when.</param>
public sealed record ParkedFact(Guid InstanceId, Guid Id, string Kind, int Failures, string Error, DateTimeOffset ParkedAt);

/// <summary>Lists parked facts, oldest first.</summary>
public static class ListParkedFacts
{
    private const string Sql = "select instance_id, id, kind, failures, error, parked_at from inbox where parked_at is not null order by parked_at limit $1";

    /// <summary>Returns up to <paramref name="most"/> parked facts.</summary>
    public static async Task<IReadOnlyList<ParkedFact>> ExecuteAsync(NpgsqlDataSource dataSource, int most, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddInteger(most);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<ParkedFact> facts = [];
        while (await reader.ReadAsync(cancellationToken))
            facts.Add(new(reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetInt32(3), reader.GetString(4), reader.Instant(5)));
        return facts;
    }
}
