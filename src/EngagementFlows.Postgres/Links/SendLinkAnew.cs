using System.Text.Json;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Outbox;
using EngagementFlows.Postgres.Timeline;
using Npgsql;

namespace EngagementFlows.Postgres.Links;

/// <summary>Sends the contact a new link for a wait that goes on, in the letter in which the old one went; the old link is dead in the same commit.</summary>
/// <remarks>
/// The old link may be open or revoked. The letter goes to the contact's mail address of now: perhaps a wrong one was the reason.
/// A commit of the instance that ends the wait goes before or after as a whole, since both take the instance's row: no open link outlives its wait.
/// </remarks>
public sealed class SendLinkAnew(NpgsqlDataSource dataSource)
{
    // As an erasure begins with it: one of the two waits for the other, and never in a circle.
    private const string LockClientSql = "select 1 from client where id = (select e.client_id from link l join engagement e on e.id = l.engagement_id where l.id = $1) for key share";

    private const string LockSql = "select 1 from instance where id = (select instance_id from link where id = $1) for update";

    private const string ReplaceSql = """
        with old as (
          select l.* from link l
          where l.id = $1 and l.state in ('open', 'revoked') and l.expires_at > $2
            -- One that is to follow its contact's address may have been taken back by a person meanwhile.
            and (not $3 or l.state = 'open' and state_of_link(l) = 'revoked')
            and exists (select 1 from bookmark b where b.instance_id = l.instance_id and b.id = l.bookmark_id)
            -- A revoked one that has been followed already is not followed twice.
            and not exists (select 1 from link other where other.replaces = l.id)
            and exists (select 1 from mail m where m.link_id = l.id)
        ), dead as (
          update link set state = 'revoked', closed_at = $2 from old where link.id = old.id and link.state = 'open'
        )
        select old.instance_id, old.engagement_id from old
        """;

    private const string InsertSql = """
        insert into link (id, instance_id, bookmark_id, engagement_id, contact_id, definition_version_id, form_path, may_decline, message, document_version_id, prefill, confirm_by_code, issued_at, expires_at, replaces, sent_to)
        select $2, l.instance_id, l.bookmark_id, l.engagement_id, l.contact_id, l.definition_version_id, l.form_path, l.may_decline, l.message, l.document_version_id, l.prefill, l.confirm_by_code, $3, l.expires_at,
               l.id, k.email
        from link l join contact k on k.id = l.contact_id where l.id = $1
        """;

    // The letter as it was written last, with the new link where the old one stood, and with all that went with it.
    private const string MailSql = """
        with written as (
          select * from mail where link_id = $1 order by sequence desc limit 1
        ), anew as (
          insert into mail (id, effect_key, instance_id, engagement_id, contact_id, recipient, to_emails, to_name, reply_to_email, reply_to_name, language, template, subject, html, text,
                            link_id, created_at, list_unsubscribe, calendar_method, calendar)
          select $3, $4, m.instance_id, m.engagement_id, m.contact_id, k.email, array[k.email], k.name, m.reply_to_email, m.reply_to_name, m.language, m.template, m.subject,
                 replace(m.html, $5, $6), replace(m.text, $5, $6), $2, $7, m.list_unsubscribe, m.calendar_method, replace(m.calendar, $5, $6)
          from written m
          join contact k on k.id = m.contact_id
          returning to_name
        ), files as (
          insert into mail_attachment (mail_id, position, file_name, content_type, file_hash)
          select $3, a.position, a.file_name, a.content_type, a.file_hash
          from written m
          join mail_attachment a on a.mail_id = m.id
        )
        select to_name from anew
        """;

    /// <summary>Sends; returns the new link, or <see langword="null"/> if nothing waits for an answer (any more), the link's date has passed, or a newer link was sent already.</summary>
    /// <param name="link">The link in whose place the new one stands.</param>
    /// <param name="by">Who sends it, for the audit.</param>
    /// <param name="actorName">His name, for the timeline.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancellationToken">Ends the act; nothing is done then.</param>
    public Task<Guid?> ExecuteAsync(Guid link, string by, string actorName, DateTimeOffset now, CancellationToken cancellationToken) =>
        ExecuteAsync(link, by, actorName, now, (_, _) => Task.CompletedTask, cancellationToken);

    /// <inheritdoc cref="ExecuteAsync(Guid, string, string, DateTimeOffset, CancellationToken)"/>
    /// <param name="link">The link in whose place the new one stands.</param>
    /// <param name="by">Who sends it, for the audit.</param>
    /// <param name="actorName">His name, for the timeline.</param>
    /// <param name="now">The instant.</param>
    /// <param name="alsoCommit">What is to be committed with it; it is given the new link.</param>
    /// <param name="cancellationToken">Ends the act; nothing is done then.</param>
    public Task<Guid?> ExecuteAsync(
        Guid link, string by, string actorName, DateTimeOffset now, Func<NpgsqlTransaction, Guid, Task> alsoCommit, CancellationToken cancellationToken) =>
        SendAsync(link, by, actorName, isFollowing: false, now, alsoCommit, cancellationToken);

    /// <summary>Sends a link after its contact, who has another address than the one to which it went; returns whether it was sent now.</summary>
    internal async Task<bool> FollowAsync(Guid link, DateTimeOffset now, CancellationToken cancellationToken) =>
        await SendAsync(link, "import", actorName: null, isFollowing: true, now, (_, _) => Task.CompletedTask, cancellationToken) is not null;

    private async Task<Guid?> SendAsync(
        Guid link, string by, string? actorName, bool isFollowing, DateTimeOffset now, Func<NpgsqlTransaction, Guid, Task> alsoCommit, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (string sql in new[] { LockClientSql, LockSql })
        {
            await using NpgsqlCommand takeTurn = new(sql, connection, transaction);
            takeTurn.Parameters.AddUuid(link);
            await takeTurn.ExecuteNonQueryAsync(cancellationToken);
        }

        Guid anew = TimeOrderedId.Create(now);
        if (await EndOldAsync(transaction, link, isFollowing, now, cancellationToken) is not var (instance, engagement))
            return null;
        string effectKey = $"link/{anew:N}";
        Guid mail = TimeOrderedId.Derive(now, effectKey);
        string contact = await WriteAsync(transaction, link, anew, mail, effectKey, now, cancellationToken);
        LocalizedText told = isFollowing
            ? new($"The e-mail address was changed: the link to the old one is dead, and a new one was sent to {contact}", $"电子邮箱已变更：发往原邮箱的链接已失效，已向{contact}发送新链接")
            : new($"A new link was sent to {contact}", $"已向{contact}发送新链接");
        await using NpgsqlBatch batch = new(connection, transaction);
        batch.BatchCommands.Add(InsertOutboxEntries.Create([new(mail, instance, "mail", effectKey, now, JsonSerializer.Serialize(new { mailId = mail }))], now));
        batch.BatchCommands.Add(InsertTimelineEntries.Create([new(
            TimeOrderedId.Derive(now, $"timeline/{effectKey}"), engagement, now, TimelineKinds.Mail, told.En, told.ZhCn, actorName, instance, mail)]));
        batch.BatchCommands.Add(AppendAudit.Create(new($"engagement/{engagement:D}", by, "LinkSentAnew", $"link/{link:D}", isFollowing ? JsonSerializer.Serialize(new { link = anew, reason = "The contact has another e-mail address." }) : JsonSerializer.Serialize(new { link = anew })), now));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await alsoCommit(transaction, anew);
        await transaction.CommitAsync(cancellationToken);
        return anew;
    }

    private static async Task<(Guid Instance, Guid Engagement)?> EndOldAsync(NpgsqlTransaction transaction, Guid link, bool isFollowing, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(ReplaceSql, transaction.Connection, transaction);
        command.Parameters.AddUuid(link);
        command.Parameters.AddInstant(now);
        command.Parameters.AddBoolean(isFollowing);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetGuid(0), reader.GetGuid(1)) : null;
    }

    private static async Task<string> WriteAsync(
        NpgsqlTransaction transaction, Guid link, Guid anew, Guid mail, string effectKey, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using (NpgsqlCommand insert = new(InsertSql, transaction.Connection, transaction))
        {
            insert.Parameters.AddUuid(link);
            insert.Parameters.AddUuid(anew);
            insert.Parameters.AddInstant(now);
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        await using NpgsqlCommand letter = new(MailSql, transaction.Connection, transaction);
        letter.Parameters.AddUuid(link);
        letter.Parameters.AddUuid(anew);
        letter.Parameters.AddUuid(mail);
        letter.Parameters.AddText(effectKey);
        letter.Parameters.AddText(MailAddresses.LinkPlaceholder(link));
        letter.Parameters.AddText(MailAddresses.LinkPlaceholder(anew));
        letter.Parameters.AddInstant(now);
        return (string?)await letter.ExecuteScalarAsync(cancellationToken) ?? "";
    }
}
