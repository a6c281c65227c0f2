using EngagementFlows.Postgres.Outbox;
using Npgsql;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>Ends a claimed reminder whose meeting no longer stands as it says, so that nobody tries it again; leaves any other mail alone.</summary>
internal static class DropOutdatedReminder
{
    // The condition is that of BeginSending, the other way round.
    private const string Sql = """
        update outbox
        set state = 'rejected', ended_at = coalesce($3, now()), let_be_at = coalesce($3, now()), lease_owner = null, lease_expires_at = null, failing_since = null,
            answer = 'Not sent: the meeting was moved, called off or declined, or is over.'
        where id = $1 and state = 'claimed' and lease_owner = $2
          and exists (
            select 1
            from meeting_reminder r
            join meeting g on g.id = r.meeting_id
            join meeting_invitee i on i.meeting_id = r.meeting_id and i.position = r.position
            left join instance n on n.id = g.instance_id
            where r.mail_id = $1
              and (g.state <> 'planned' or g.sequence <> r.sequence or g.starts_at <= coalesce($3, now()) or i.answer = 'declined' or n.status = 'cancelled'))
        """;

    public static async Task ExecuteAsync(NpgsqlDataSource dataSource, ClaimedEffect effect, Guid owner, DateTimeOffset? now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(effect.Id);
        command.Parameters.AddUuid(owner);
        command.Parameters.AddInstant(now);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
