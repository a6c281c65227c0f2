using Npgsql;

namespace EngagementFlows.Postgres.Personnel;

/// <summary>Finds personnel files: that they are there and who reads them, which is no secret; nothing of what stands in them.</summary>
public sealed class FindPersonnelFile(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select e.id, e.client_id, f.person_id, e.architect_id, f.third_id, f.opened_at
        from internal_engagement f
        join engagement e on e.id = f.engagement_id
        where f.kind = 'personnel' and f.person_id = $1
        """;

    /// <summary>Returns the file about a person, or <see langword="null"/>.</summary>
    public async Task<PersonnelFile?> ExecuteAsync(Guid person, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await OnAsync(connection, person, cancellationToken);
    }

    /// <summary>Returns the file about a person as the connection sees it, in its transaction perhaps.</summary>
    public static async Task<PersonnelFile?> OnAsync(NpgsqlConnection connection, Guid person, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuid(person);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetGuid(3), reader.GetGuid(4), reader.Instant(5))
            : null;
    }
}
