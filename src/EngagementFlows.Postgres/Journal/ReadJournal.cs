using EngagementFlows.Engine.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Journal;

/// <summary>What one transition says about itself.</summary>
/// <param name="Revision">The transition's number.</param>
/// <param name="At">When it was committed.</param>
/// <param name="Entries">Its entries, in order.</param>
public sealed record JournalTransition(long Revision, DateTimeOffset At, IReadOnlyList<JournalEntry> Entries);

/// <summary>Reads an instance's account of itself, oldest first, a page at a time.</summary>
public static class ReadJournal
{
    private const string Sql = """
        select revision, at, entries
        from journal
        where instance_id = $1 and revision > $2
        order by revision
        limit $3
        """;

    /// <summary>Returns up to <paramref name="size"/> transitions after a revision; 0 = from the beginning.</summary>
    public static async Task<IReadOnlyList<JournalTransition>> ExecuteAsync(NpgsqlDataSource dataSource, Guid instanceId, long afterRevision, int size, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(instanceId);
        command.Parameters.AddBigint(afterRevision);
        command.Parameters.AddInteger(size);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<JournalTransition> transitions = [];
        while (await reader.ReadAsync(cancellationToken))
            transitions.Add(new(reader.GetInt64(0), reader.Instant(1), JournalJson.Read(reader.GetString(2))));
        return transitions;
    }
}
