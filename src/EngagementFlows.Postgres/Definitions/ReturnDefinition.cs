using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Gives a submitted version back to its author with a comment: it is a draft again. Runs in the caller's transaction.</summary>
public static class ReturnDefinition
{
    private const string Sql = """
        update definition set state = 'draft', submitted_by = null, returned_at = now(), returned_by = $2, return_comment = $3
        where id = $1 and state = 'submitted'
        """;

    /// <summary>Returns whether it was submitted.</summary>
    /// <param name="transaction">The caller's transaction.</param>
    /// <param name="versionId">The version.</param>
    /// <param name="by">Who returns it.</param>
    /// <param name="comment">What has to change; 1 to 2,000 characters.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<bool> ExecuteAsync(NpgsqlTransaction transaction, string versionId, string by, string comment, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddText(versionId);
        command.Parameters.AddText(by);
        command.Parameters.AddText(comment);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
