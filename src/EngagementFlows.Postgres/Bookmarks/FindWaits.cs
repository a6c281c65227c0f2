using Npgsql;

namespace EngagementFlows.Postgres.Bookmarks;

/// <summary>Finds the waits of a kind with a key, for instance <c>Elsa.HttpEndpoint</c> with <c>GET orders/{id}</c>.</summary>
public static class FindWaits
{
    private const string Sql = """
        select instance_id, id, activity_id, name, key, correlation_id, due_at, created_at,
               exists (select 1 from provisional_date p where p.instance_id = bookmark.instance_id and p.bookmark_id = bookmark.id)
        from bookmark
        where key = $1 and name = $2 and ($3::text is null or correlation_id = $3)
        order by created_at, id
        limit $4
        """;

    /// <summary>Returns up to <paramref name="most"/> waits, oldest first.</summary>
    public static async Task<IReadOnlyList<Wait>> ExecuteAsync(NpgsqlDataSource dataSource, string name, string key, string? correlationId, int most, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(key);
        command.Parameters.AddText(name);
        command.Parameters.AddText(correlationId);
        command.Parameters.AddInteger(most);
        return await ListWaits.ReadAllAsync(command, cancellationToken);
    }
}
