using System.Text.Json;
using Npgsql;

namespace EngagementFlows.Postgres.Mail;

/// <summary>What a person decides about a mail that did not end well.</summary>
public enum MailDecision
{
    /// <summary>An uncertain mail did reach its reader.</summary>
    Arrived,

    /// <summary>An uncertain or refused mail is to be sent (again), whatever its reader may have.</summary>
    SendAgain,

    /// <summary>An uncertain or refused mail is not to be sent any more; nobody is asked about it again.</summary>
    LetBe,
}

/// <summary>Records what a person decided about an uncertain or refused mail, and the audit entry of it.</summary>
/// <remarks>Race-safe: the decision holds for the attempt that the person saw. One who decides after another, or about an attempt that is over, decides nothing.</remarks>
public sealed class SettleMail(NpgsqlDataSource dataSource)
{
    // Letting it be counts as an attempt: the state that it leaves may be decided about too, but not by somebody who still saw the one before.
    private const string Sql = """
        with settled as (
          update outbox o
          set state = case $3 when 'Arrived' then 'accepted' when 'SendAgain' then 'pending' else 'rejected' end,
              ended_at = case when $3 <> 'SendAgain' then coalesce($6, now()) end,
              due_at = case when $3 = 'SendAgain' then coalesce($6, now()) else o.due_at end,
              attempt = case when $3 = 'LetBe' then o.attempt + 1 else o.attempt end,
              let_be_at = case when $3 = 'LetBe' then coalesce($6, now()) end,
              failing_since = null
          from mail m
          where o.id = $1 and m.id = o.id and m.erased_at is null and o.attempt = $2 and (o.state = 'uncertain' or (o.state = 'rejected' and ($3 = 'SendAgain' or ($3 = 'LetBe' and o.let_be_at is null))))
          returning m.engagement_id
        )
        select append_audit(coalesce('engagement/' || engagement_id, 'administration'), coalesce($6, now()), $4, 'MailSettled', 'mail/' || $1, $5)
        from settled
        """;

    /// <summary>Settles a mail; returns whether it still stood as the person saw it.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="attempt">The number of its last attempt, as the person saw it.</param>
    /// <param name="decision">What he decides.</param>
    /// <param name="reason">Why.</param>
    /// <param name="by">Who, for the audit.</param>
    /// <param name="now">The instant, or <see langword="null"/> for the database's clock.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public async Task<bool> ExecuteAsync(Guid mail, int attempt, MailDecision decision, string reason, string by, DateTimeOffset? now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(mail);
        command.Parameters.AddInteger(attempt);
        command.Parameters.AddText(decision.ToString());
        command.Parameters.AddText(by);
        command.Parameters.AddJson(JsonSerializer.Serialize(new { decision = decision.ToString(), attempt, reason }));
        command.Parameters.AddInstant(now);
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }
}
