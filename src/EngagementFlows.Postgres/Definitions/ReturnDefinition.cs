using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Gives a submitted version back to its author with a comment: it is a draft again. Runs in the caller's transaction.</summary>
public static class ReturnDefinition
{
    // A newer version may be drawn on meanwhile; there is one such draft, and this one then stays as it is.
    private const string Sql = """
        update definition d
        set state = 'draft', submitted_by = null, returned_at = now(), returned_by = $2, return_comment = $3,
            is_drawn = d.is_drawn and not exists (select 1 from definition n where n.definition_id = d.definition_id and n.version > d.version and n.state <> 'trial')
        where d.id = $1 and d.state = 'submitted'
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
