using EngagementFlows.Engagements.Meetings;
using Npgsql;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>Makes a link by which the contact answers to the new time of a meeting, in the transaction of a person who moves it: the link that invited him is used up.</summary>
/// <remarks>
/// Only where an answer has a wait to go to, which is the one for the meeting's end, and where he was asked by a link before. Whoever proposed the new time has answered. The caller holds the
/// instance's row, so that the wait stands until he commits.
/// </remarks>
internal static class InviteAnew
{
    private const string Sql = """
        with made as (
          insert into link (id, instance_id, bookmark_id, engagement_id, contact_id, definition_version_id, form_path, may_decline, issued_at, expires_at, sent_to)
          select $2, b.instance_id, b.id, asked.engagement_id, k.id, asked.definition_version_id, asked.form_path, asked.may_decline, $3, $4, k.email
          from meeting g
          join link asked on asked.id = g.link_id
          join bookmark b on b.instance_id = g.instance_id and b.key = g.id::text and b.name = $5
          join meeting_invitee i on i.meeting_id = g.id and i.contact_id = asked.contact_id and i.proposed_at is distinct from $4
          join contact k on k.id = i.contact_id
          where g.id = $1
          returning id
        )
        update meeting set link_id = made.id from made where meeting.id = $1
        """;

    /// <summary>Makes it; returns whether there is one now.</summary>
    /// <param name="connection">A connection with the transaction that moves the meeting.</param>
    /// <param name="meeting">The meeting.</param>
    /// <param name="link">The id of the new link.</param>
    /// <param name="startsAt">The new time; the link is dead from then.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public static async Task<bool> ExecuteAsync(NpgsqlConnection connection, Guid meeting, Guid link, DateTimeOffset startsAt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuid(meeting);
        command.Parameters.AddUuid(link);
        command.Parameters.AddInstant(now);
        command.Parameters.AddInstant(startsAt);
        command.Parameters.AddText(CollectMinutes.OverWait);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }
}
