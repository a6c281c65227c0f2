using Npgsql;

namespace EngagementFlows.Postgres.Outbox;

/// <summary>An outside call of which nobody knows whether it happened.</summary>
/// <param name="Id">The call.</param>
/// <param name="Method">Its method.</param>
/// <param name="Url">Its address.</param>
/// <param name="Attempt">The number of the attempt; a decision names it.</param>
/// <param name="Since">Since when it is uncertain.</param>
/// <param name="Reason">What is known, or <see langword="null"/>.</param>
public sealed record UncertainCall(Guid Id, string Method, string Url, int Attempt, DateTimeOffset Since, string? Reason);

/// <summary>Lists the uncertain calls of an instance, the oldest first.</summary>
public sealed class ListUncertainCalls(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select id, effect_key, payload, attempt, ended_at, answer
        from outbox
        where instance_id = $1 and kind = 'http' and state = 'uncertain' and ($2::uuid is null or id > $2)
        order by id
        limit $3
        """;

    /// <summary>Returns them all; an instance has a handful at most.</summary>
    public async Task<IReadOnlyList<UncertainCall>> ExecuteAsync(Guid instance, CancellationToken cancellationToken) =>
        await ReadAsync(instance, after: null, int.MaxValue, cancellationToken);

    /// <summary>Returns the page that begins after <paramref name="after"/>, a call's id; <see langword="null"/> = the oldest.</summary>
    public async Task<ListPage<UncertainCall>> PageAsync(Guid instance, string? after, int limit, CancellationToken cancellationToken) =>
        ListPage<UncertainCall>.Of(await ReadAsync(instance, ListPlace.Id(after), limit + 1, cancellationToken), limit, call => call.Id.ToString("D"));

    private async Task<List<UncertainCall>> ReadAsync(Guid instance, Guid? after, int most, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(instance);
        command.Parameters.AddUuid(after);
        command.Parameters.AddInteger(most);
        List<UncertainCall> calls = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            Engine.Effects.HttpCallRequested call = HttpCallJson.Read(reader.GetString(1), reader.GetString(2));
            calls.Add(new(reader.GetGuid(0), call.Method, call.Url, reader.GetInt32(3), reader.Instant(4), reader.Text(5)));
        }

        return calls;
    }
}
