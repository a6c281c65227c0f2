using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Makes the snapshot of a draft on which its test runs stay, or finds the one of the same logic. Runs in the caller's transaction, which holds <see cref="LockDefinition"/>.</summary>
public static class StoreTrial
{
    private const string Find = "select id from definition where definition_id = $1 and version = $2 and logic_hash = $3 and state = 'trial' limit 1";

    private const string Sql = """
        insert into definition (id, definition_id, version, name, name_zh, description, description_zh, state, content_hash, json, created_at, created_by, logic_hash)
        select d.id || '.' || d.revision, d.definition_id, d.version, d.name, d.name_zh, d.description, d.description_zh, 'trial', d.content_hash, d.json, now(), $2, $3
        from definition d
        where d.id = $1
        returning id
        """;

    private const string CopyAssets = """
        insert into definition_asset (definition_version_id, path, content)
        select $1, path, content from definition_asset where definition_version_id = $2
        """;

    // Snapshots on which nothing ran are of no use any more.
    private const string Sweep = """
        delete from definition d
        where d.definition_id = $1 and d.version = $2 and d.state = 'trial' and d.id <> $3
          and not exists (select 1 from instance i where i.definition_id = d.definition_id and i.definition_version_id = d.id)
          and d.created_at < now() - interval '1 day'
        """;

    /// <summary>Returns the snapshot's id, and whether it was made now.</summary>
    public static async Task<(string VersionId, bool IsNew)> ExecuteAsync(NpgsqlTransaction transaction, StoredDefinition draft, string logicHash, string by, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand find = new(Find, transaction.Connection, transaction);
        find.Parameters.AddText(draft.DefinitionId);
        find.Parameters.AddInteger(draft.Version);
        find.Parameters.AddText(logicHash);
        if (await find.ExecuteScalarAsync(cancellationToken) is string found)
            return (found, false);
        await using NpgsqlCommand insert = new(Sql, transaction.Connection, transaction);
        insert.Parameters.AddText(draft.Id);
        insert.Parameters.AddText(by);
        insert.Parameters.AddText(logicHash);
        string made = (string)(await insert.ExecuteScalarAsync(cancellationToken))!;
        await using NpgsqlCommand copy = new(CopyAssets, transaction.Connection, transaction);
        copy.Parameters.AddText(made);
        copy.Parameters.AddText(draft.Id);
        await copy.ExecuteNonQueryAsync(cancellationToken);
        await using NpgsqlCommand sweep = new(Sweep, transaction.Connection, transaction);
        sweep.Parameters.AddText(draft.DefinitionId);
        sweep.Parameters.AddInteger(draft.Version);
        sweep.Parameters.AddText(made);
        await sweep.ExecuteNonQueryAsync(cancellationToken);
        return (made, true);
    }
}
