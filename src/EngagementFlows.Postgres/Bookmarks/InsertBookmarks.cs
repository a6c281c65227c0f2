using EngagementFlows.Engine.Bookmarks;
using Npgsql;

namespace EngagementFlows.Postgres.Bookmarks;

/// <summary>Stores waits that began.</summary>
internal static class InsertBookmarks
{
    private const string Sql = """
        insert into bookmark (instance_id, id, activity_id, execution_id, name, key, correlation_id, due_at, created_at)
        select b.*, $9 from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::timestamptz[]) b
        """;

    public static NpgsqlBatchCommand Create(List<Bookmark> bookmarks, DateTimeOffset now)
    {
        int count = bookmarks.Count;
        Guid[] instances = new Guid[count];
        Guid[] ids = new Guid[count];
        string[] activities = new string[count];
        Guid[] executions = new Guid[count];
        string[] names = new string[count];
        string?[] keys = new string?[count];
        string?[] correlations = new string?[count];
        DateTime?[] due = new DateTime?[count];
        for (int i = 0; i < count; i++)
        {
            Bookmark bookmark = bookmarks[i];
            instances[i] = bookmark.InstanceId;
            ids[i] = bookmark.Id;
            activities[i] = bookmark.ActivityId;
            executions[i] = bookmark.ExecutionId;
            names[i] = bookmark.Name;
            keys[i] = bookmark.Key;
            correlations[i] = bookmark.CorrelationId;
            due[i] = bookmark.DueAt?.UtcDateTime;
        }

        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuids(instances);
        command.Parameters.AddUuids(ids);
        command.Parameters.AddTexts(activities);
        command.Parameters.AddUuids(executions);
        command.Parameters.AddTexts(names);
        command.Parameters.AddTexts(keys);
        command.Parameters.AddTexts(correlations);
        command.Parameters.AddInstants(due);
        command.Parameters.AddInstant(now);
        return command;
    }
}
