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
    // The first of those who are invited arranged it: he moves it or calls it off. The audit entry is written by the statement that acts: there is none without the other.
    private const string Sql = """
        with answered as (
          update meeting_invitee i
          set answer = $3, answered_at = $6, proposed_at = $4, comment = $5
          from meeting g
          where g.id = i.meeting_id and i.meeting_id = $1 and i.person_id = $2 and i.position > 1 and g.state = 'planned' and g.ends_at > $6
          returning g.engagement_id, g.title_en, g.title_zh, g.zone
        )
        select engagement_id, title_en, title_zh, zone, append_audit('engagement/' || engagement_id, $6, $7, 'MeetingAnswered', 'meeting/' || $1, $8::json) from answered
        """;

    /// <summary>Keeps it; returns whether the person is invited to a meeting that is still to take place, and did not arrange it himself.</summary>
    /// <param name="meeting">The meeting.</param>
    /// <param name="person">Who answers.</param>
    /// <param name="personName">His name, for the timeline.</param>
    /// <param name="by">Who acts, for the audit.</param>
    /// <param name="answer">The answer; not <see cref="MeetingAnswer.None"/>.</param>
    /// <param name="proposedAt">When he would come; with <see cref="MeetingAnswer.Proposed"/> and only then.</param>
    /// <param name="comment">What he says with it, or <see langword="null"/>.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancellationToken">Ends the statement; nothing is done then.</param>
    public async Task<bool> ExecuteAsync(
        Guid meeting, Guid person, string personName, string by, MeetingAnswer answer, DateTimeOffset? proposedAt, string? comment, DateTimeOffset now, CancellationToken cancellationToken)
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
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            if (!await reader.ReadAsync(cancellationToken))
                return false;
            found = (reader.GetGuid(0), reader.Localized(1), reader.GetString(3));
        }

        await using NpgsqlBatch batch = new(connection, transaction);
        LocalizedText words = Words(found.Title, answer, proposedAt, TimeZoneInfo.FindSystemTimeZoneById(found.Zone));
        LocalizedText entry = comment is null ? words : new($"{words.En} – {comment}", $"{words.ZhCn}（{comment}）");
        batch.BatchCommands.Add(InsertTimelineEntries.Create([new(TimeOrderedId.Create(now), found.Engagement, now, TimelineKinds.Note, entry.En, entry.ZhCn, personName, null, meeting)]));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static LocalizedText Words(LocalizedText title, MeetingAnswer answer, DateTimeOffset? proposedAt, TimeZoneInfo zone) => (answer, proposedAt) switch
    {
        (MeetingAnswer.Declined, _) => new($"Invitation declined: {title.En}", $"谢绝会议邀请：{title.ZhCn}"),
        (MeetingAnswer.Proposed, { } at) when MeetingTime.Text(at, zone) is var time => new($"Another time proposed: {title.En}, {time.En}", $"提出其他时间：{title.ZhCn}，{time.ZhCn}"),
        _ => new($"Invitation accepted: {title.En}", $"接受会议邀请：{title.ZhCn}"),
    };
}
