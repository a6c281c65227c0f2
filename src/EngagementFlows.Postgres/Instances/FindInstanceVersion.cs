using Npgsql;

namespace EngagementFlows.Postgres.Instances;

/// <summary>Tells on which version an instance runs and how far it has come.</summary>
public static class FindInstanceVersion
{
    private const string Sql = "select definition_version_id, revision from instance where id = $1";

    /// <summary>Returns it, or <see langword="null"/> if there is no such instance.</summary>
    public static async Task<(string VersionId, long Revision)?> ExecuteAsync(NpgsqlDataSource dataSource, Guid id, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(id);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetString(0), reader.GetInt64(1)) : null;
    }
}
