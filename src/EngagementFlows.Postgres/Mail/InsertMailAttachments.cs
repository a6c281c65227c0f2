using Npgsql;

namespace EngagementFlows.Postgres.Mail;

/// <summary>Attaches kept files to a mail of the caller's commit. A mail that was written before, under the same effect key, has its own already.</summary>
internal static class InsertMailAttachments
{
    private const string Sql = """
        insert into mail_attachment (mail_id, position, file_name, content_type, file_hash)
        select m.id, file.position, file.name, file.type, d.content_hash
        from mail m
        cross join unnest($2::text[], $3::text[], $4::text[], $5::text[]) with ordinality as file (version, path, name, type, position)
        join definition_asset d on d.definition_version_id = file.version and d.path = file.path
        where m.id = $1
        on conflict (mail_id, position) do nothing
        """;

    public static NpgsqlBatchCommand Create(MailRow mail)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuid(mail.Id);
        command.Parameters.AddTexts([.. mail.Files.Select(file => file.VersionId)]);
        command.Parameters.AddTexts([.. mail.Files.Select(file => file.Path)]);
        command.Parameters.AddTexts([.. mail.Files.Select(file => file.FileName)]);
        command.Parameters.AddTexts([.. mail.Files.Select(file => file.ContentType)]);
        return command;
    }
}
