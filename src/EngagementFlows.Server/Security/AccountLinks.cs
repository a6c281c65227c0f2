using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using EngagementFlows.Postgres.Accounts;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Server.Configuration;
using Npgsql;

namespace EngagementFlows.Server.Security;

/// <summary>One-time links by which a person sets a password.</summary>
internal sealed class AccountLinks(
    NpgsqlDataSource dataSource, FindAccountLink find, Passwords passwords, ServerOptions options)
{
    private const int TokenBytes = 32;
    private const int StampBytes = 16;

    /// <summary>Makes a link for a person and ends his earlier ones; returns the token for the address.</summary>
    public Task<string> CreateAsync(Guid personId, string by, CancellationToken cancellationToken) => CreateAsync(personId, by, _ => Task.CompletedTask, cancellationToken);

    /// <summary>Makes a link, and commits with it what is given; returns the token for the address.</summary>
    public async Task<string> CreateAsync(Guid personId, string by, Func<NpgsqlTransaction, Task> alsoCommit, CancellationToken cancellationToken)
    {
        string token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await AddAccountLink.ExecuteAsync(transaction, personId, NewStamp(), Hash(token), options.SignIn.LinkLifetime, cancellationToken);
        await AuditAsync(transaction, by, "AccountLinkMade", personId, cancellationToken);
        await alsoCommit(transaction);
        await transaction.CommitAsync(cancellationToken);
        return token;
    }

    /// <summary>Returns whose link it is without using it, or <see langword="null"/> if it opens nothing.</summary>
    public Task<(string Name, string Email)?> FindAsync(string token, CancellationToken cancellationToken) =>
        find.ExecuteAsync(Hash(token), cancellationToken);

    /// <summary>Sets the password and spends the link; returns the person, or <see langword="null"/> if the link opens nothing.</summary>
    public async Task<Guid?> UseAsync(string token, string password, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        Guid? personId = await SetPasswordByLink.ExecuteAsync(transaction, Hash(token), passwords.Hash(password), NewStamp(), cancellationToken);
        if (personId is { } person)
            await AuditAsync(transaction, $"person:{person:D}", "PasswordSet", person, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return personId;
    }

    private static Task AuditAsync(NpgsqlTransaction transaction, string by, string act, Guid personId, CancellationToken cancellationToken) =>
        AppendAudit.ExecuteAsync(transaction, new AuditEntry(AuditEntry.Administration, by, act, $"person/{personId:D}", Detail: null), now: null, cancellationToken);

    private static byte[] NewStamp() => RandomNumberGenerator.GetBytes(StampBytes);

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
