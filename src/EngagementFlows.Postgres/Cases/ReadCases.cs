using EngagementFlows.Engagements.Cases;
using Npgsql;

namespace EngagementFlows.Postgres.Cases;

/// <summary>What is promised about a case, as its clock says.</summary>
/// <param name="DueAt">By when.</param>
/// <param name="IsKept">Whether it was kept; <see langword="null"/> while nobody knows.</param>
/// <param name="IsRunning">Whether the clock runs.</param>
/// <param name="IsProvisional">Whether the instant lies in a year whose holidays are not published yet.</param>
public sealed record CasePromise(DateTimeOffset DueAt, bool? IsKept, bool IsRunning, bool IsProvisional);

/// <summary>A case with whom it is about.</summary>
/// <param name="Case">The case.</param>
/// <param name="OwnerId">Who answers for it; <see langword="null"/> until the flow has named somebody.</param>
/// <param name="Engagement">The engagement's title.</param>
/// <param name="ClientId">The client.</param>
/// <param name="Client">The client's name.</param>
/// <param name="Promise">The promise that runs, else the last one; <see langword="null"/> if there is none.</param>
public sealed record CaseLine(ClientCase Case, Guid? OwnerId, string Engagement, Guid ClientId, string Client, CasePromise? Promise);

/// <summary>What a list of cases shows; <see langword="null"/> = all.</summary>
/// <param name="State">Only those in this state.</param>
/// <param name="Kind">Only those of this kind.</param>
/// <param name="Class">Only those of this class.</param>
/// <param name="OwnerId">Only those for which this person answers.</param>
/// <param name="EngagementId">Only those of an engagement.</param>
/// <param name="ClientId">Only those of a client.</param>
/// <param name="HasLesson">Whether only those from which something was learned.</param>
public sealed record CasesWanted(
    CaseState? State = null, string? Kind = null, string? Class = null, Guid? OwnerId = null, Guid? EngagementId = null, Guid? ClientId = null, bool HasLesson = false)
{
    /// <summary>Gets who looks; <see langword="null"/> = a program or a stranger, who is shown nothing of closed engagements.</summary>
    public Guid? Viewer { get; init; }
}

/// <summary>Something that happened to a case, from the engagement's timeline.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">A kind of the timeline.</param>
/// <param name="Text">What.</param>
/// <param name="Actor">Who did it, or <see langword="null"/>.</param>
public sealed record CaseEvent(DateTimeOffset At, string Kind, Engine.LocalizedText Text, string? Actor);

/// <summary>Somebody of the staff who was told of a case by mail.</summary>
/// <param name="At">When.</param>
/// <param name="Name">Who.</param>
/// <param name="Template">Which letter: <c>task-assigned</c>, <c>task-reminder</c>, <c>task-escalated</c>.</param>
public sealed record CaseNotified(DateTimeOffset At, string Name, string Template);

/// <summary>Reads cases.</summary>
public sealed class ReadCases(NpgsqlDataSource dataSource)
{
    /// <summary>The most that is read of a case's history.</summary>
    public const int MostEvents = 500;

    // Ids begin with the instant at which the case was opened, so that one index is the order and the place of a page.
    private const string Sql = """
        select a.id, a.engagement_id, a.instance_id, a.kind, a.class, a.subject, a.description, a.raised_by, a.state, p.name, a.rung, a.opened_at, a.closed_at, a.outcome, a.satisfaction, a.lesson,
               a.owner_id, e.title, c.id, c.name, k.due_at, k.is_kept, k.state = 'running', k.is_provisional
        from engagement_case a
        join engagement e on e.id = a.engagement_id
        join client c on c.id = e.client_id
        left join person p on p.id = a.owner_id
        left join lateral (
          select due_at, is_kept, state, is_provisional from clock where case_id = a.id order by state = 'running' desc, due_at desc limit 1
        ) k on true
        where ($1::uuid is null or a.id < $1)
          and ($2::uuid is null or a.id = $2)
          and ($3::text is null or a.state = $3)
          and ($4::text is null or a.kind = $4)
          and ($5::text is null or a.class = $5)
          and ($6::uuid is null or a.owner_id = $6)
          and ($7::uuid is null or a.engagement_id = $7)
          and ($8::uuid is null or e.client_id = $8)
          and (not $9 or a.lesson is not null)
          and ($2 is not null or engagement_is_open_to(a.engagement_id, $11) and instance_id_is_open_to(a.instance_id, $11))
        order by a.id desc
        limit $10
        """;

    private const string HistorySql = """
        select t.at, t.kind, t.text_en, t.text_zh, t.actor
        from timeline_entry t
        join engagement_case a on a.id = $1 and t.engagement_id = a.engagement_id
        where t.reference_id = a.id or t.instance_id = a.instance_id
        order by t.sequence
        limit $2
        """;

    private const string NotifiedSql = """
        select m.created_at, coalesce(m.to_name, m.recipient), coalesce(m.template, '')
        from mail m
        join engagement_case a on a.id = $1 and m.instance_id = a.instance_id
        where m.person_id is not null
        order by m.sequence
        limit $2
        """;

    /// <summary>Returns the page that begins after <paramref name="after"/>, the latest first; <see langword="null"/> = the first.</summary>
    /// <exception cref="ListPlaceException"><paramref name="after"/> is no place of this list.</exception>
    public async Task<ListPage<CaseLine>> ListAsync(CasesWanted wanted, string? after, int limit, CancellationToken cancellationToken) =>
        ListPage<CaseLine>.Of(await ReadAsync(ListPlace.Id(after), id: null, wanted, limit + 1, cancellationToken), limit, row => row.Case.Id.ToString("D"));

    /// <summary>Returns one; <see langword="null"/> if there is none of that id. Whether the caller may see it is asked at the door.</summary>
    public async Task<CaseLine?> FindAsync(Guid id, CancellationToken cancellationToken) => await ReadAsync(after: null, id, new(), 1, cancellationToken) is [var found] ? found : null;

    /// <summary>Returns what happened to a case, the oldest first; at most <see cref="MostEvents"/>.</summary>
    public async Task<IReadOnlyList<CaseEvent>> HistoryAsync(Guid id, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(HistorySql);
        command.Parameters.AddUuid(id);
        command.Parameters.AddInteger(MostEvents);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<CaseEvent> events = [];
        while (await reader.ReadAsync(cancellationToken))
            events.Add(new(reader.Instant(0), reader.GetString(1), reader.Localized(2), reader.Text(4)));
        return events;
    }

    /// <summary>Returns who of the staff was told, in the order of time; at most <see cref="MostEvents"/>.</summary>
    public async Task<IReadOnlyList<CaseNotified>> NotifiedAsync(Guid id, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(NotifiedSql);
        command.Parameters.AddUuid(id);
        command.Parameters.AddInteger(MostEvents);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<CaseNotified> notified = [];
        while (await reader.ReadAsync(cancellationToken))
            notified.Add(new(reader.Instant(0), reader.GetString(1), reader.GetString(2)));
        return notified;
    }

    private async Task<List<CaseLine>> ReadAsync(Guid? after, Guid? id, CasesWanted wanted, int most, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        NpgsqlParameterCollection parameters = command.Parameters;
        parameters.AddUuid(after);
        parameters.AddUuid(id);
        parameters.AddText(wanted.State switch { null => null, CaseState.Open => "open", CaseState.Closed => "closed", _ => throw new InvalidOperationException($"EngagementFlows bug: the case state '{wanted.State}' has no text.") });
        parameters.AddText(wanted.Kind);
        parameters.AddText(wanted.Class);
        parameters.AddUuid(wanted.OwnerId);
        parameters.AddUuid(wanted.EngagementId);
        parameters.AddUuid(wanted.ClientId);
        parameters.AddBoolean(wanted.HasLesson);
        parameters.AddInteger(most);
        parameters.AddUuid(wanted.Viewer);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<CaseLine> cases = [];
        while (await reader.ReadAsync(cancellationToken))
            cases.Add(Line(reader));
        return cases;
    }

    private static CaseLine Line(NpgsqlDataReader reader) => new(
        new()
        {
            Id = reader.GetGuid(0),
            EngagementId = reader.GetGuid(1),
            InstanceId = reader.GetGuid(2),
            Kind = reader.GetString(3),
            Class = reader.GetString(4),
            Subject = reader.GetString(5),
            Description = reader.Text(6),
            RaisedBy = reader.GetString(7),
            State = reader.GetString(8) == "open" ? CaseState.Open : CaseState.Closed,
            Owner = reader.Text(9),
            Rung = reader.GetInt16(10),
            OpenedAt = reader.Instant(11),
            ClosedAt = reader.OptionalInstant(12),
            Outcome = reader.Text(13),
            Satisfaction = reader.IsDBNull(14) ? null : reader.GetInt16(14),
            Lesson = reader.Text(15),
        },
        reader.Uuid(16), reader.GetString(17), reader.GetGuid(18), reader.GetString(19),
        reader.IsDBNull(20) ? null : new(reader.Instant(20), reader.IsDBNull(21) ? null : reader.GetBoolean(21), reader.GetBoolean(22), reader.GetBoolean(23)));
}
