using System.Text.Json;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Engagements;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Postgres.Timeline;
using Npgsql;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>Who changes a meeting, and why.</summary>
/// <param name="MeetingId">The meeting.</param>
/// <param name="Revision">The revision that the person saw; <see langword="null"/> = any.</param>
/// <param name="By">Who, for the audit.</param>
/// <param name="ActorName">His name, for the timeline.</param>
/// <param name="Reason">Why; it stays in the house.</param>
/// <param name="Message">What those who are invited read besides, or <see langword="null"/>.</param>
public sealed record MeetingAct(Guid MeetingId, long? Revision, string By, string ActorName, string Reason, string? Message);

/// <summary>What became of an act on a meeting.</summary>
public enum MeetingVerdict
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>There is no such meeting.</summary>
    Unknown,

    /// <summary>It is held, missed, called off, or its time is over.</summary>
    Over,

    /// <summary>Somebody changed it since it was seen.</summary>
    ChangedMeanwhile,

    /// <summary>The new time does not lie ahead.</summary>
    TimeIsOver,

    /// <summary>The new time lies further ahead than <see cref="MeetingTime.MostYears"/>.</summary>
    TimeIsFar,

    /// <summary>Its client was erased.</summary>
    Erased,

    /// <summary>Somebody who is to be invited cannot be: he is no active member of staff, does not read the file, or the engagement is the firm's own and has no client.</summary>
    NotToInvite,
}

/// <summary>Moves a meeting or calls it off by the hand of a member of staff.</summary>
/// <remarks>
/// One transaction: meeting, answers, reminders, letters with their calendar entries, timeline, audit, the contact's link and the waits of flows. It takes the client's row for reading,
/// as an erasure begins with it, then the contact's link, as an answer does, and then the instance, as commits of flows do, so that they come one after the other and never wait in a circle; a flow that changes the same meeting reads it again. A reminder that is not on its way dies with it.
/// </remarks>
public sealed class ChangeMeeting(NpgsqlDataSource dataSource, MailSettings settings, TimeZoneInfo office, CommitSignals signals)
{
    private const string LockClientSql = """
        select 1 from client where id = (select e.client_id from meeting g join engagement e on e.id = g.engagement_id where g.id = $1) for key share
        """;

    private const string LockLinksSql = """
        select l.id from link l where l.bookmark_id = (select asked.bookmark_id from meeting g join link asked on asked.id = g.link_id where g.id = $1) order by l.id for no key update
        """;

    private const string LockInstanceSql = """
        select i.definition_id, i.definition_version_id, i.version from instance i where i.id = (select instance_id from meeting where id = $1) for update
        """;

    private const string LockMeetingSql = "select 1 from meeting where id = $1 for update";

    // A meeting that came too soon for a reminder gets one when it is moved further away.
    private const string RemindsSql = """
        select exists (select 1 from meeting_reminder r where r.meeting_id = g.id) or g.starts_at - g.created_at < interval '4 days' from meeting g where g.id = $1
        """;

    /// <summary>Moves it.</summary>
    /// <param name="act">Who and why.</param>
    /// <param name="startsAt">When it begins.</param>
    /// <param name="length">How long it takes; <see langword="null"/> = as long as before.</param>
    /// <param name="place">Where; <see langword="null"/> = where it was.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancellationToken">Ends the act; nothing is done then.</param>
    public async Task<MeetingVerdict> MoveAsync(MeetingAct act, DateTimeOffset startsAt, TimeSpan? length, string? place, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (startsAt <= now)
            return MeetingVerdict.TimeIsOver;
        if (MeetingTime.IsFar(startsAt, now))
            return MeetingVerdict.TimeIsFar;
        return await ActAsync(act, now, async (connection, meeting) =>
        {
            DateTimeOffset endsAt = startsAt + (length ?? meeting.Meeting.EndsAt - meeting.Meeting.StartsAt);
            TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(meeting.Meeting.Zone);
            LocalizedText time = MeetingTime.Text(startsAt, zone);
            LiveLink? link = await LiveLinkAsync(connection, meeting, cancellationToken);
            Guid anew = TimeOrderedId.Create(now);
            bool isAskedAnew = link is null && await InviteAnew.ExecuteAsync(connection, act.MeetingId, anew, startsAt, now, cancellationToken);
            MeetingNotice notice = NoticeOf(act, meeting) with
            {
                ReminderAt = await RemindAtAsync(connection, meeting, startsAt, now, cancellationToken),
                LinkId = isAskedAnew ? anew : link?.Id,
                AnswerBy = isAskedAnew ? startsAt : link is null ? null : link.ExpiresAt < startsAt ? link.ExpiresAt : startsAt,
            };
            return new Plan(
                new MeetingMoved(act.MeetingId, meeting.Meeting.EngagementId, startsAt, endsAt, place) { Notice = notice },
                new($"Meeting moved: {meeting.Meeting.Title.En}, {time.En} – {act.Reason}", $"会议改期：{meeting.Meeting.Title.ZhCn}，{time.ZhCn}（{act.Reason}）"),
                "MeetingMoved",
                new { act.Reason, from = meeting.Meeting.StartsAt, to = startsAt, place },
                [HastenMeetingWaits.Create(act.MeetingId, endsAt, meeting.LinkId, startsAt)]);
        }, cancellationToken);
    }

    /// <summary>Calls it off.</summary>
    /// <param name="act">Who and why.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancellationToken">Ends the act; nothing is done then.</param>
    public Task<MeetingVerdict> CancelAsync(MeetingAct act, DateTimeOffset now, CancellationToken cancellationToken) => ActAsync(act, now, (_, meeting) =>
    {
        List<NpgsqlBatchCommand> also = [HastenMeetingWaits.Create(act.MeetingId, now, meeting.LinkId, now)];
        if (meeting.LinkId is { } link)
            also.Add(EndLink.Create(link, now));
        return Task.FromResult(new Plan(
            new MeetingCancelled(act.MeetingId, meeting.Meeting.EngagementId) { Notice = NoticeOf(act, meeting) },
            new($"Meeting cancelled: {meeting.Meeting.Title.En} – {act.Reason}", $"会议取消：{meeting.Meeting.Title.ZhCn}（{act.Reason}）"),
            "MeetingCancelled",
            new { act.Reason },
            also));
    }, cancellationToken);

    private async Task<MeetingVerdict> ActAsync(MeetingAct act, DateTimeOffset now, Func<NpgsqlConnection, StoredMeeting, Task<Plan>> plan, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ScalarAsync(connection, LockClientSql, act.MeetingId, cancellationToken);
        await ScalarAsync(connection, LockLinksSql, act.MeetingId, cancellationToken);
        (string Definition, string VersionId, int Version)? flow = await LockInstanceAsync(connection, act.MeetingId, cancellationToken);
        await ScalarAsync(connection, LockMeetingSql, act.MeetingId, cancellationToken);
        if (!(await LoadMeetings.ExecuteAsync(connection, [act.MeetingId], cancellationToken)).TryGetValue(act.MeetingId, out StoredMeeting? meeting))
            return MeetingVerdict.Unknown;
        if (act.Revision is { } seen && seen != meeting.Revision)
            return MeetingVerdict.ChangedMeanwhile;
        if (meeting.Meeting.State != MeetingState.Planned || meeting.Meeting.EndsAt <= now)
            return MeetingVerdict.Over;
        Plan planned = await plan(connection, meeting);
        EffectCommands commands = new(await EffectSources.ReadAsync(connection, planned.Effect, cancellationToken), settings, now);
        try
        {
            commands.Add(InstanceOf(meeting.Meeting, flow, now), planned.Effect);
        }
        catch (MendableEffectException)
        {
            // The letters are the house's own and can always be written: there is nobody to write to.
            return MeetingVerdict.Erased;
        }

        await using NpgsqlBatch batch = new(connection, transaction);
        commands.AppendTo(batch);
        foreach (NpgsqlBatchCommand command in planned.Also)
            batch.BatchCommands.Add(command);
        Guid engagement = meeting.Meeting.EngagementId;
        Guid? instance = flow is null ? null : meeting.Meeting.InstanceId;
        batch.BatchCommands.Add(InsertTimelineEntries.Create([new(
            TimeOrderedId.Create(now), engagement, now, TimelineKinds.Note, planned.Entry.En, planned.Entry.ZhCn, act.ActorName, instance, act.MeetingId)]));
        batch.BatchCommands.Add(AppendAudit.Create(new($"engagement/{engagement:D}", act.By, planned.Act, $"meeting/{act.MeetingId:D}", JsonSerializer.Serialize(planned.Detail, JsonSerializerOptions.Web)), now));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signals.OutboxDue();
        signals.InboxDue(now);
        return MeetingVerdict.Done;
    }

    private static MeetingNotice NoticeOf(MeetingAct act, StoredMeeting meeting) =>
        new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"meeting/{act.MeetingId:N}/by-hand-{meeting.Revision + 1}/"), "", []) { Message = act.Message };

    private async Task<DateTimeOffset?> RemindAtAsync(NpgsqlConnection connection, StoredMeeting meeting, DateTimeOffset startsAt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await ScalarAsync(connection, RemindsSql, meeting.Meeting.Id, cancellationToken) is not true)
            return null;
        return await MeetingReminders.AtAsync(connection, meeting.Meeting, startsAt, office, now, cancellationToken);
    }

    private static async Task<LiveLink?> LiveLinkAsync(NpgsqlConnection connection, StoredMeeting meeting, CancellationToken cancellationToken) =>
        meeting.LinkId is { } link && (await FindLiveLinks.ExecuteAsync(connection, [link], cancellationToken)).TryGetValue(link, out LiveLink? live) ? live : null;

    private static async Task<(string Definition, string VersionId, int Version)?> LockInstanceAsync(NpgsqlConnection connection, Guid meeting, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(LockInstanceSql, connection);
        command.Parameters.AddUuid(meeting);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetString(0), reader.GetString(1), reader.GetInt32(2)) : null;
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, Guid meeting, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(sql, connection);
        command.Parameters.AddUuid(meeting);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    // What the letters and their keys need of the flow that arranged it; an instance that was removed leaves its meetings.
    private static WorkflowInstance InstanceOf(Meeting meeting, (string Definition, string VersionId, int Version)? flow, DateTimeOffset now) => new()
    {
        Id = meeting.InstanceId ?? Guid.Empty,
        DefinitionId = flow?.Definition ?? "",
        DefinitionVersionId = flow?.VersionId ?? "",
        Version = flow?.Version ?? 0,
        Status = InstanceStatus.Suspended,
        Revision = 0,
        CreatedAt = now,
        UpdatedAt = now,
        State = default,
    };

    /// <param name="Effect">What becomes of the meeting.</param>
    /// <param name="Entry">What the timeline tells.</param>
    /// <param name="Act">What the audit calls it.</param>
    /// <param name="Detail">What the audit keeps of it.</param>
    /// <param name="Also">What else is to be done.</param>
    private sealed record Plan(MeetingEffect Effect, LocalizedText Entry, string Act, object Detail, IReadOnlyList<NpgsqlBatchCommand> Also);
}
