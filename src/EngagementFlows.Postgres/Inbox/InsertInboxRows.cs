using Npgsql;

namespace EngagementFlows.Postgres.Inbox;

/// <summary>Stores facts that are to reach instances. A row that exists already is left as it is.</summary>
internal static class InsertInboxRows
{
    private const string Sql = """
        insert into inbox (instance_id, id, due_at, kind, bookmark_id, payload, created_at)
        select r.*, $7 from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::uuid[], $6::json[]) r
        on conflict (instance_id, id) do nothing
        """;

    public static NpgsqlBatchCommand Create(List<InboxRow> rows, DateTimeOffset now)
    {
        int count = rows.Count;
        Guid[] instances = new Guid[count];
        Guid[] ids = new Guid[count];
        DateTime[] due = new DateTime[count];
        string[] kinds = new string[count];
        Guid?[] bookmarks = new Guid?[count];
        string?[] payloads = new string?[count];
        for (int i = 0; i < count; i++)
        {
            InboxRow row = rows[i];
            instances[i] = row.InstanceId;
            ids[i] = row.Id;
            due[i] = row.DueAt.UtcDateTime;
            kinds[i] = row.Kind;
            bookmarks[i] = row.BookmarkId;
            payloads[i] = row.Payload;
        }

        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuids(instances);
        command.Parameters.AddUuids(ids);
        command.Parameters.AddInstants(due);
        command.Parameters.AddTexts(kinds);
        command.Parameters.AddUuids(bookmarks);
        command.Parameters.AddJsons(payloads);
        command.Parameters.AddInstant(now);
        return command;
    }
}
