using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Personnel;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Security;
using Npgsql;

namespace EngagementFlows.Server.Personnel;

/// <summary>Opens teams: engagements of the firm with itself that everybody of the firm sees, for meetings and tasks that are no client's.</summary>
internal sealed class TeamDesk(NpgsqlDataSource dataSource, ListStaff listStaff, GetEngagement engagements, ServerOptions options, DatabaseClock clock)
{
    /// <summary>Opens a team in one transaction, audited in it.</summary>
    /// <param name="title">What it is called, a line.</param>
    /// <param name="owner">Who answers for it, and arranges its meetings.</param>
    /// <param name="architect">Who is asked besides, or <see langword="null"/>.</param>
    /// <param name="by">Who opens it.</param>
    /// <param name="alsoCommit">What is written in the same transaction, given the team's engagement.</param>
    /// <param name="cancellationToken">Ends it before its commit.</param>
    /// <returns>The team, or <see langword="null"/> if owner or architect is no active member of staff.</returns>
    public async Task<Team?> OpenAsync(string title, Guid owner, Guid? architect, CurrentPerson by, Func<NpgsqlTransaction, Guid, Task> alsoCommit, CancellationToken cancellationToken)
    {
        IReadOnlyList<Person> staff = await listStaff.ExecuteAsync(cancellationToken);
        if (!IsActive(owner) || (architect is { } named && !IsActive(named)))
            return null;
        DateTimeOffset now = clock.Now;
        InternalEngagement opened = new(TimeOrderedId.Create(now), InternalAffair.Team, title, owner, architect, ThirdId: null, Readers: null);
        FirmAsClient firm = new(options.Firm.Name, Engagements.Clients.Languages.English, options.Firm.Zone.Id);
        await using (NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken))
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
            await OpenInternalEngagement.ExecuteAsync(transaction, opened, firm, by.Caller, now, cancellationToken);
            await alsoCommit(transaction, opened.Id);
            await transaction.CommitAsync(cancellationToken);
        }

        EngagementSnapshot snapshot = await engagements.ExecuteAsync(opened.Id, cancellationToken)
            ?? throw new InvalidOperationException($"EngagementFlows bug: the team '{opened.Id}' was opened and is not there.");
        return new(opened.Id, snapshot.Client.Id, title, owner, architect);

        bool IsActive(Guid id) => staff.Any(one => one.Id == id && one.IsActive);
    }
}

/// <summary>A team.</summary>
/// <param name="EngagementId">Its engagement, and the correlation id of the flows that run for it.</param>
/// <param name="ClientId">The firm as a client.</param>
/// <param name="Title">What it is called.</param>
/// <param name="OwnerId">Who answers for it.</param>
/// <param name="ArchitectId">Who is asked besides, or <see langword="null"/>.</param>
internal sealed record Team(Guid EngagementId, Guid ClientId, string Title, Guid OwnerId, Guid? ArchitectId);
