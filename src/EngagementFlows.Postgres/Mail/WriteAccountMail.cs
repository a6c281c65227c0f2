using System.Text.Json;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Postgres.Outbox;
using Npgsql;

namespace EngagementFlows.Postgres.Mail;

/// <summary>Writes the mail with a one-time link to a member of staff, in his language. It is dispatched under the same promise as every other mail.</summary>
public sealed class WriteAccountMail(MailSettings settings)
{
    /// <summary>Stores the mail in the transaction that makes the link, and returns its id; the caller wakes the dispatcher after the commit.</summary>
    /// <param name="transaction">The caller's transaction.</param>
    /// <param name="link">The link. The mail holds a placeholder for it: what is stored opens nothing.</param>
    /// <param name="expiresAt">When the link ends.</param>
    /// <param name="isNew">Whether the reader has no password yet.</param>
    /// <param name="reader">The reader.</param>
    /// <param name="inviter">Name and address of the person who made the link, or <see langword="null"/> for a program.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    public async Task<Guid> ExecuteAsync(
        NpgsqlTransaction transaction, Guid link, DateTimeOffset expiresAt, bool isNew, Person reader, (string Name, string Email)? inviter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        MailTemplateSet templates = isNew ? AccountMail.Invitation : AccountMail.NewPassword;
        ComposedMail composed = AccountMail.Compose(templates, settings.Firm, reader, inviter, link, expiresAt, now);
        string key = $"account-link/{link:N}";
        Guid id = TimeOrderedId.Derive(now, key);
        MailRow mail = new(id, key, reader.Email, composed.Language, composed.Subject, composed.Html, composed.Text)
        {
            PersonId = reader.Id,
            ToName = reader.Name,
            ReplyTo = inviter?.Email,
            ReplyToName = inviter?.Name,
            Template = templates.Name,
            AccountLinkId = link,
        };
        await using NpgsqlBatch batch = new(transaction.Connection, transaction);
        batch.BatchCommands.Add(InsertMail.Create(mail, now));
        batch.BatchCommands.Add(InsertOutboxEntries.Create([new(id, null, "mail", key, now, JsonSerializer.Serialize(new { mailId = id }))], now));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return id;
    }
}
