using Npgsql;

namespace EngagementFlows.Postgres.Mail;

/// <summary>A mail as it was written.</summary>
/// <param name="Line">What the list shows of it.</param>
/// <param name="To">Whom the head names; one of them, a copy or a blind copy is the line's recipient.</param>
/// <param name="Cc">Who got a copy that all see.</param>
/// <param name="Html">The HTML part, links as placeholders.</param>
/// <param name="Text">The text part, links as placeholders.</param>
/// <param name="LinkId">The link in it, or <see langword="null"/>.</param>
/// <param name="ReplyTo">Whom replies reach, or <see langword="null"/> for the sender.</param>
/// <param name="EffectKey">Its effect key.</param>
/// <param name="Attempt">How many times it was tried.</param>
/// <param name="Answer">What the mail server said last, or <see langword="null"/>.</param>
public sealed record MailDetail(
    MailLine Line, IReadOnlyList<string> To, IReadOnlyList<string> Cc, string Html, string Text, Guid? LinkId, string? ReplyTo, string EffectKey, int Attempt, string? Answer);

/// <summary>Reads one mail. Its links are placeholders; <see cref="EngagementFlows.Engagements.Mail.MailAddresses.Fill"/> shows them where that is allowed.</summary>
public sealed class GetMail(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select m.id, m.created_at, m.audience, m.recipient, m.to_name, m.language, m.subject, m.template, m.engagement_id, c.id, c.name, m.instance_id,
               o.state, o.due_at, o.ended_at, o.failing_since,
               m.html, m.text, m.link_id, m.reply_to_email, m.effect_key, o.attempt, o.answer, m.to_emails, m.cc_emails
        from mail m
        join outbox o on o.id = m.id
        left join engagement e on e.id = m.engagement_id
        left join client c on c.id = e.client_id
        where m.id = $1
        """;

    /// <summary>Returns the mail; <see langword="null"/> if there is none of that id.</summary>
    public async Task<MailDetail?> ExecuteAsync(Guid id, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(id);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return null;
        return new(
            ListMails.Read(reader), reader.GetFieldValue<string[]>(23), reader.GetFieldValue<string[]>(24), reader.GetString(16), reader.GetString(17), reader.Uuid(18), reader.Text(19), reader.GetString(20), reader.GetInt32(21), reader.Text(22));
    }
}
