using Npgsql;

namespace EngagementFlows.Postgres.Definitions;

/// <summary>Remembers that a page's save was seen which changed nothing: an older one of that page that comes after it is late. Runs in the caller's transaction.</summary>
public static class NoteEditor
{
    private const string Sql = "update definition set editor = $2, editor_save = $3 where id = $1 and state <> 'trial'";

    public static async Task ExecuteAsync(NpgsqlTransaction transaction, string versionId, string editor, long save, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, transaction.Connection, transaction);
        command.Parameters.AddText(versionId);
        command.Parameters.AddText(editor);
        command.Parameters.AddBigint(save);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
