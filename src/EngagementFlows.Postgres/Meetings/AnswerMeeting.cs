using System.Text.Json;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine;
using EngagementFlows.Postgres.Timeline;
using Npgsql;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>Keeps what a member of staff answers to an invitation. One who declines is not reminded while that stands.</summary>
public sealed class AnswerMeeting(NpgsqlDataSource dataSource)
{
    // The meeting's row first: whoever moves it at this moment comes before, and the answer was to another time. The first of those who are invited arranged it:
    // he moves it or calls it off. The audit entry is written by the statement that acts: there is none without the other.
    private const string Sql = """
        with asked as (
          select id, engagement_id, title_en, title_zh, zone, state = 'planned' and ends_at > $6 as is_open, revision = $9 as is_as_seen from meeting where id = $1 for no key update
        ), answered as (
          update meeting_invitee i
          set answer = $3, answered_at = $6, proposed_at = $4, comment = $5
          from asked
          where i.meeting_id = asked.id and i.person_id = $2 and i.position > 1 and asked.is_open and asked.is_as_seen
          returning 1
        )
        select is_as_seen, engagement_id, title_en, title_zh, zone,
               (select append_audit('engagement/' || engagement_id, $6, $7, 'MeetingAnswered', 'meeting/' || $1, $8::json) from answered)
        from asked
        """;

    /// <summary>Keeps it, if the meeting still stands as it was seen.</summary>
    /// <returns>
    /// <see cref="MeetingVerdict.Done"/>, <see cref="MeetingVerdict.Unknown"/>, <see cref="MeetingVerdict.ChangedMeanwhile"/>, or <see cref="MeetingVerdict.Over"/> if it is over or the person
    /// is not invited to it, or arranged it himself.
    /// </returns>
    /// <param name="meeting">The meeting.</param>
    /// <param name="revision">The revision that the person saw.</param>
    /// <param name="person">Who answers.</param>
    /// <param name="personName">His name, for the timeline.</param>
    /// <param name="by">Who acts, for the audit.</param>
    /// <param name="answer">The answer; not <see cref="MeetingAnswer.None"/>.</param>
    /// <param name="proposedAt">When he would come; with <see cref="MeetingAnswer.Proposed"/> and only then.</param>
    /// <param name="comment">What he says with it, or <see langword="null"/>.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancellationToken">Ends the statement; nothing is done then.</param>
    public async Task<MeetingVerdict> ExecuteAsync(
        Guid meeting, long revision, Guid person, string personName, string by, MeetingAnswer answer, DateTimeOffset? proposedAt, string? comment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        (Guid Engagement, LocalizedText Title, string Zone) found;
        await using (NpgsqlCommand command = new(Sql, connection, transaction))
        {
            command.Parameters.AddUuid(meeting);
            command.Parameters.AddUuid(person);
            command.Parameters.AddText(MeetingText.Of(answer));
            command.Parameters.AddInstant(proposedAt);
            command.Parameters.AddText(comment);
            command.Parameters.AddInstant(now);
            command.Parameters.AddText(by);
            command.Parameters.AddText(JsonSerializer.Serialize(new { answer = MeetingText.Of(answer), proposedAt }));
            command.Parameters.AddBigint(revision);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            if (!await reader.ReadAsync(cancellationToken))
                return MeetingVerdict.Unknown;
            if (!reader.GetBoolean(0))
                return MeetingVerdict.ChangedMeanwhile;
            if (reader.IsDBNull(5))
                return MeetingVerdict.Over;
            found = (reader.GetGuid(1), reader.Localized(2), reader.GetString(4));
        }

        await using NpgsqlBatch batch = new(connection, transaction);
        LocalizedText words = Words(found.Title, answer, proposedAt, TimeZoneInfo.FindSystemTimeZoneById(found.Zone));
        LocalizedText entry = comment is null ? words : new($"{words.En} – {comment}", $"{words.ZhCn}（{comment}）");
        batch.BatchCommands.Add(InsertTimelineEntries.Create([new(TimeOrderedId.Create(now), found.Engagement, now, TimelineKinds.Note, entry.En, entry.ZhCn, personName, null, meeting)]));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return MeetingVerdict.Done;
    }

    private static LocalizedText Words(LocalizedText title, MeetingAnswer answer, DateTimeOffset? proposedAt, TimeZoneInfo zone) => (answer, proposedAt) switch
    {
        (MeetingAnswer.Declined, _) => new($"Invitation declined: {title.En}", $"谢绝会议邀请：{title.ZhCn}"),
        (MeetingAnswer.Proposed, { } at) when MeetingTime.Text(at, zone) is var time => new($"Another time proposed: {title.En}, {time.En}", $"提出其他时间：{title.ZhCn}，{time.ZhCn}"),
        _ => new($"Invitation accepted: {title.En}", $"接受会议邀请：{title.ZhCn}"),
    };
}
