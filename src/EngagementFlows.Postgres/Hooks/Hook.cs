using Npgsql;

namespace EngagementFlows.Postgres.Hooks;

/// <summary>A door through which another system tells us something, signed.</summary>
/// <param name="Name">The last part of its address.</param>
/// <param name="EventName">The event that a message becomes.</param>
/// <param name="CorrelationPath">Where in the message the business key stands; <see langword="null"/> = the event reaches all that wait for its name.</param>
/// <param name="State"><c>active</c> or <c>paused</c>: then every message is refused.</param>
/// <param name="Revision">Counts its changes, from 1.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">By whom.</param>
/// <param name="ChangedAt">When it was changed last.</param>
/// <param name="ChangedBy">By whom.</param>
public sealed record Hook(
    string Name, string EventName, string? CorrelationPath, string State, long Revision,
    DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset ChangedAt, string ChangedBy);

/// <summary>Lists hooks by name, a page at a time.</summary>
public sealed class ListHooks(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select name, event_name, correlation_path, state, revision, created_at, created_by, changed_at, changed_by, secret
        from hook
        where ($1::text is null or name > $1) and ($2::text is null or name = $2)
        order by name
        limit $3
        """;

    /// <summary>Returns the page that begins after <paramref name="after"/>; <see langword="null"/> = the first.</summary>
    public async Task<ListPage<Hook>> ExecuteAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        if (after?.Contains('\0', StringComparison.Ordinal) == true)
            throw new ListPlaceException(ListPlace.After, after);
        List<Hook> rows = [.. (await ReadAsync(string.IsNullOrEmpty(after) ? null : after, name: null, limit + 1, cancellationToken)).Select(row => row.Hook)];
        return ListPage<Hook>.Of(rows, limit, row => row.Name);
    }

    /// <summary>Returns a hook with its sealed secret, or <see langword="null"/>.</summary>
    public async Task<(Hook Hook, string Secret)?> FindAsync(string name, CancellationToken cancellationToken) =>
        await ReadAsync(after: null, name, 1, cancellationToken) is [var found] ? found : null;

    private async Task<List<(Hook Hook, string Secret)>> ReadAsync(string? after, string? name, int most, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(after);
        command.Parameters.AddText(name);
        command.Parameters.AddInteger(most);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<(Hook, string)> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add((
                new(reader.GetString(0), reader.GetString(1), reader.Text(2), reader.GetString(3), reader.GetInt64(4),
                    reader.Instant(5), reader.GetString(6), reader.Instant(7), reader.GetString(8)),
                reader.GetString(9)));
        }

        return rows;
    }
}
