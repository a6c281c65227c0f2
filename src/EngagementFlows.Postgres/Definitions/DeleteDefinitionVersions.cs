using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Why a version stays when somebody wants to delete it.</summary>
/// <param name="VersionId">The version.</param>
/// <param name="DefinitionId">The definition.</param>
/// <param name="Version">Its number.</param>
/// <param name="IsPublished">Whether it is published.</param>
/// <param name="HasInstances">Whether instances ran or run on it.</param>
public sealed record DeletableVersion(string VersionId, string DefinitionId, int Version, bool IsPublished, bool HasInstances)
{
    /// <summary>Gets whether it may go.</summary>
    public bool MayGo => !IsPublished && !HasInstances;
}

/// <summary>Deletes versions that nothing needs: neither published nor ever run. Runs in the caller's transaction, which holds <see cref="LockDefinition"/>.</summary>
/// <remarks>Their numbers are not given again. Snapshots on which test runs stay are kept with them.</remarks>
public static class DeleteDefinitionVersions
{
    private const string Look = """
        select d.id, d.definition_id, d.version, d.state = 'published',
               exists (select 1 from instance i where i.definition_id = d.definition_id and i.definition_version_id = d.id)
        from definition d
        where d.state <> 'trial' and ($1::text is null or d.definition_id = $1) and ($2::text[] is null or d.id = any ($2))
        order by d.definition_id, d.version
        """;

    private const string Remember = """
        insert into definition_number (definition_id, last_version)
        select definition_id, max(version) from definition where id = any ($1) group by definition_id
        on conflict (definition_id) do update set last_version = greatest(definition_number.last_version, excluded.last_version)
        """;

    private const string Sweep = """
        delete from definition t
        using definition d
        where d.id = any ($1) and t.definition_id = d.definition_id and t.version = d.version and t.state = 'trial'
          and not exists (select 1 from instance i where i.definition_id = t.definition_id and i.definition_version_id = t.id)
        """;

    // Asked again: an instance may have started since.
    private const string Sql = """
        delete from definition d
        where d.id = any ($1) and d.state not in ('published', 'trial')
          and not exists (select 1 from instance i where i.definition_id = d.definition_id and i.definition_version_id = d.id)
        """;

    /// <summary>Returns the versions of a definition, or those of the ids, each with what keeps it.</summary>
    public static async Task<IReadOnlyList<DeletableVersion>> LookAsync(NpgsqlConnection connection, string? definitionId, string[]? versionIds, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand look = new(Look, connection);
        look.Parameters.AddText(definitionId);
        look.Parameters.AddTextsOrNull(versionIds);
        await using NpgsqlDataReader reader = await look.ExecuteReaderAsync(cancellationToken);
        List<DeletableVersion> versions = [];
        while (await reader.ReadAsync(cancellationToken))
            versions.Add(new(reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetBoolean(3), reader.GetBoolean(4)));
        return versions;
    }

    /// <summary>Deletes them; <see langword="false"/> = one of them is needed by now, and nothing may be committed.</summary>
    public static async Task<bool> ExecuteAsync(NpgsqlTransaction transaction, string[] versionIds, CancellationToken cancellationToken)
    {
        foreach (string sql in (string[])[Remember, Sweep])
        {
            await using NpgsqlCommand before = new(sql, transaction.Connection, transaction);
            before.Parameters.AddTexts(versionIds);
            await before.ExecuteNonQueryAsync(cancellationToken);
        }

        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddTexts(versionIds);
        return await command.ExecuteNonQueryAsync(cancellationToken) == versionIds.Length;
    }
}
