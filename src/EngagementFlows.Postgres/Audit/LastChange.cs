using Npgsql;

namespace EngagementFlows.Postgres.Audit;

/// <summary>Tells who acted on something last, for those who come too late.</summary>
public static class LastChange
{
    private const string Sql = """
        select a.at, coalesce(p.name, a.actor), a.act
        from audit a
        left join person p on 'person:' || p.id = a.actor
        where a.chain = $1 and a.subject = $2
        order by a.sequence desc
        limit 1
        """;

    /// <summary>Returns the last entry about <paramref name="subject"/> in a chain, or <see langword="null"/>.</summary>
    public static async Task<(DateTimeOffset At, string Actor, string Act)?> FindAsync(NpgsqlDataSource dataSource, string chain, string subject, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(chain);
        command.Parameters.AddText(subject);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.Instant(0), reader.GetString(1), reader.GetString(2)) : null;
    }
}
