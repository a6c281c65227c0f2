using EngagementFlows.Engine.Definitions;
using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>What a save in the designer writes beside the definition.</summary>
/// <param name="ContentHash">The hash of definition and texts.</param>
/// <param name="By">Who saves.</param>
/// <param name="Editor">The page that saves, if it says which it is.</param>
/// <param name="EditorSave">Which of its saves this is.</param>
public sealed record DrawingSave(string ContentHash, string By, string? Editor, long? EditorSave);

/// <summary>Writes what was drawn in the designer: a new draft, the draft in place, or the picture of a version whose logic stays.</summary>
/// <remarks>Runs in the caller's transaction, which holds <see cref="LockDefinition"/>: of two who save at once one wins, and the other sees it.</remarks>
public static class SaveDrawing
{
    // A draft that is no longer drawn on keeps its content as any version does.
    private const string Keep = "update definition set is_drawn = false where definition_id = $1 and is_drawn and state = 'draft'";

    private const string Insert = """
        insert into definition (id, definition_id, version, name, name_zh, description, description_zh, state, content_hash, json, created_at, created_by,
          is_drawn, revision, saved_at, saved_by, authors, editor, editor_save)
        select $1 || '-v' || next.version, $1, next.version, $2, $3, $4, $10, 'draft', $5, $6, now(), $7, true, 1, now(), $7, array[$7], $8, $9
        from (
          select greatest(
            (select coalesce(max(version), 0) from definition where definition_id = $1),
            (select coalesce(max(last_version), 0) from definition_number where definition_id = $1)) + 1 as version) next
        returning id
        """;

    private const string CopyAssets = """
        insert into definition_asset (definition_version_id, path, content)
        select $1, path, content from definition_asset where definition_version_id = $2
        """;

    private const string Update = """
        update definition
        set name = $3, name_zh = $4, description = $5, description_zh = $11, content_hash = $6, json = $7, revision = revision + 1, saved_at = now(), saved_by = $8,
            authors = case when $8 = any (authors) then authors else authors || $8 end, editor = $9, editor_save = $10
        where id = $1 and revision = $2 and is_drawn and state = 'draft'
        """;

    // Nobody becomes an author by moving a box: what runs is not touched.
    private const string Picture = """
        update definition
        set imported_hash = coalesce(imported_hash, content_hash), content_hash = $3, json = $4, revision = revision + 1, saved_at = now(), saved_by = $5, editor = $6, editor_save = $7
        where id = $1 and revision = $2 and state <> 'trial'
        """;

    /// <summary>Makes the draft on which drawing goes on, with the texts of another version; returns its id. An older draft is drawn on no more and stays as it is.</summary>
    public static async Task<string> InsertAsync(NpgsqlTransaction transaction, WorkflowDefinition definition, string? textsOf, DrawingSave save, CancellationToken cancellationToken)
    {
        await using (NpgsqlCommand keep = new(Keep, transaction.Connection, transaction))
        {
            keep.Parameters.AddText(definition.DefinitionId);
            await keep.ExecuteNonQueryAsync(cancellationToken);
        }

        await using NpgsqlCommand insert = new(Insert, transaction.Connection, transaction);
        insert.Parameters.AddText(definition.DefinitionId);
        insert.Parameters.AddText(definition.DisplayName?.En);
        insert.Parameters.AddText(definition.DisplayName?.ZhCn);
        insert.Parameters.AddText(definition.Description?.En);
        insert.Parameters.AddText(save.ContentHash);
        insert.Parameters.AddText(definition.Json);
        insert.Parameters.AddText(save.By);
        insert.Parameters.AddText(save.Editor);
        insert.Parameters.AddBigint(save.EditorSave);
        insert.Parameters.AddText(definition.Description?.ZhCn);
        string versionId = (string)(await insert.ExecuteScalarAsync(cancellationToken))!;
        if (textsOf is not null)
        {
            await using NpgsqlCommand copy = new(CopyAssets, transaction.Connection, transaction);
            copy.Parameters.AddText(versionId);
            copy.Parameters.AddText(textsOf);
            await copy.ExecuteNonQueryAsync(cancellationToken);
        }

        return versionId;
    }

    /// <summary>Saves the draft in place; <see langword="false"/> = it is not of that revision any more.</summary>
    public static async Task<bool> UpdateAsync(NpgsqlTransaction transaction, string versionId, int revision, WorkflowDefinition definition, DrawingSave save, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand update = new(Update, transaction.Connection, transaction);
        update.Parameters.AddText(versionId);
        update.Parameters.AddInteger(revision);
        update.Parameters.AddText(definition.DisplayName?.En);
        update.Parameters.AddText(definition.DisplayName?.ZhCn);
        update.Parameters.AddText(definition.Description?.En);
        update.Parameters.AddText(save.ContentHash);
        update.Parameters.AddText(definition.Json);
        update.Parameters.AddText(save.By);
        update.Parameters.AddText(save.Editor);
        update.Parameters.AddBigint(save.EditorSave);
        update.Parameters.AddText(definition.Description?.ZhCn);
        return await update.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Writes where things stand in the picture of a version whose logic is the same; <see langword="false"/> = it is not of that revision any more.</summary>
    public static async Task<bool> UpdatePictureAsync(NpgsqlTransaction transaction, string versionId, int revision, string json, DrawingSave save, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand picture = new(Picture, transaction.Connection, transaction);
        picture.Parameters.AddText(versionId);
        picture.Parameters.AddInteger(revision);
        picture.Parameters.AddText(save.ContentHash);
        picture.Parameters.AddText(json);
        picture.Parameters.AddText(save.By);
        picture.Parameters.AddText(save.Editor);
        picture.Parameters.AddBigint(save.EditorSave);
        return await picture.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
