using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Takes a version back: one that waits for publication is a draft again, one that is published is retired without a follower. Runs in the caller's transaction.</summary>
public static class RetractDefinition
{
    // A newer version may be drawn on meanwhile; there is one such draft, and this one then stays as it is.
    private const string Sql = """
        update definition d
        set state = case d.state when 'submitted' then 'draft' else 'retired' end,
            submitted_by = case d.state when 'submitted' then null else d.submitted_by end,
            is_drawn = d.is_drawn and (d.state <> 'submitted'
              or not exists (select 1 from definition n where n.definition_id = d.definition_id and n.version > d.version and n.state <> 'trial'))
        where d.id = $1 and d.state in ('submitted', 'published')
        """;

    /// <summary>Returns whether it was submitted or published.</summary>
    public static async Task<bool> ExecuteAsync(NpgsqlTransaction transaction, string versionId, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddText(versionId);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
