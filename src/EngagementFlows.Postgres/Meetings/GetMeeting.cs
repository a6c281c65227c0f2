using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engagements.Timeline;
using Npgsql;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>A meeting as it is shown.</summary>
/// <param name="Meeting">The meeting.</param>
/// <param name="Invitees">Everybody who is invited; the first arranged it.</param>
/// <param name="EngagementTitle">The title of its engagement.</param>
/// <param name="ClientId">The client.</param>
/// <param name="Client">The client's name.</param>
/// <param name="ContactZone">The zone of the client's contact.</param>
/// <param name="CreatedAt">When it was arranged.</param>
/// <param name="ClosedAt">When it was held, missed or called off, or <see langword="null"/>.</param>
/// <param name="MinutesTaskId">The task whose form holds the minutes, or <see langword="null"/>.</param>
/// <param name="Revision">How often it was changed; who changes it says which one was seen.</param>
public sealed record MeetingDetail(
    Meeting Meeting, IReadOnlyList<InvitedPerson> Invitees, string EngagementTitle, Guid ClientId, string Client, string ContactZone,
    DateTimeOffset CreatedAt, DateTimeOffset? ClosedAt, Guid? MinutesTaskId, long Revision);

/// <summary>Somebody who is invited to a meeting.</summary>
/// <param name="PersonId">The member of staff, or <see langword="null"/>.</param>
/// <param name="ContactId">The client's contact, or <see langword="null"/>.</param>
/// <param name="Name">The name.</param>
/// <param name="Email">The mail address.</param>
/// <param name="Answer">What he answered.</param>
/// <param name="AnsweredAt">When, or <see langword="null"/>.</param>
/// <param name="ProposedAt">When he would come, or <see langword="null"/>.</param>
/// <param name="Comment">What he said with it, or <see langword="null"/>.</param>
public sealed record InvitedPerson(
    Guid? PersonId, Guid? ContactId, string Name, string Email, MeetingAnswer Answer, DateTimeOffset? AnsweredAt, DateTimeOffset? ProposedAt, string? Comment);

/// <summary>Reads one meeting with everything that its page shows.</summary>
public sealed class GetMeeting(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select e.title, c.id, c.name, k.zone, g.created_at, g.closed_at, g.minutes_task_id,
               i.position, i.answered_at, i.comment
        from meeting g
        join engagement e on e.id = g.engagement_id
        join client c on c.id = e.client_id
        join contact k on k.id = e.contact_id
        join meeting_invitee i on i.meeting_id = g.id
        where g.id = $1
        order by i.position
        """;

    private const string SeriesSql = """
        select g.id from meeting g where g.engagement_id = $1 and g.series = $2 and engagement_is_open_to(g.engagement_id, $3) and instance_id_is_open_to(g.instance_id, $3) order by g.starts_at, g.id limit 500
        """;

    private const string FeedSql = """
        select g.id
        from meeting_invitee i
        join meeting g on g.id = i.meeting_id
        where i.person_id = $1 and i.answer <> 'declined' and g.starts_at > $2 and engagement_is_open_to(g.engagement_id, $1) and instance_id_is_open_to(g.instance_id, $1)
        order by g.starts_at, g.id
        limit 500
        """;

    private const string HistorySql = """
        select id, engagement_id, at, kind, text_en, text_zh, actor, instance_id, reference_id
        from timeline_entry
        where engagement_id = $1 and reference_id = $2
        order by sequence
        limit 200
        """;

    /// <summary>Returns it, or <see langword="null"/>.</summary>
    public async Task<MeetingDetail?> ExecuteAsync(Guid id, CancellationToken cancellationToken)
    {
        // One snapshot: meeting and answers are of the same instant.
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        return await OnAsync(transaction, id, cancellationToken);
    }

    /// <summary>Returns it as the caller's transaction sees it, or <see langword="null"/>.</summary>
    public static async Task<MeetingDetail?> OnAsync(NpgsqlTransaction transaction, Guid id, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = transaction.Connection!;
        if (!(await LoadMeetings.ExecuteAsync(connection, [id], cancellationToken)).TryGetValue(id, out StoredMeeting? stored))
            return null;
        await using NpgsqlCommand command = new(Sql, connection, transaction);
        command.Parameters.AddUuid(id);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        MeetingDetail? detail = null;
        List<InvitedPerson> invitees = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            detail ??= new(
                stored.Meeting, invitees, reader.GetString(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3), reader.Instant(4), reader.OptionalInstant(5), reader.Uuid(6), stored.Revision);
            MeetingInvitee invitee = stored.Invitees[invitees.Count];
            invitees.Add(new(invitee.PersonId, invitee.ContactId, invitee.Name, invitee.Email, invitee.Answer, reader.OptionalInstant(8), invitee.ProposedAt, reader.Text(9)));
        }

        return detail;
    }

    /// <summary>Returns what happened to a meeting, in order.</summary>
    public async Task<IReadOnlyList<TimelineEntry>> HistoryAsync(Meeting meeting, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(HistorySql);
        command.Parameters.AddUuid(meeting.EngagementId);
        command.Parameters.AddUuid(meeting.Id);
        List<TimelineEntry> entries = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            entries.Add(new(reader.GetGuid(0), reader.GetGuid(1), reader.Instant(2), reader.GetString(3), reader.Localized(4), reader.Text(6), reader.Uuid(7), reader.Uuid(8)));
        return entries;
    }

    /// <summary>Returns a meeting as a calendar file holds it, with who invites; empty if there is none.</summary>
    public Task<IReadOnlyList<(Meeting Meeting, MeetingGuest Organizer)>> ForCalendarAsync(Guid id, CancellationToken cancellationToken) => LoadAsync([id], cancellationToken);

    /// <summary>Returns the meetings of a series of an engagement, those that were called off included and those that are closed to the viewer not, by time.</summary>
    public async Task<IReadOnlyList<(Meeting Meeting, MeetingGuest Organizer)>> OfSeriesAsync(Guid engagement, string series, Guid? viewer, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(SeriesSql);
        command.Parameters.AddUuid(engagement);
        command.Parameters.AddText(series);
        command.Parameters.AddUuid(viewer);
        return await LoadAsync(await IdsAsync(command, cancellationToken), cancellationToken);
    }

    /// <summary>Returns the meetings to which a member of staff is invited and that he has not declined, from an instant on.</summary>
    public async Task<IReadOnlyList<(Meeting Meeting, MeetingGuest Organizer)>> OfPersonAsync(Guid person, DateTimeOffset from, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(FeedSql);
        command.Parameters.AddUuid(person);
        command.Parameters.AddInstant(from);
        return await LoadAsync(await IdsAsync(command, cancellationToken), cancellationToken);
    }

    private async Task<IReadOnlyList<(Meeting Meeting, MeetingGuest Organizer)>> LoadAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        if (ids.Length == 0)
            return [];
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        Dictionary<Guid, StoredMeeting> stored = await LoadMeetings.ExecuteAsync(connection, ids, cancellationToken);
        return [.. ids.Where(stored.ContainsKey).Select(id => (stored[id].Meeting, new MeetingGuest(stored[id].Invitees[0].Name, stored[id].Invitees[0].Email)))];
    }

    private static async Task<Guid[]> IdsAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        List<Guid> ids = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            ids.Add(reader.GetGuid(0));
        return [.. ids];
    }
}
