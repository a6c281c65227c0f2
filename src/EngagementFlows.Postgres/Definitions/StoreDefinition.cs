using EngagementFlows.Engine.Definitions;
using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Stores a version with its assets, unless any version of the definition has that content already.</summary>
/// <remarks>
/// Runs in the caller's transaction, so that the audit entry and a publication go with it. Importers of one definition wait for each other until its end:
/// numbers have no doubles, and none of a deleted version is given again.
/// </remarks>
public static class StoreDefinition
{
    private const string Sql = """
        insert into definition (id, definition_id, version, name, name_zh, description, description_zh, state, content_hash, json, created_at, created_by)
        select $1 || '-v' || next.version, $1, next.version, $2, $7, $8, $9, 'draft', $3, $4, coalesce($5, now()), $6
        from (
          select greatest(
            (select coalesce(max(version), 0) from definition where definition_id = $1),
            (select coalesce(max(last_version), 0) from definition_number where definition_id = $1)) + 1 as version) next
        where not exists (select 1 from definition where definition_id = $1 and state <> 'trial' and (content_hash = $3 or imported_hash = $3))
        returning id
        """;

    private const string Existing = """
        select id from definition
        where definition_id = $1 and state <> 'trial' and (content_hash = $2 or imported_hash = $2)
        order by version desc
        limit 1
        """;

    private const string Assets = """
        insert into definition_asset (definition_version_id, path, content)
        select $1, * from unnest($2::text[], $3::bytea[])
        """;

    /// <summary>Returns the id of the version with that content, and whether it was made now. A new version is a draft.</summary>
    public static async Task<(string VersionId, bool IsNew)> ExecuteAsync(
        NpgsqlTransaction transaction, WorkflowDefinition definition, string contentHash, IReadOnlyDictionary<string, byte[]> assets, string by, DateTimeOffset? now, CancellationToken cancellationToken)
    {
        await LockDefinition.ExecuteAsync(transaction, definition.DefinitionId, cancellationToken);
        await using NpgsqlCommand insert = new(Sql, transaction.Connection, transaction);
        insert.Parameters.AddText(definition.DefinitionId);
        insert.Parameters.AddText(definition.DisplayName?.En);
        insert.Parameters.AddText(contentHash);
        insert.Parameters.AddText(definition.Json);
        insert.Parameters.AddInstant(now);
        insert.Parameters.AddText(by);
        insert.Parameters.AddText(definition.DisplayName?.ZhCn);
        insert.Parameters.AddText(definition.Description?.En);
        insert.Parameters.AddText(definition.Description?.ZhCn);
        if (await insert.ExecuteScalarAsync(cancellationToken) is not string made)
        {
            await using NpgsqlCommand existing = new(Existing, transaction.Connection, transaction);
            existing.Parameters.AddText(definition.DefinitionId);
            existing.Parameters.AddText(contentHash);
            return ((string)(await existing.ExecuteScalarAsync(cancellationToken))!, false);
        }

        if (assets.Count > 0)
        {
            await using NpgsqlCommand store = new(Assets, transaction.Connection, transaction);
            store.Parameters.AddText(made);
            store.Parameters.AddTexts([.. assets.Keys]);
            store.Parameters.AddBytes([.. assets.Values.Select(content => new ReadOnlyMemory<byte>(content))]);
            await store.ExecuteNonQueryAsync(cancellationToken);
        }

        return (made, true);
    }
}
