using System.Globalization;
using System.Text;
using EngagementFlows.CrashDrill.Sink;
using EngagementFlows.Server.Webhooks;
using Npgsql;

namespace EngagementFlows.CrashDrill.Counting;

/// <summary>Compares the facts of the database with what the receiver of the webhook took: each at least once, always under the same id, none that is no fact.</summary>
internal sealed class FactAuditor(string recordFile, string secret, Action<string> say)
{
    private const string Sql = """
        select payload ->> 'id', payload ->> 'type', payload -> 'data' ->> 'instanceId', state from outbox where kind = 'webhook'
        """;

    // What must have been told: of each instance that ended its end, of each used link the answer.
    private const string WantedSql = """
        select 'instance.finished', id::text from instance where status = 'finished'
        union all
        select 'client.answered', instance_id::text from link where state = 'used'
        """;

    /// <summary>Counts facts that nobody was told as lost, and those that were told twice under two ids, or were none, as doubled.</summary>
    public async Task<DrillCount> CountAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        List<DeliveredFact> delivered = [.. File.ReadLines(recordFile).Select(DeliveredFact.FromLine)];
        ILookup<string, DeliveredFact> byEvent = delivered.ToLookup(fact => fact.EventId, StringComparer.Ordinal);
        List<string[]> rows = await ReadAsync(dataSource, Sql, cancellationToken);
        HashSet<string> known = [.. rows.Select(row => row[0])];
        ILookup<string, string[]> byFact = rows.ToLookup(row => $"{row[1]} of {row[2]}", StringComparer.Ordinal);
        long lost = 0;
        long doubled = 0;
        foreach (string[] wanted in await ReadAsync(dataSource, WantedSql, cancellationToken))
        {
            string fact = $"{wanted[0]} of {wanted[1]}";
            if (!byFact.Contains(fact))
                Note(ref lost, $"LOST: {fact} was never a message");
        }

        foreach (string[] row in rows)
        {
            if (row[3] is "accepted" && !byEvent.Contains(row[0]))
                Note(ref lost, $"LOST: message {row[0]}, {row[1]} of {row[2]}, counts as taken, but its receiver does not have it");
            else if (row[3] is "rejected" or "uncertain")
                Note(ref lost, $"LOST: message {row[0]}, {row[1]} of {row[2]}, is '{row[3]}'");
        }

        foreach (IGrouping<string, string[]> fact in byFact.Where(fact => fact.Count() > 1))
            Note(ref doubled, $"DOUBLED: {fact.Key} has {fact.Count()} messages");
        foreach (IGrouping<string, DeliveredFact> stranger in byEvent.Where(fact => !known.Contains(fact.Key)))
            Note(ref doubled, $"DOUBLED: the receiver took message {stranger.Key}, of which the database knows nothing");
        byte[] key = WebhookSignature.KeyOf(secret)!;
        long forged = delivered.Count(fact => !IsGenuine(key, fact));
        if (forged > 0)
            say($"VIOLATED: {forged} message(s) of the webhook with a wrong signature");
        say($"webhook: {rows.Count} messages, {delivered.Count} taken, {delivered.Count - byEvent.Count} of them repetitions");
        return new() { Lost = lost, Doubled = doubled, InvariantViolations = forged };

        void Note(ref long count, string text)
        {
            count++;
            say(text);
        }
    }

    private static bool IsGenuine(byte[] key, DeliveredFact fact) =>
        long.TryParse(fact.Timestamp, CultureInfo.InvariantCulture, out long seconds)
        && WebhookSignature.IsGenuine(key, fact.EventId, fact.Timestamp, fact.Signature, Encoding.UTF8.GetBytes(fact.Body), DateTimeOffset.FromUnixTimeSeconds(seconds));

    private static async Task<List<string[]>> ReadAsync(NpgsqlDataSource dataSource, string sql, CancellationToken cancellationToken)
    {
        List<string[]> rows = [];
        await using NpgsqlCommand command = dataSource.CreateCommand(sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        return rows;
    }
}
