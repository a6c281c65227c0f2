using EngagementFlows.Engagements.Promises;
using Npgsql;

namespace EngagementFlows.Postgres.Promises;

/// <summary>A row of the promise table with who changed it last.</summary>
/// <param name="Class">The class.</param>
/// <param name="ChangedAt">When it was changed last.</param>
/// <param name="ChangedBy">By whom.</param>
public sealed record PromiseClassLine(PromiseClass Class, DateTimeOffset ChangedAt, string ChangedBy);

/// <summary>Reads the promise table, by name.</summary>
public sealed class ListPromiseClasses(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        with wanted as (
          select * from promise_class where ($1::text is null or id > $1) and ($2::text is null or id = $2) order by id limit $3
        )
        select p.id, p.name_en, p.name_zh, p.answer, p.solution, p.revision, p.changed_at, p.changed_by, t.tier, t.answer, t.solution
        from wanted p
        left join promise_tier t on t.class_id = p.id
        order by p.id, t.tier
        """;

    /// <summary>Returns the page that begins after <paramref name="after"/>; <see langword="null"/> = the first.</summary>
    public async Task<ListPage<PromiseClassLine>> ExecuteAsync(string? after, int limit, CancellationToken cancellationToken) =>
        ListPage<PromiseClassLine>.Of(await ReadAsync(after, id: null, limit + 1, cancellationToken), limit, line => line.Class.Id);

    /// <summary>Returns one, or <see langword="null"/>.</summary>
    public async Task<PromiseClassLine?> FindAsync(string id, CancellationToken cancellationToken) => (await ReadAsync(after: null, id, 1, cancellationToken)).SingleOrDefault();

    private async Task<List<PromiseClassLine>> ReadAsync(string? after, string? id, int most, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(after);
        command.Parameters.AddText(id);
        command.Parameters.AddInteger(most);
        List<PromiseClassLine> found = [];
        Dictionary<int, PromiseTimes> tiers = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (found.Count == 0 || found[^1].Class.Id != reader.GetString(0))
            {
                tiers = [];
                found.Add(new(
                    new(reader.GetString(0), reader.Localized(1), new(reader.GetString(3), reader.GetString(4)), tiers, reader.GetInt64(5)), reader.Instant(6), reader.GetString(7)));
            }

            if (!reader.IsDBNull(8))
                tiers[reader.GetInt16(8)] = new(reader.GetString(9), reader.GetString(10));
        }

        return found;
    }
}
