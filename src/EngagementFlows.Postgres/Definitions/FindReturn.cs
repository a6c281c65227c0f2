using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>That a version was given back to its author.</summary>
/// <param name="At">When.</param>
/// <param name="By">By whom: his name, or else who it was as the audit writes it.</param>
/// <param name="Comment">What has to change.</param>
public sealed record ReturnedVersion(DateTimeOffset At, string By, string Comment);

/// <summary>Finds out whether a version was returned when it was last submitted.</summary>
public static class FindReturn
{
    private const string Sql = """
        select d.returned_at, coalesce(p.name, d.returned_by), d.return_comment
        from definition d
        left join person p on 'person:' || p.id = d.returned_by
        where d.id = $1 and d.returned_at is not null
        """;

    /// <summary>Returns the return, or <see langword="null"/>.</summary>
    public static async Task<ReturnedVersion?> ExecuteAsync(NpgsqlDataSource dataSource, string versionId, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(versionId);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new(reader.Instant(0), reader.GetString(1), reader.GetString(2)) : null;
    }
}
