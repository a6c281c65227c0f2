using System.Text.Json;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Engagements;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Postgres.Timeline;
using Npgsql;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>A meeting that a member of staff wants to arrange.</summary>
/// <param name="Meeting">The meeting, of no instance; its id makes sure that it is arranged once.</param>
/// <param name="Colleagues">Members of staff who are invited besides owner and architect.</param>
/// <param name="By">Who arranges it, for the audit.</param>
/// <param name="ActorName">His name, for the timeline.</param>
/// <param name="Message">What the invitation says besides, or <see langword="null"/>.</param>
public sealed record MeetingWanted(Meeting Meeting, IReadOnlyList<Guid> Colleagues, string By, string ActorName, string? Message);

/// <summary>Arranges a single meeting by the hand of a member of staff: no flow stands behind it.</summary>
/// <remarks>
/// One transaction: meeting, invitations with their calendar entries, reminders on the working day before, timeline and audit, written by what writes them for flows. It takes the client's row
/// for reading, as an erasure begins with it. The client answers by mail, since nothing waits for him.
/// </remarks>
public sealed class ArrangeMeeting(NpgsqlDataSource dataSource, MailSettings settings, TimeZoneInfo office, CommitSignals signals)
{
    private const string LockSql = "select 1 from client where id = (select client_id from engagement where id = $1) for key share";

    private const string ThereSql = "select 1 from meeting where id = $1";

    /// <summary>Arranges it; one that is there already, by its id, stays as it is, and is done.</summary>
    /// <param name="wanted">The meeting.</param>
    /// <param name="now">The instant.</param>
    /// <param name="alsoCommit">What is to be in the same commit.</param>
    /// <param name="cancellationToken">Ends the act; nothing is done then.</param>
    /// <returns><see cref="MeetingVerdict.Done"/>, or why not: <see cref="MeetingVerdict.Unknown"/> if there is no such engagement.</returns>
    public async Task<MeetingVerdict> ExecuteAsync(MeetingWanted wanted, DateTimeOffset now, Func<NpgsqlTransaction, Task> alsoCommit, CancellationToken cancellationToken)
    {
        Meeting meeting = wanted.Meeting;
        if (meeting.StartsAt <= now)
            return MeetingVerdict.TimeIsOver;
        if (MeetingTime.IsFar(meeting.StartsAt, now))
            return MeetingVerdict.TimeIsFar;
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await IsThereAsync(connection, LockSql, meeting.EngagementId, cancellationToken))
            return MeetingVerdict.Unknown;
        if (await IsThereAsync(connection, ThereSql, meeting.Id, cancellationToken))
            return MeetingVerdict.Done;
        MeetingNotice notice = new($"meeting/{meeting.Id:N}/by-hand/", "", [])
        {
            ReminderAt = await MeetingReminders.AtAsync(connection, meeting, meeting.StartsAt, office, now, cancellationToken),
            Message = wanted.Message,
        };
        MeetingPlanned planned = new(meeting) { Notice = notice, Colleagues = wanted.Colleagues };
        EffectSources sources = await EffectSources.ReadAsync(connection, planned, cancellationToken);
        if (sources.Engagements[meeting.EngagementId].Client.ErasedAt is not null)
            return MeetingVerdict.Erased;
        EffectCommands commands = new(sources, settings, now);
        try
        {
            commands.Add(InstanceOf(meeting, now), planned);
        }
        catch (MendableEffectException)
        {
            // The letters are the house's own: it is about who is invited.
            return MeetingVerdict.NotToInvite;
        }

        await using NpgsqlBatch batch = new(connection, transaction);
        commands.AppendTo(batch);
        LocalizedText time = MeetingTime.Text(meeting.StartsAt, TimeZoneInfo.FindSystemTimeZoneById(meeting.Zone));
        batch.BatchCommands.Add(InsertTimelineEntries.Create([new(
            TimeOrderedId.Create(now), meeting.EngagementId, now, TimelineKinds.Note,
            $"Meeting arranged: {meeting.Title.En}, {time.En}", $"已安排会议：{meeting.Title.ZhCn}，{time.ZhCn}", wanted.ActorName, null, meeting.Id)]));
        string detail = JsonSerializer.Serialize(new { meeting.StartsAt, meeting.EndsAt, Audience = MeetingText.Of(meeting.Audience), wanted.Colleagues }, JsonSerializerOptions.Web);
        batch.BatchCommands.Add(AppendAudit.Create(new($"engagement/{meeting.EngagementId:D}", wanted.By, "MeetingArranged", $"meeting/{meeting.Id:D}", detail), now));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await alsoCommit(transaction);
        await transaction.CommitAsync(cancellationToken);
        signals.OutboxDue();
        return MeetingVerdict.Done;
    }

    private static async Task<bool> IsThereAsync(NpgsqlConnection connection, string sql, Guid id, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(sql, connection);
        command.Parameters.AddUuid(id);
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    /// <summary>Returns what letters of the house and their keys need of the instance that arranged a meeting; they take none whose id is empty.</summary>
    internal static WorkflowInstance InstanceOf(Meeting meeting, DateTimeOffset now) => new()
    {
        Id = meeting.InstanceId ?? Guid.Empty,
        DefinitionId = "",
        DefinitionVersionId = "",
        Version = 0,
        Status = InstanceStatus.Suspended,
        Revision = 0,
        CreatedAt = now,
        UpdatedAt = now,
        State = default,
    };
}
