using System.Text;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Values;
using EngagementFlows.Postgres.Journal;

namespace EngagementFlows.Server.Staff.Instances;

/// <summary>Writes a transition of the journal as it is, a line per entry, for those who know the engine.</summary>
internal static class JournalRaw
{
    public static string Of(JournalTransition transition)
    {
        StringBuilder text = new($"#{transition.Revision}\n");
        foreach (JournalEntry entry in transition.Entries)
        {
            text.Append(entry.Event).Append(' ').Append(entry.ActivityId).Append(' ').Append(entry.ActivityType).Append(' ').Append(entry.ExecutionId);
            if (entry.Outcomes is { Count: > 0 } outcomes)
                text.Append(" → ").AppendJoin(", ", outcomes);
            if (entry.Text is not null)
                text.Append(" | ").Append(entry.Text);
            if (entry.Data is not null)
                text.Append(' ').Append(PlainJson.Write(entry.Data));
            text.Append('\n');
        }

        return text.ToString();
    }
}
