using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Accounts;
using EngagementFlows.Postgres.Audit;
using Npgsql;

namespace EngagementFlows.Server.Security;

/// <summary>What an administrator may do with people: invite, change roles, disable, unlock, end sessions. Each act is audited in its own commit.</summary>
/// <remarks>Nobody changes his own roles or disables himself: so nobody takes more than others gave him, and an administrator is always left.</remarks>
internal sealed class PeopleDesk(NpgsqlDataSource dataSource, ListAccounts accounts, AccountLinks links, DatabaseClock clock)
{
    private const int StampBytes = 16;

    /// <summary>Adds a person and mails him the one-time link by which he sets a password, in one transaction; returns both, or why not.</summary>
    public async Task<(Person? Added, MailedLink? Link, PersonFault? Fault)> InviteAsync(PersonWish wish, CurrentPerson by, CancellationToken cancellationToken)
    {
        if (FaultOf(wish) is { } fault)
            return (null, null, fault);
        Person person = new(TimeOrderedId.Create(clock.Now), wish.Name, wish.Email, Known(wish.Roles), wish.Language, wish.Zone);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await AddPerson.ExecuteAsync(transaction, person, cancellationToken))
            return (null, null, PersonFault.AddressTaken);
        await AuditAsync(transaction, by.Caller, "PersonAdded", person.Id, new { email = person.Email, roles = person.Roles }, cancellationToken);
        MailedLink link = await links.MailAsync(transaction, person, by, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        links.Due();
        return (person, link, null);
    }

    /// <summary>Gives a person other roles. His sessions end with the old ones.</summary>
    public async Task<PeopleOutcome> ChangeRolesAsync(Guid person, IReadOnlyCollection<string> roles, CurrentPerson by, CancellationToken cancellationToken)
    {
        if (Known(roles) is not { Count: > 0 } known)
            return PeopleOutcome.NoRole;
        return await ChangeAsync(person, by, known, isActive: null, "RolesChanged", cancellationToken);
    }

    /// <summary>Disables a person, or lets him in again. His sessions end at once.</summary>
    public Task<PeopleOutcome> SetActiveAsync(Guid person, bool isActive, CurrentPerson by, CancellationToken cancellationToken) =>
        ChangeAsync(person, by, roles: null, isActive, isActive ? "PersonEnabled" : "PersonDisabled", cancellationToken);

    /// <summary>Opens an account that too many wrong passwords have locked.</summary>
    public async Task<PeopleOutcome> UnlockAsync(Guid person, CurrentPerson by, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await UnlockAccount.ExecuteAsync(transaction, person, cancellationToken))
            return PeopleOutcome.Unchanged;
        await AuditAsync(transaction, by.Caller, "AccountUnlocked", person, detail: null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return PeopleOutcome.Done;
    }

    /// <summary>Ends all sessions of a person, in all browsers: his own, or those of somebody whose device is lost. API keys that act for him go on.</summary>
    public async Task<PeopleOutcome> EndSessionsAsync(Guid person, CurrentPerson by, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await EndSessions.ExecuteAsync(transaction, person, RandomNumberGenerator.GetBytes(StampBytes), cancellationToken))
            return PeopleOutcome.Unchanged;
        await AuditAsync(transaction, by.Caller, "SessionsEnded", person, detail: null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return PeopleOutcome.Done;
    }

    private async Task<PeopleOutcome> ChangeAsync(
        Guid id, CurrentPerson by, IReadOnlyList<string>? roles, bool? isActive, string act, CancellationToken cancellationToken)
    {
        if (id == by.Id)
            return PeopleOutcome.Oneself;
        if (await accounts.FindAsync(id, cancellationToken) is not { Person: { } before })
            return PeopleOutcome.Unknown;
        // A second press of the button changes nothing, and the audit tells nothing twice.
        if ((roles is null || roles.ToHashSet().SetEquals(before.Roles)) && (isActive is null || isActive == before.IsActive))
            return PeopleOutcome.Unchanged;
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await ChangePerson.ExecuteAsync(transaction, id, by.IsProgram ? null : by.Id, roles, isActive, cancellationToken))
            return PeopleOutcome.Unknown;
        await AuditAsync(transaction, by.Caller, act, id, roles is null ? null : new { before = before.Roles, after = roles }, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return PeopleOutcome.Done;
    }

    private static PersonFault? FaultOf(PersonWish wish)
    {
        if (wish.Name.Length == 0 || TextRule.FaultOfLine(wish.Name, TextRule.NameLength) is not null)
            return PersonFault.NameFaulty;
        // Who signs in by an address must not be taken for a colleague whose address only looks like it.
        if (EmailAddress.Fault(wish.Email) is not null || !Ascii.IsValid(wish.Email))
            return PersonFault.AddressFaulty;
        if (Known(wish.Roles).Count == 0)
            return PersonFault.NoRole;
        return Engagements.Clients.Languages.All.Contains(wish.Language) && TimeZoneInfo.TryFindSystemTimeZoneById(wish.Zone, out _) ? null : PersonFault.ZoneFaulty;
    }

    private static List<string> Known(IReadOnlyCollection<string> roles) => [.. StaffRoles.All.Where(roles.Contains)];

    private static Task AuditAsync(NpgsqlTransaction transaction, string by, string act, Guid person, object? detail, CancellationToken cancellationToken) =>
        AppendAudit.ExecuteAsync(
            transaction,
            new AuditEntry(AuditEntry.Administration, by, act, $"person/{person:D}", detail is null ? null : JsonSerializer.Serialize(detail)),
            now: null,
            cancellationToken);
}

/// <summary>A person as an administrator wants to add him.</summary>
/// <param name="Name">The name that clients and colleagues read.</param>
/// <param name="Email">The mail address with which he signs in.</param>
/// <param name="Roles">Roles; unknown ones are left out.</param>
/// <param name="Language"><c>en</c> or <c>zh-CN</c>.</param>
/// <param name="Zone">IANA time zone.</param>
internal sealed record PersonWish(string Name, string Email, IReadOnlyCollection<string> Roles, string Language, string Zone);

/// <summary>Why a person was not added.</summary>
internal enum PersonFault
{
    /// <summary>The name is empty, too long or holds signs that cannot be stored.</summary>
    NameFaulty,

    /// <summary>The mail address is none.</summary>
    AddressFaulty,

    /// <summary>Somebody has that mail address, perhaps somebody who is disabled.</summary>
    AddressTaken,

    /// <summary>He would be allowed nothing.</summary>
    NoRole,

    /// <summary>Language or zone is not known.</summary>
    ZoneFaulty,
}

/// <summary>What an act on a person came to.</summary>
internal enum PeopleOutcome
{
    /// <summary>It is committed.</summary>
    Done,

    /// <summary>It stands so already.</summary>
    Unchanged,

    /// <summary>There is no such person, or the actor is no administrator any more.</summary>
    Unknown,

    /// <summary>The actor himself was meant.</summary>
    Oneself,

    /// <summary>No role was left.</summary>
    NoRole,
}
