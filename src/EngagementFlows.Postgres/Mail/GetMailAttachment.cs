using Npgsql;

namespace EngagementFlows.Postgres.Mail;

/// <summary>A file that goes with a mail.</summary>
/// <param name="Position">Its place among the mail's files, from 1.</param>
/// <param name="FileName">Its name.</param>
/// <param name="ContentType">The type that the mail gives it.</param>
/// <param name="Size">Its size in bytes.</param>
public sealed record MailAttachment(int Position, string FileName, string ContentType, int Size);

/// <summary>Reads a file that goes with a mail.</summary>
public sealed class GetMailAttachment(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select a.file_name, f.content
        from mail_attachment a
        join mail_file f on f.hash = a.file_hash
        where a.mail_id = $1 and a.position = $2
        """;

    /// <summary>Returns name and content; <see langword="null"/> if the mail has no such file.</summary>
    public async Task<(string FileName, byte[] Content)?> ExecuteAsync(Guid mail, int position, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Sql);
        command.Parameters.AddUuid(mail);
        command.Parameters.AddInteger(position);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetString(0), reader.GetFieldValue<byte[]>(1)) : null;
    }
}
