using EngagementFlows.Engine.Instances;
using Npgsql;

namespace EngagementFlows.Postgres.Journal;

/// <summary>Stores what transitions say about themselves: one row each, also for one that says nothing, since it is the trace of the commit.</summary>
internal static class InsertJournal
{
    private const string Sql = """
        insert into journal (instance_id, revision, at, entries)
        select j.id, j.revision, $3, j.entries from unnest($1::uuid[], $2::bigint[], $4::json[]) j(id, revision, entries)
        """;

    public static NpgsqlBatchCommand Create(List<InstanceChange> changes, DateTimeOffset now)
    {
        int count = changes.Count;
        Guid[] ids = new Guid[count];
        long[] revisions = new long[count];
        string[] entries = new string[count];
        for (int i = 0; i < count; i++)
        {
            ids[i] = changes[i].Instance.Id;
            revisions[i] = changes[i].Instance.Revision;
            entries[i] = JournalJson.Write(changes[i].Journal);
        }

        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuids(ids);
        command.Parameters.AddBigints(revisions);
        command.Parameters.AddInstant(now);
        command.Parameters.AddJsons(entries);
        return command;
    }
}
