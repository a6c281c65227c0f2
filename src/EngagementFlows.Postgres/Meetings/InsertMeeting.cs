using EngagementFlows.Engagements.Meetings;
using Npgsql;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>Stores a new meeting with those who are invited, in the caller's commit.</summary>
internal static class InsertMeeting
{
    private const string Sql = """
        with made as (
          insert into meeting (id, engagement_id, instance_id, series, title_en, title_zh, agenda_en, agenda_zh, audience, place, starts_at, ends_at, zone, created_at, link_id)
          values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $19)
          returning id
        )
        insert into meeting_invitee (meeting_id, position, person_id, contact_id, answer, answered_at)
        select made.id, i.position, i.person_id, i.contact_id, i.answer, case when i.answer <> 'none' then $14::timestamptz end
        from made, unnest($15::int[], $16::uuid[], $17::uuid[], $18::text[]) i (position, person_id, contact_id, answer)
        """;

    public static NpgsqlBatchCommand Create(StoredMeeting stored, DateTimeOffset now)
    {
        Meeting meeting = stored.Meeting;
        NpgsqlBatchCommand command = new(Sql);
        NpgsqlParameterCollection parameters = command.Parameters;
        parameters.AddUuid(meeting.Id);
        parameters.AddUuid(meeting.EngagementId);
        parameters.AddUuid(meeting.InstanceId);
        parameters.AddText(meeting.Series);
        parameters.AddText(meeting.Title.En);
        parameters.AddText(meeting.Title.ZhCn);
        parameters.AddText(meeting.Agenda?.En);
        parameters.AddText(meeting.Agenda?.ZhCn);
        parameters.AddText(MeetingText.Of(meeting.Audience));
        parameters.AddText(meeting.Place);
        parameters.AddInstant(meeting.StartsAt);
        parameters.AddInstant(meeting.EndsAt);
        parameters.AddText(meeting.Zone);
        parameters.AddInstant(now);
        parameters.AddIntegers([.. stored.Invitees.Select(invitee => invitee.Position)]);
        parameters.AddUuids([.. stored.Invitees.Select(invitee => invitee.PersonId)]);
        parameters.AddUuids([.. stored.Invitees.Select(invitee => invitee.ContactId)]);
        parameters.AddTexts([.. stored.Invitees.Select(invitee => MeetingText.Of(invitee.Answer))]);
        parameters.AddUuid(stored.LinkId);
        return command;
    }
}
