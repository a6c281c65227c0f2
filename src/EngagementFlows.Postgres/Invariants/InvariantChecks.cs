using EngagementFlows.Postgres.Links;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Postgres.Meetings;
using EngagementFlows.Postgres.Tasks;
using Npgsql;

namespace EngagementFlows.Postgres.Invariants;

/// <summary>The promises of the design, counted. Used by doctor, the console's first page and every crash test.</summary>
/// <remarks>Each query sees one snapshot; a violation that a commit under way would seem to make cannot appear, since commits are whole.</remarks>
public static class InvariantChecks
{
    /// <summary>Gets all invariants.</summary>
    public static IReadOnlyList<Invariant> All { get; } =
    [
        LostFacts.Invariant,
        OverdueFacts.Invariant,
        ParkedFacts.Invariant,
        DoubledTransitions.Invariant,
        DoubledExecutions.Invariant,
        DoubledEffects.Invariant,
        DoubledFirings.Invariant,
        UncertainEffects.Invariant,
        HeldEffects.Invariant,
        EarlyOrLostTimers.Invariant,
        InstancesWithoutReason.Invariant,
        UnnotedEnds.Invariant,
        UnboundedWaits.Invariant,
        AuditGaps.Invariant,
        MisplacedJournal.Invariant,
        LooseTasks.Invariant,
        LooseLinks.Invariant,
        LooseReminders.Invariant,
        UnsentMails.Invariant,
        DelayedMails.Invariant,
        RefusedMails.Invariant,
    ];

    /// <summary>Counts the violations of each.</summary>
    public static async Task<IReadOnlyList<InvariantResult>> CountAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        List<InvariantResult> results = [];
        foreach (Invariant invariant in All)
        {
            await using NpgsqlCommand command = dataSource.CreateCommand(invariant.Sql);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            results.Add(new(invariant, reader.GetInt64(0), reader.Text(1)));
        }

        return results;
    }
}
