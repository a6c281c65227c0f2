using Npgsql;

namespace EngagementFlows.Postgres.Mail;

/// <summary>Keeps the files that mails of the caller's commit carry; what is kept already stays as it is.</summary>
internal static class KeepMailFiles
{
    // In one order everywhere: two commits that keep the same files wait for each other, never both ways.
    private const string Sql = """
        insert into mail_file (content)
        select a.content
        from (
          select distinct on (d.content_hash) d.content_hash, d.content
          from unnest($1::text[], $2::text[]) as wanted (version, path)
          join definition_asset d on d.definition_version_id = wanted.version and d.path = wanted.path
          where not exists (select 1 from mail_file f where f.hash = d.content_hash)
          order by d.content_hash
        ) a
        on conflict (hash) do nothing
        """;

    public static NpgsqlBatchCommand Create(IReadOnlyList<MailFile> files)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddTexts([.. files.Select(file => file.VersionId)]);
        command.Parameters.AddTexts([.. files.Select(file => file.Path)]);
        return command;
    }
}
