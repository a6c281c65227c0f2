using System.Text.Json;
using EngagementFlows.Engagements.Milestones;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Timeline;
using Npgsql;
using NpgsqlTypes;

namespace EngagementFlows.Postgres.Milestones;

/// <summary>What became of the wish to mark a milestone as reached; a closed set.</summary>
public abstract record MilestoneMark
{
    private MilestoneMark()
    {
    }

    /// <summary>The engagement has no such milestone.</summary>
    public sealed record NotFound : MilestoneMark;

    /// <summary>A later plan has dropped it, or its client was erased: it cannot be reached any more.</summary>
    public sealed record Gone : MilestoneMark;

    /// <summary>The date lies ahead.</summary>
    /// <param name="Today">The day, in the firm's zone.</param>
    public sealed record Ahead(DateOnly Today) : MilestoneMark;

    /// <summary>Somebody said before that it was reached on another date; that stays.</summary>
    /// <param name="On">That date.</param>
    public sealed record Otherwise(DateOnly On) : MilestoneMark;

    /// <summary>It is reached on the date.</summary>
    /// <param name="Milestone">How it stands.</param>
    /// <param name="IsNew">Whether this call did it; false = it was said before.</param>
    public sealed record Reached(Milestone Milestone, bool IsNew) : MilestoneMark;
}

/// <summary>Marks a milestone as reached, by the hand of a member of staff: with an entry of the audit and one of the timeline, in one transaction. Twice is the same as once.</summary>
/// <param name="dataSource">The database.</param>
/// <param name="office">The firm's zone, whose days count.</param>
public sealed class ReachMilestone(NpgsqlDataSource dataSource, TimeZoneInfo office)
{
    private const string FindSql = """
        select e.client_id, c.erased_at is not null
        from milestone m
        join engagement e on e.id = m.engagement_id
        join client c on c.id = e.client_id
        where m.id = $2 and m.engagement_id = $1
        """;

    // Whoever comes second waits here for the first, and then finds it reached.
    private const string MarkSql = """
        update milestone set reached_on = $2, reached_at = $3, reached_by_id = $4, revision = revision + 1
        where id = $1 and reached_on is null and withdrawn_at is null
        """;

    /// <summary>Marks, or says why not.</summary>
    /// <param name="engagement">The engagement.</param>
    /// <param name="milestone">The milestone.</param>
    /// <param name="on">The date; <see langword="null"/> = this day.</param>
    /// <param name="person">The member of staff, or <see langword="null"/> for a program that acts for nobody.</param>
    /// <param name="caller">Who, for the audit.</param>
    /// <param name="name">Who, for the timeline.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancellationToken">Ends the act; nothing is stored then.</param>
    public async Task<MilestoneMark> ExecuteAsync(Guid engagement, Guid milestone, DateOnly? on, Guid? person, string caller, string name, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateOnly today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, office).DateTime);
        DateOnly date = on ?? today;
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await FindAsync(transaction, engagement, milestone, cancellationToken) is not { } found)
            return new MilestoneMark.NotFound();
        if (found.IsErased)
            return new MilestoneMark.Gone();
        if (date > today)
            return new MilestoneMark.Ahead(today);
        bool isNew = await MarkAsync(transaction, found.Client, milestone, date, person, now, cancellationToken);
        Milestone stands = (await ListMilestones.ExecuteAsync(connection, [engagement], cancellationToken)).Single(one => one.Id == milestone);
        if (!isNew)
            return stands.ReachedOn is not { } before ? new MilestoneMark.Gone() : before == date || on is null ? new MilestoneMark.Reached(stands, false) : new MilestoneMark.Otherwise(before);

        await using NpgsqlBatch batch = new(connection, transaction);
        batch.BatchCommands.Add(InsertTimelineEntries.Create([Entry(stands, date, name, now)]));
        string detail = JsonSerializer.Serialize(new { on = date });
        batch.BatchCommands.Add(AppendAudit.Create(new($"engagement/{engagement:D}", caller, "MilestoneReached", $"milestone/{milestone:D}", detail), now));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new MilestoneMark.Reached(stands, true);
    }

    private static TimelineRow Entry(Milestone milestone, DateOnly on, string name, DateTimeOffset now) => new(
        TimeOrderedId.Derive(now, $"timeline/milestone/{milestone.Id:D}"),
        milestone.EngagementId,
        now,
        TimelineKinds.Record,
        $"Milestone reached on {on:yyyy-MM-dd}: {milestone.Name}",
        $"里程碑已于 {on:yyyy-MM-dd} 达成：{milestone.Name}",
        name,
        null,
        milestone.Id);

    private static async Task<(Guid Client, bool IsErased)?> FindAsync(NpgsqlTransaction transaction, Guid engagement, Guid milestone, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(FindSql, transaction.Connection, transaction);
        command.Parameters.AddUuid(engagement);
        command.Parameters.AddUuid(milestone);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetGuid(0), reader.GetBoolean(1)) : null;
    }

    private static async Task<bool> MarkAsync(NpgsqlTransaction transaction, Guid client, Guid milestone, DateOnly on, Guid? person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        NpgsqlBatchCommand mark = new(MarkSql);
        mark.Parameters.AddUuid(milestone);
        mark.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = on, NpgsqlDbType = NpgsqlDbType.Date });
        mark.Parameters.AddInstant(now);
        mark.Parameters.AddUuid(person);
        await using NpgsqlBatch batch = new(transaction.Connection, transaction);
        batch.BatchCommands.Add(RequireClients.Create([client]));
        batch.BatchCommands.Add(mark);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return mark.RecordsAffected > 0;
    }
}
