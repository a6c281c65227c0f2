using Npgsql;

namespace EngagementFlows.Postgres.Audit;

/// <summary>Appends the acts of a group of requests to their chains, in the commit that they describe.</summary>
/// <remarks>
/// Each chain is locked once, however many entries it gets, and all of them in one order: groups that append to the same chains wait for each other and never
/// in a circle. They wait until the other's commit is on the disk, so the command belongs at the end of its batch.
/// </remarks>
internal static class AppendAudits
{
    private const string Sql = "select append_audits($1, $2, $3, $4, $5, $6)";

    /// <summary>Returns the command for a batch; entries of one chain keep their order.</summary>
    public static NpgsqlBatchCommand Create(List<AuditEntry> entries, DateTimeOffset now)
    {
        int count = entries.Count;
        string[] chains = new string[count];
        string[] actors = new string[count];
        string[] acts = new string[count];
        string[] subjects = new string[count];
        string?[] details = new string?[count];
        for (int i = 0; i < count; i++)
        {
            AuditEntry entry = entries[i];
            chains[i] = entry.Chain;
            actors[i] = entry.Actor;
            acts[i] = entry.Act;
            subjects[i] = entry.Subject;
            details[i] = entry.Detail;
        }

        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddInstant(now);
        command.Parameters.AddTexts(chains);
        command.Parameters.AddTexts(actors);
        command.Parameters.AddTexts(acts);
        command.Parameters.AddTexts(subjects);
        command.Parameters.AddJsons(details);
        return command;
    }
}
