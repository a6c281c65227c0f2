using EngagementFlows.Engagements.Meetings;
using Npgsql;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>Loads meetings with everybody who is invited.</summary>
internal static class LoadMeetings
{
    private const string Sql = """
        select g.id, g.engagement_id, g.instance_id, g.series, g.title_en, g.title_zh, g.agenda_en, g.agenda_zh, g.audience, g.place, g.starts_at, g.ends_at, g.zone, g.state, g.sequence,
               i.position, i.person_id, i.contact_id, coalesce(p.name, c.name), coalesce(p.email, c.email), coalesce(p.language, c.language), coalesce(p.zone, c.zone), i.answer, i.proposed_at,
               coalesce(p.is_active, true), g.revision, g.link_id,
               (select f.id from meeting f where f.engagement_id = g.engagement_id and f.series = g.series order by f.created_at, f.id limit 1)
        from meeting g
        join meeting_invitee i on i.meeting_id = g.id
        left join person p on p.id = i.person_id
        left join contact c on c.id = i.contact_id
        where g.id = any ($1) or (g.instance_id = any ($2) and g.state = 'planned')
        order by g.id, i.position
        """;

    public static Task<Dictionary<Guid, StoredMeeting>> ExecuteAsync(NpgsqlConnection connection, Guid[] meetings, CancellationToken cancellationToken) =>
        ExecuteAsync(connection, meetings, [], cancellationToken);

    /// <summary>Loads them, and those that instances arranged and that are still planned.</summary>
    public static async Task<Dictionary<Guid, StoredMeeting>> ExecuteAsync(NpgsqlConnection connection, Guid[] meetings, Guid[] plannedOf, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuids(meetings);
        command.Parameters.AddUuids(plannedOf);
        Dictionary<Guid, StoredMeeting> found = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            Guid id = reader.GetGuid(0);
            StoredMeeting meeting = found.GetValueOrDefault(id) ?? new(MeetingOf(reader), []) { Revision = reader.GetInt64(25), LinkId = reader.Uuid(26) };
            found[id] = meeting with { Invitees = [.. meeting.Invitees, InviteeOf(reader)] };
        }

        return found;
    }

    private static Meeting MeetingOf(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        EngagementId = reader.GetGuid(1),
        InstanceId = reader.Uuid(2),
        Series = reader.Text(3),
        SeriesFirst = reader.Uuid(27) is { } first && first != reader.GetGuid(0) ? first : null,
        Title = reader.Localized(4),
        Agenda = reader.IsDBNull(6) ? null : reader.Localized(6),
        Audience = MeetingText.AudienceOf(reader.GetString(8)),
        Place = reader.Text(9),
        StartsAt = reader.Instant(10),
        EndsAt = reader.Instant(11),
        Zone = reader.GetString(12),
        State = MeetingText.StateOf(reader.GetString(13)),
        Sequence = reader.GetInt32(14),
    };

    private static MeetingInvitee InviteeOf(NpgsqlDataReader reader) =>
        new(reader.GetInt16(15), reader.Uuid(16), reader.Uuid(17), reader.GetString(18), reader.GetString(19), reader.GetString(20), reader.GetString(21))
        {
            Answer = MeetingText.AnswerOf(reader.GetString(22)),
            ProposedAt = reader.OptionalInstant(23),
            IsActive = reader.GetBoolean(24),
        };
}
