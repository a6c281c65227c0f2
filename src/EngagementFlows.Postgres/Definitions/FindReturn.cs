using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>That a version was given back to its author.</summary>
/// <param name="At">When.</param>
/// <param name="By">By whom.</param>
/// <param name="Comment">What has to change.</param>
public sealed record ReturnedVersion(DateTimeOffset At, string By, string Comment);

/// <summary>Finds out whether a version was returned when it was last submitted.</summary>
public static class FindReturn
{
    private const string Sql = "select returned_at, returned_by, return_comment from definition where id = $1 and returned_at is not null";

    /// <summary>Returns the return, or <see langword="null"/>.</summary>
    public static async Task<ReturnedVersion?> ExecuteAsync(NpgsqlDataSource dataSource, string versionId, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddText(versionId);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new(reader.Instant(0), reader.GetString(1), reader.GetString(2)) : null;
    }
}
