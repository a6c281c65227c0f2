using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Personnel;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Security;
using Npgsql;

namespace EngagementFlows.Server.Personnel;

/// <summary>Opens personnel files and says who reads them. Each act is audited in its own commit, by who reads what and never by what stands there.</summary>
/// <remarks>
/// Only persons open and change files: a key could be used by whoever holds it to let himself in, and the audit would not say who it was.
/// Nobody lets himself into a file that is there already, since whoever is named reads all of it, from its first day; and nobody who reads one says who reads it with him.
/// </remarks>
internal sealed class PersonnelDesk(
    NpgsqlDataSource dataSource, ListStaff listStaff, FindPersonnelFile find, InviteSuccessors invite, CommitSignals signals, ServerOptions options, DatabaseClock clock)
{
    /// <summary>Opens the file about a person; one that is there already stays as it is.</summary>
    /// <param name="person">Whom it is about.</param>
    /// <param name="readers">Who reads it beside him.</param>
    /// <param name="by">Who opens it.</param>
    /// <param name="alsoCommit">What is written in the same transaction when it is opened now.</param>
    /// <param name="cancellationToken">Ends it before its commit.</param>
    public async Task<PersonnelOutcome> OpenAsync(
        Guid person, PersonnelReaders readers, CurrentPerson by, Func<NpgsqlTransaction, PersonnelFile, Task> alsoCommit, CancellationToken cancellationToken)
    {
        if (by.IsProgram)
            return new(null, IsNew: false, PersonnelFault.Program);
        if (await find.ExecuteAsync(person, cancellationToken) is { } before)
            return new(before, IsNew: false, null);
        if (by.Id == person)
            return new(null, IsNew: false, PersonnelFault.OwnFile);
        (Person? about, Guid third, PersonnelFault? fault) = await CheckAsync(person, readers, cancellationToken);
        if (about is null)
            return new(null, IsNew: false, fault);
        DateTimeOffset now = clock.Now;
        InternalEngagement opened = new(
            TimeOrderedId.Create(now), InternalAffair.Personnel, TitleOf(about), person, readers.Reviewer, third, [.. new[] { person, readers.Reviewer, third }.Distinct()]);
        FirmAsClient firm = new(options.Firm.Name, Engagements.Clients.Languages.English, options.Firm.Zone.Id);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Somebody else may have opened it since the look.
        bool isNew = await OpenInternalEngagement.ExecuteAsync(transaction, opened, firm, by.Caller, now, cancellationToken);
        PersonnelFile file = await FindPersonnelFile.OnAsync(connection, person, cancellationToken)
            ?? throw new InvalidOperationException($"EngagementFlows bug: the personnel file about '{person}' was opened and is not there.");
        if (isNew)
            await alsoCommit(transaction, file);
        await transaction.CommitAsync(cancellationToken);
        return new(file, isNew, null);
    }

    /// <summary>Names another reviewer or third person: whoever is named reads the file from now on, whoever is not named any more does not, and what he had still to do goes to his successor.</summary>
    public async Task<PersonnelOutcome> ChangeReadersAsync(Guid person, PersonnelReaders readers, CurrentPerson by, CancellationToken cancellationToken)
    {
        if (by.IsProgram)
            return new(null, IsNew: false, PersonnelFault.Program);
        if (await find.ExecuteAsync(person, cancellationToken) is not { } before)
            return new(null, IsNew: false, PersonnelFault.NoFile);
        if (Reads(before, by.Id))
            return new(before, IsNew: false, PersonnelFault.OwnFile);
        (_, Guid third, PersonnelFault? fault) = await CheckAsync(person, readers, cancellationToken);
        // The person whom it is about may have left: his file stays, and who reads it can change.
        if (fault is not (null or PersonnelFault.UnknownPerson))
            return new(before, IsNew: false, fault);
        if (readers.Reviewer == by.Id || third == by.Id)
            return new(before, IsNew: false, PersonnelFault.Oneself);
        if (before.ReviewerId == readers.Reviewer && before.ThirdId == third)
            return new(before, IsNew: false, null);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        DateTimeOffset now = clock.Now;
        await ChangeReaders.ExecuteAsync(transaction, person, readers.Reviewer, third, by.Caller, now, cancellationToken);
        Guid[] successors = [.. new[] { readers.Reviewer, third }.Where(one => !Reads(before, one)).Distinct()];
        await invite.ExecuteAsync(transaction, before.EngagementId, successors, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signals.OutboxDue();
        return new(before with { ReviewerId = readers.Reviewer, ThirdId = third }, IsNew: true, null);
    }

    private static bool Reads(PersonnelFile file, Guid person) => person == file.PersonId || person == file.ReviewerId || person == file.ThirdId;

    private static string TitleOf(Person person) => person.Language == Engagements.Clients.Languages.Chinese ? $"人事档案：{person.Name}" : $"Personnel file: {person.Name}";

    private async Task<(Person? About, Guid Third, PersonnelFault? Fault)> CheckAsync(Guid person, PersonnelReaders readers, CancellationToken cancellationToken)
    {
        IReadOnlyList<Person> staff = await listStaff.ExecuteAsync(cancellationToken);
        Person? third = readers.Third is { } named
            ? Active(named)
            : staff.FirstOrDefault(one => one.IsActive && one.Email.Equals(options.EscalationLastRung, StringComparison.OrdinalIgnoreCase));
        if (third is null)
            return (null, default, readers.Third is null ? PersonnelFault.NoThird : PersonnelFault.UnknownReader);
        if (Active(readers.Reviewer) is null)
            return (null, default, PersonnelFault.UnknownReader);
        if (readers.Reviewer == person || third.Id == person)
            return (null, default, PersonnelFault.OwnReviewer);
        return Active(person) is { } about ? (about, third.Id, null) : (null, third.Id, PersonnelFault.UnknownPerson);

        Person? Active(Guid id) => staff.FirstOrDefault(one => one.Id == id && one.IsActive);
    }
}

/// <summary>Who reads a personnel file beside the person whom it is about.</summary>
/// <param name="Reviewer">Who reviews him.</param>
/// <param name="Third">The third person; <see langword="null"/> = the one whom <c>EngagementFlows:Escalation:LastRung</c> names.</param>
internal sealed record PersonnelReaders(Guid Reviewer, Guid? Third);

/// <summary>What an act on a personnel file came to.</summary>
/// <param name="File">The file as it is now, or <see langword="null"/> if there is none.</param>
/// <param name="IsNew">Whether this act changed something.</param>
/// <param name="Fault">Why nothing was done, or <see langword="null"/>.</param>
internal sealed record PersonnelOutcome(PersonnelFile? File, bool IsNew, PersonnelFault? Fault);

/// <summary>Why a personnel file was not opened or changed.</summary>
internal enum PersonnelFault
{
    /// <summary>There is no active person of that id.</summary>
    UnknownPerson,

    /// <summary>Reviewer or third person is no active member of staff.</summary>
    UnknownReader,

    /// <summary>No third person is named, and the settings name none.</summary>
    NoThird,

    /// <summary>Nobody reviews himself.</summary>
    OwnReviewer,

    /// <summary>Nobody lets himself into a file that is there already.</summary>
    Oneself,

    /// <summary>Nobody says who reads the file about himself, or one that he reads.</summary>
    OwnFile,

    /// <summary>Only persons open and change files, never a program.</summary>
    Program,

    /// <summary>There is no file about that person.</summary>
    NoFile,
}
