using Npgsql;

namespace EngagementFlows.Postgres.Outbox;

/// <summary>Records, just before it, that an effect is about to be sent. From here on only a person may have it sent again.</summary>
internal static class BeginSending
{
    // A reminder of a meeting reads it again here, in the statement from which on it counts as sent: who moves the meeting or calls it off takes the row back (KillReminders),
    // so one of the two comes first. That it is over, nobody needs to tell. Of other effects this costs one look into an index.
    private const string Sql = """
        update outbox
        set state = 'sending', lease_expires_at = coalesce($5, now()) + $4
        where id = $1 and state = 'claimed' and lease_owner = $2 and attempt = $3 and lease_expires_at > coalesce($5, now())
          and not exists (
            select 1
            from meeting_reminder r
            join meeting g on g.id = r.meeting_id
            join meeting_invitee i on i.meeting_id = r.meeting_id and i.position = r.position
            left join instance n on n.id = g.instance_id
            where r.mail_id = $1
              and (g.state <> 'planned' or g.sequence <> r.sequence or g.starts_at <= coalesce($5, now()) or i.answer = 'declined' or n.status = 'cancelled'))
        """;

    /// <summary>Returns whether the lease still held and a reminder's meeting stands as it says; if not, nothing may be sent.</summary>
    public static async Task<bool> ExecuteAsync(
        NpgsqlDataSource dataSource, ClaimedEffect effect, Guid owner, TimeSpan lease, DateTimeOffset? now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(effect.Id);
        command.Parameters.AddUuid(owner);
        command.Parameters.AddInteger(effect.Attempt);
        command.Parameters.AddInterval(lease);
        command.Parameters.AddInstant(now);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
