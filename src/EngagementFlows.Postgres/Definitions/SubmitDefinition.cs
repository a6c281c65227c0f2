using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Asks for a draft's publication by somebody else (four eyes). Runs in the caller's transaction.</summary>
public static class SubmitDefinition
{
    private const string Sql = """
        update definition set state = 'submitted', submitted_by = $2, returned_at = null, returned_by = null, return_comment = null
        where id = $1 and state = 'draft' and revision = $3
        """;

    /// <summary>Returns whether it was a draft, and still the one of that revision, which was checked.</summary>
    public static async Task<bool> ExecuteAsync(NpgsqlTransaction transaction, string versionId, int revision, string by, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddText(versionId);
        command.Parameters.AddText(by);
        command.Parameters.AddInteger(revision);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
