using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Takes a version back: one that waits for publication is a draft again, one that is published is retired without a follower. Runs in the caller's transaction.</summary>
public static class RetractDefinition
{
    private const string Sql = """
        update definition
        set state = case state when 'submitted' then 'draft' else 'retired' end,
            submitted_by = case state when 'submitted' then null else submitted_by end
        where id = $1 and state in ('submitted', 'published')
        """;

    /// <summary>Returns whether it was submitted or published.</summary>
    public static async Task<bool> ExecuteAsync(NpgsqlTransaction transaction, string versionId, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddText(versionId);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
