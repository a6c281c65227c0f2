using System.Text.Json;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Outbox;
using Npgsql;

namespace EngagementFlows.Postgres.Mail;

/// <summary>Writes a test mail to a member of staff, and the audit entry of it. It is dispatched under the same promise as every other mail.</summary>
public sealed class WriteTestMail(NpgsqlDataSource dataSource, MailSettings settings)
{
    /// <summary>Stores the mail in a commit of its own and returns its id; the caller wakes the dispatcher.</summary>
    /// <param name="person">The reader.</param>
    /// <param name="name">The reader's name.</param>
    /// <param name="email">The reader's address.</param>
    /// <param name="language">The reader's language.</param>
    /// <param name="by">Who wants it, for the audit.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    public async Task<Guid> ExecuteAsync(Guid person, string name, string email, string language, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Guid id = TimeOrderedId.Create(now);
        string key = $"test-mail:{id:N}";
        ComposedMail composed = TestMail.Compose(settings.Firm, name, language, now);
        MailRow mail = new(id, key, email, composed.Language, composed.Subject, composed.Html, composed.Text) { PersonId = person, ToName = name };
        // One batch is one transaction.
        await using NpgsqlBatch batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(InsertMail.Create(mail, now));
        batch.BatchCommands.Add(InsertOutboxEntries.Create([new(id, null, "mail", key, now, JsonSerializer.Serialize(new { mailId = id }))], now));
        batch.BatchCommands.Add(AppendAudit.Create(new(AuditEntry.Administration, by, "TestMailSent", $"mail/{id:D}", null), now));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return id;
    }
}
