using System.Text.Json;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Keys;
using Npgsql;

namespace EngagementFlows.Server.Security;

/// <summary>Makes and revokes keys of programs. Each act is audited in its own commit.</summary>
internal sealed class KeyDesk(NpgsqlDataSource dataSource, ApiKeys keys, ListStaff staff, DatabaseClock clock)
{
    /// <summary>Makes a key; returns its secret, which is stored nowhere, or why not.</summary>
    public async Task<(string? Secret, KeyFault? Fault)> MakeAsync(KeyWish wish, string by, CancellationToken cancellationToken)
    {
        if (await FaultOfAsync(wish, cancellationToken) is { } fault)
            return (null, fault);
        string secret = ApiKeys.NewSecret();
        NewApiKey key = new(
            TimeOrderedId.Create(clock.Now), wish.Name, ApiKeys.Hash(secret), [.. ApiScopes.All.Where(wish.Scopes.Contains)], wish.ActsFor,
            wish.Days is { } days ? clock.Now.AddDays(days) : null);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await AddApiKey.ExecuteAsync(transaction, key, by, cancellationToken))
            return (null, KeyFault.NameTaken);
        await AuditAsync(transaction, by, "ApiKeyMade", key.Id, new { name = key.Name, scopes = key.Scopes, actsFor = key.ActsFor, expiresAt = key.ExpiresAt }, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (secret, null);
    }

    /// <summary>Ends a key; returns its name, or <see langword="null"/> if it was dead already.</summary>
    public async Task<string?> RevokeAsync(Guid id, string by, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await RevokeApiKey.ExecuteAsync(transaction, id, by, cancellationToken) is not { } name)
            return null;
        await AuditAsync(transaction, by, "ApiKeyRevoked", id, new { name }, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return name;
    }

    private async Task<KeyFault?> FaultOfAsync(KeyWish wish, CancellationToken cancellationToken)
    {
        if (!IsName(wish.Name))
            return KeyFault.NameFaulty;
        if (keys.IsNamedInSettings(wish.Name))
            return KeyFault.NameTaken;
        if (!wish.Scopes.Any(ApiScopes.All.Contains))
            return KeyFault.NoScope;
        if (wish.Days is < 1 or > 3650)
            return KeyFault.DaysFaulty;
        return wish.ActsFor is { } person && !(await staff.ExecuteAsync(cancellationToken)).Any(one => one.Id == person && one.IsActive)
            ? KeyFault.UnknownPerson
            : null;
    }

    // It becomes 'key:name' in the audit, so it holds nothing that could look like another's.
    private static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && char.IsAsciiLetterOrDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-');

    private static Task AuditAsync(NpgsqlTransaction transaction, string by, string act, Guid key, object detail, CancellationToken cancellationToken) =>
        AppendAudit.ExecuteAsync(
            transaction, new AuditEntry(AuditEntry.Administration, by, act, $"api-key/{key:D}", JsonSerializer.Serialize(detail)), now: null, cancellationToken);
}

/// <summary>A key as somebody wants it.</summary>
/// <param name="Name">The program's name.</param>
/// <param name="Scopes">What it shall be allowed; unknown ones are left out.</param>
/// <param name="ActsFor">Whose tasks it may complete, or <see langword="null"/>.</param>
/// <param name="Days">How long it lives, or <see langword="null"/> for ever.</param>
internal sealed record KeyWish(string Name, IReadOnlyCollection<string> Scopes, Guid? ActsFor, int? Days);

/// <summary>Why a key was not made.</summary>
internal enum KeyFault
{
    /// <summary>The name is empty, too long or holds other signs.</summary>
    NameFaulty,

    /// <summary>A key of that name exists, perhaps a dead one: the audit must not mix them.</summary>
    NameTaken,

    /// <summary>It would be allowed nothing.</summary>
    NoScope,

    /// <summary>Its life is shorter than a day or longer than ten years.</summary>
    DaysFaulty,

    /// <summary>There is no such active member of staff.</summary>
    UnknownPerson,
}
