using System.Collections.Frozen;
using Npgsql;

namespace EngagementFlows.Postgres.Webhooks;

/// <summary>This process's knowledge of which kinds of facts any webhook wants, so that commits without listeners write nothing for them.</summary>
/// <remarks>
/// Safe for use by many threads. Before it was read for the first time every kind counts as wanted: the statement that stores deliveries looks at the table itself and
/// is always right about who gets them. A webhook made in another process is heard of by a notice, at the latest with the next poll.
/// </remarks>
public sealed class LiveWebhooks(NpgsqlDataSource dataSource)
{
    private const string Sql = "select distinct unnest(kinds) from webhook";

    private FrozenSet<string>? _wanted;

    /// <summary>Gets whether anybody may want anything.</summary>
    public bool IsAnyWanted => Volatile.Read(ref _wanted) is not { Count: 0 };

    /// <summary>Tells whether anybody may want facts of this kind.</summary>
    public bool Wants(string kind) => Volatile.Read(ref _wanted) is not { } wanted || wanted.Contains(kind);

    /// <summary>Reads the table.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        HashSet<string> kinds = new(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
            kinds.Add(reader.GetString(0));
        Volatile.Write(ref _wanted, kinds.ToFrozenSet(StringComparer.Ordinal));
    }
}
