using System.Text.Json;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Postgres.Outbox;
using Npgsql;

namespace EngagementFlows.Postgres.Links;

/// <summary>What became of the wish for a code.</summary>
public enum CodeOutcome
{
    /// <summary>It goes to the mailbox on record, or went there a moment ago.</summary>
    Sent,

    /// <summary>This link has had as many codes as it may have for now.</summary>
    TooMany,

    /// <summary>The link is not open any more, or asks for no code.</summary>
    NotOpen,
}

/// <summary>Mails the contact of an open link a code by which he confirms his answer; the code before it is void in the same commit.</summary>
/// <remarks>
/// It goes to the mailbox of the contact on record, never to one that somebody types in, by the outbox like every mail, so it survives every stop of the server.
/// Wishes for one link go one after the other, since each takes the link's row: the limits hold whoever races.
/// </remarks>
/// <param name="dataSource">The database.</param>
/// <param name="settings">The sender.</param>
/// <param name="codes">Makes the code.</param>
public sealed class SendLinkCode(NpgsqlDataSource dataSource, MailSettings settings, LinkCodes codes)
{
    private const string LockSql = """
        select l.instance_id, l.engagement_id, k.id, k.client_id, k.name, k.email, k.phone, k.language, k.zone
        from link l
        join contact k on k.id = l.contact_id
        where l.id = $1 and state_of_link(l) = 'open' and l.confirm_by_code and l.expires_at > $2
        for update of l
        """;

    // Read after the row was taken, in a snapshot of its own: whoever came before is counted.
    private const string CountSql = """
        select count(*), count(*) filter (where made_at > $2::timestamptz - interval '1 hour'), coalesce(bool_or(ended_at is null and tries = 0 and made_at > $2::timestamptz - $3::interval), false)
        from link_code
        where link_id = $1
        """;

    private const string VoidSql = "update link_code set ended_at = $2 where link_id = $1 and ended_at is null";

    private const string InsertSql = "insert into link_code (id, link_id, key_id, made_at, expires_at) values ($1, $2, $3, $4, $5)";

    /// <summary>Sends; the caller wakes the dispatcher after it.</summary>
    /// <param name="link">The link.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancellationToken">Ends the act; nothing is done then.</param>
    public async Task<CodeOutcome> ExecuteAsync(Guid link, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(transaction, link, now, cancellationToken) is not var (instance, engagement, contact))
            return CodeOutcome.NotOpen;
        (long all, long inAnHour, bool isSecondPress) = await CountAsync(transaction, link, now, cancellationToken);
        if (isSecondPress)
            return CodeOutcome.Sent;
        if (all >= LinkCodeLimits.InAll || inAnHour >= LinkCodeLimits.InAnHour)
            return CodeOutcome.TooMany;

        // The link was made for one contact; the engagement may have another by now.
        EngagementSnapshot snapshot = (await LoadEngagements.ExecuteAsync(connection, [engagement], cancellationToken))[engagement] with { Contact = contact };
        LinkCode code = codes.Make(TimeOrderedId.Create(now));
        await using NpgsqlBatch batch = new(connection, transaction);
        batch.BatchCommands.Add(Void(link, now));
        batch.BatchCommands.Add(Insert(code, link, now));
        MailRow mail = Write(code.Id, snapshot, instance, now);
        batch.BatchCommands.Add(InsertMail.Create(mail, now));
        batch.BatchCommands.Add(InsertOutboxEntries.Create([new(mail.Id, instance, "mail", mail.EffectKey, now, JsonSerializer.Serialize(new { mailId = mail.Id }))], now));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return CodeOutcome.Sent;
    }

    private MailRow Write(Guid code, EngagementSnapshot snapshot, Guid instance, DateTimeOffset now)
    {
        ComposedMail composed = CodeMail.Compose(settings.Firm, snapshot.Contact, snapshot.Owner, code, now + LinkCodes.Lifetime, now);
        string key = $"link-code/{code:N}";
        return new(TimeOrderedId.Derive(now, key), key, snapshot.Contact.Email, composed.Language, composed.Subject, composed.Html, composed.Text)
        {
            InstanceId = instance,
            EngagementId = snapshot.Engagement.Id,
            ContactId = snapshot.Contact.Id,
            ToName = snapshot.Contact.Name,
            ReplyTo = snapshot.Owner.Email,
            ReplyToName = snapshot.Owner.Name,
            Template = CodeMail.Templates.Name,
            LinkCodeId = code,
        };
    }

    private static async Task<(Guid Instance, Guid Engagement, Contact Contact)?> LockAsync(NpgsqlTransaction transaction, Guid link, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(LockSql, transaction.Connection, transaction);
        command.Parameters.AddUuid(link);
        command.Parameters.AddInstant(now);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return null;
        return (reader.GetGuid(0), reader.GetGuid(1), new(
            reader.GetGuid(2), reader.GetGuid(3), reader.GetString(4), reader.GetString(5), reader.Text(6), reader.GetString(7), reader.GetString(8)));
    }

    private static async Task<(long All, long InAnHour, bool IsSecondPress)> CountAsync(NpgsqlTransaction transaction, Guid link, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(CountSql, transaction.Connection, transaction);
        command.Parameters.AddUuid(link);
        command.Parameters.AddInstant(now);
        command.Parameters.AddInterval(LinkCodeLimits.SecondPress);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetInt64(1), reader.GetBoolean(2));
    }

    private static NpgsqlBatchCommand Void(Guid link, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(VoidSql);
        command.Parameters.AddUuid(link);
        command.Parameters.AddInstant(now);
        return command;
    }

    private static NpgsqlBatchCommand Insert(LinkCode code, Guid link, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(InsertSql);
        command.Parameters.AddUuid(code.Id);
        command.Parameters.AddUuid(link);
        command.Parameters.AddText(code.KeyId);
        command.Parameters.AddInstant(now);
        command.Parameters.AddInstant(now + LinkCodes.Lifetime);
        return command;
    }
}
