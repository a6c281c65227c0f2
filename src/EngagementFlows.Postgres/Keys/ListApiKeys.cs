using Npgsql;

namespace EngagementFlows.Postgres.Keys;

/// <summary>A key as people see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The program's name.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="ActsFor">The name of the person whose tasks it may complete, or <see langword="null"/>.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">By whom: his name, or who it was as the audit writes it.</param>
/// <param name="ExpiresAt">From when it is dead by itself, or <see langword="null"/>.</param>
/// <param name="RevokedAt">When it was revoked, or <see langword="null"/>.</param>
/// <param name="LastUsedAt">When it was last used, give or take a minute; <see langword="null"/> = never.</param>
public sealed record ApiKeyLine(
    Guid Id, string Name, IReadOnlyList<string> Scopes, string? ActsFor, DateTimeOffset CreatedAt, string CreatedBy,
    DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt);

/// <summary>Lists all keys, the live ones first; there are few.</summary>
public sealed class ListApiKeys(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select k.id, k.name, k.scopes, holder.name, k.created_at, coalesce(maker.name, k.created_by), k.expires_at, k.revoked_at, k.last_used_at
        from api_key k
        left join person holder on holder.id = k.acts_for
        left join person maker on 'person:' || maker.id = k.created_by
        order by k.revoked_at is not null or coalesce(k.expires_at <= now(), false), lower(k.name)
        """;

    /// <summary>Returns all, dead ones too.</summary>
    public async Task<IReadOnlyList<ApiKeyLine>> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<ApiKeyLine> keys = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            keys.Add(new(
                reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<string[]>(2), reader.Text(3), reader.Instant(4), reader.GetString(5),
                reader.OptionalInstant(6), reader.OptionalInstant(7), reader.OptionalInstant(8)));
        }

        return keys;
    }
}
