using Npgsql;

namespace EngagementFlows.Postgres.Links;

/// <summary>Uses an open link up, and the code that confirms it where it asks for one, as a guard of the caller's commit: of any number of posts at once, one holds.</summary>
internal static class ConsumeLink
{
    /// <summary>What the caller is told if the link was used, ended or ran out in the meantime.</summary>
    public const string TooLate = "The link was answered, ended or ran out in the meantime. Open it again to see how it stands.";

    // The code was typed rightly a moment ago; here it must still be the newest one and in time.
    private const string Sql = """
        with confirmed as (
          update link_code set ended_at = $3, used_at = $3
          where id = $5 and link_id = $1 and ended_at is null and expires_at > $3
          returning 1
        ), used as (
          update link set state = 'consumed', closed_at = $3, outcome = $2
          where id = $1 and state_of_link(link) = 'open' and expires_at > $3 and (may_decline or $2 <> 'Declined') and (not confirm_by_code or exists (select 1 from confirmed))
            and message is not distinct from $6
          returning 1
        )
        select require_rows(count(*), 1, $4) from used
        """;

    /// <param name="link">The link.</param>
    /// <param name="outcome">How it was answered.</param>
    /// <param name="code">The code that confirms it, or <see langword="null"/>.</param>
    /// <param name="message">What its page says: if that changed since it was read, what was asked is no longer what is answered.</param>
    /// <param name="now">The instant.</param>
    public static NpgsqlBatchCommand Create(Guid link, string outcome, Guid? code, string? message, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(link);
        command.Parameters.AddText(outcome);
        command.Parameters.AddInstant(now);
        command.Parameters.AddText(TooLate);
        command.Parameters.AddUuid(code);
        command.Parameters.AddText(message);
        return command;
    }
}
