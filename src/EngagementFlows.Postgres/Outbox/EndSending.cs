using Npgsql;

namespace EngagementFlows.Postgres.Outbox;

/// <summary>Records how an attempt ended; fenced by owner and attempt, so that nobody overwrites what another one found.</summary>
/// <remarks>Of an attempt that was given up as uncertain because its lease ran out, the truth may still come: nobody but that attempt can know it, so
/// it replaces the doubt as long as no person has decided.</remarks>
internal static class EndSending
{
    // The reason is not one of a rider: an attempt that lost its row must not tell the instance either.
    private const string Sql = """
        with ended as (
          update outbox
          set state = $4, lease_owner = null, lease_expires_at = null, answer = $5, due_at = coalesce($6, due_at), failing_since = $8,
              ended_at = case when $4 in ('accepted', 'rejected', 'uncertain') then coalesce($7, now()) end
          where id = $1 and attempt = $3 and ((state in ('claimed', 'sending') and lease_owner = $2) or state = 'uncertain')
          returning 1
        )
        select require_rows(count(*), 1, 'lease lost') from ended
        """;

    public static NpgsqlBatchCommand Create(ClaimedEffect effect, Guid owner, string state, string? answer, DateTimeOffset? dueAt, DateTimeOffset? failingSince, DateTimeOffset? now)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(effect.Id);
        command.Parameters.AddUuid(owner);
        command.Parameters.AddInteger(effect.Attempt);
        command.Parameters.AddText(state);
        command.Parameters.AddText(answer?.Replace('\0', '\uFFFD'));
        command.Parameters.AddInstant(dueAt);
        command.Parameters.AddInstant(now);
        command.Parameters.AddInstant(failingSince);
        return command;
    }
}
