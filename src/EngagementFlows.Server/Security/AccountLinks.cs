using System.Security.Cryptography;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Accounts;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Server.Configuration;
using Npgsql;

namespace EngagementFlows.Server.Security;

/// <summary>A link that went out by mail.</summary>
/// <param name="Mail">The mail.</param>
/// <param name="Address">The link itself, where no mail leaves the machine and somebody has to hand it over; <see langword="null"/> where only its reader gets it.</param>
public sealed record MailedLink(Guid Mail, string? Address);

/// <summary>One-time links by which a person sets a password.</summary>
internal sealed class AccountLinks(
    NpgsqlDataSource dataSource, FindAccountLink find, Passwords passwords, AccountTokens tokens, WriteAccountMail write, Func<MailAddresses> addresses, FlowsEngine engine, DatabaseClock clock,
    ServerOptions options)
{
    private const int StampBytes = 16;

    /// <summary>Makes a link for a person and ends his earlier ones; returns the token for the address. For the server's own terminal: nothing is mailed.</summary>
    public async Task<string> CreateAsync(Guid personId, string by, CancellationToken cancellationToken)
    {
        Guid link = TimeOrderedId.Create(clock.Now);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await AddAccountLink.ExecuteAsync(transaction, link, personId, NewStamp(), options.SignIn.LinkLifetime, cancellationToken);
        await AuditAsync(transaction, by, "AccountLinkMade", personId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return tokens.Make(link);
    }

    /// <summary>Makes a link and writes it to the person, in one transaction. The link stands in no row of it: only the mail that leaves holds it.</summary>
    /// <param name="person">Who is to set a password.</param>
    /// <param name="by">Who invites; replies reach him, if he is a person.</param>
    /// <param name="alsoCommit">What is committed with it, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    public async Task<MailedLink> MailAsync(Person person, CurrentPerson by, Func<NpgsqlTransaction, Task>? alsoCommit, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        MailedLink mailed = await MailAsync(transaction, person, by, cancellationToken);
        if (alsoCommit is not null)
            await alsoCommit(transaction);
        await transaction.CommitAsync(cancellationToken);
        Due();
        return mailed;
    }

    /// <summary>Makes a link and writes it to the person, in the caller's transaction; once that is committed, <see cref="Due"/> is to be called.</summary>
    public async Task<MailedLink> MailAsync(NpgsqlTransaction transaction, Person person, CurrentPerson by, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.Now;
        Guid link = TimeOrderedId.Create(now);
        (DateTimeOffset expiresAt, bool hasPassword) = await AddAccountLink.ExecuteAsync(transaction, link, person.Id, NewStamp(), options.SignIn.LinkLifetime, cancellationToken);
        Guid mail = await write.ExecuteAsync(transaction, link, expiresAt, isNew: !hasPassword, person, by.IsProgram ? null : (by.Name, by.Email), now, cancellationToken);
        await AuditAsync(transaction, by.Caller, "AccountLinkMade", person.Id, cancellationToken);
        return new(mail, options.Mail.Transport == MailOptions.ToFolder ? addresses().AccountLinkOf(link) : null);
    }

    /// <summary>Tells the dispatcher of this process that a mail waits.</summary>
    public void Due() => engine.Signals.OutboxDue();

    /// <summary>Returns whose link it is without using it, or <see langword="null"/> if it opens nothing.</summary>
    public async Task<(string Name, string Email)?> FindAsync(string token, CancellationToken cancellationToken) =>
        tokens.Read(token) is { } link ? await find.ExecuteAsync(link, cancellationToken) : null;

    /// <summary>Sets the password and spends the link; returns the person, or <see langword="null"/> if the link opens nothing.</summary>
    public async Task<Guid?> UseAsync(string token, string password, CancellationToken cancellationToken)
    {
        if (tokens.Read(token) is not { } link)
            return null;
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        Guid? personId = await SetPasswordByLink.ExecuteAsync(transaction, link, passwords.Hash(password), NewStamp(), cancellationToken);
        if (personId is { } person)
            await AuditAsync(transaction, $"person:{person:D}", "PasswordSet", person, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return personId;
    }

    private static Task AuditAsync(NpgsqlTransaction transaction, string by, string act, Guid personId, CancellationToken cancellationToken) =>
        AppendAudit.ExecuteAsync(transaction, new AuditEntry(AuditEntry.Administration, by, act, $"person/{personId:D}", Detail: null), now: null, cancellationToken);

    private static byte[] NewStamp() => RandomNumberGenerator.GetBytes(StampBytes);
}
