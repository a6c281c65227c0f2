using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Staff.Controls;

namespace EngagementFlows.Server.Staff.Instances;

/// <summary>Says in words where an instance stands: what it waits for, since when and until when.</summary>
internal static class InstanceWords
{
    /// <summary>Returns the state as one word, with its tone.</summary>
    public static (LocalizedText Text, Tone Tone) State(InstanceStatus status, bool isStalled, int openIncidents) => status switch
    {
        InstanceStatus.Pending => (InstanceTexts.Pending, Tone.Waiting),
        InstanceStatus.Running => (InstanceTexts.Running, Tone.Running),
        InstanceStatus.Suspended when openIncidents > 0 => (InstanceTexts.Incident, Tone.Broken),
        InstanceStatus.Suspended when isStalled => (InstanceTexts.Stalled, Tone.Broken),
        InstanceStatus.Suspended => (InstanceTexts.Waiting, Tone.Waiting),
        InstanceStatus.Finished => (InstanceTexts.Finished, Tone.Done),
        InstanceStatus.Cancelled => (InstanceTexts.Cancelled, Tone.Waiting),
        InstanceStatus.Faulted => (InstanceTexts.Faulted, Tone.Broken),
        _ => throw new InvalidOperationException($"EngagementFlows bug: instance status '{status}' has no word."),
    };

    /// <summary>Returns the sentence about an instance.</summary>
    public static string Sentence(InstanceListRow row, Reader reader) => row.Status switch
    {
        InstanceStatus.Finished => Ended(InstanceTexts.FinishedOn, row, reader),
        InstanceStatus.Cancelled => Ended(InstanceTexts.CancelledOn, row, reader),
        InstanceStatus.Faulted => Ended(InstanceTexts.FaultedOn, row, reader),
        InstanceStatus.Pending or InstanceStatus.Running => reader.Say(InstanceTexts.PendingLine),
        _ => Waiting(row, reader),
    };

    private static string Ended(LocalizedText text, InstanceListRow row, Reader reader) => reader.Say(text, reader.Moment(row.FinishedAt ?? row.CreatedAt));

    private static string Waiting(InstanceListRow row, Reader reader)
    {
        List<string> sentences = [];
        if (row.OpenIncidents > 0)
            sentences.Add(reader.Say(InstanceTexts.IncidentLine, row.OpenIncidents));
        if (row.IsStalled)
            sentences.Add(reader.Say(InstanceTexts.StalledLine));
        // Reminder, escalation and time-out stand beside the wait that they belong to: same activity.
        InstanceWait[] mains = [.. row.Waits.Where(wait => !IsCompanion(wait))];
        foreach (InstanceWait wait in mains.Take(3))
            sentences.Add(Sentence(wait, row.Waits, reader));
        if (mains.Length > 3)
            sentences.Add(reader.Say(InstanceTexts.AndMore, mains.Length - 3));
        return string.Join(reader.Language == Language.Chinese ? "；" : "; ", sentences);
    }

    private static string Sentence(InstanceWait wait, IReadOnlyList<InstanceWait> all, Reader reader)
    {
        string since = reader.Date(wait.Since);
        List<string> parts = [wait.Name switch
        {
            WaitNames.Link => reader.Say(InstanceTexts.WaitsForClient, since),
            WaitNames.Task => reader.Say(InstanceTexts.WaitsForTask, since),
            "Elsa.Event" => reader.Say(InstanceTexts.WaitsForEvent, since, wait.Key),
            "Elsa.HttpEndpoint" => reader.Say(InstanceTexts.WaitsForRequest, since, wait.Key),
            "Elsa.ExecuteWorkflow" or "Elsa.DispatchWorkflow" or "Elsa.BulkDispatchWorkflows" => reader.Say(InstanceTexts.WaitsForChild, since),
            "Elsa.SendHttpRequest" => reader.Say(InstanceTexts.WaitsForCall, since),
            _ when wait.DueAt is { } due => reader.Say(InstanceTexts.WaitsForTime, Marked(reader.Moment(due), wait.IsProvisional, reader)),
            _ => reader.Say(InstanceTexts.WaitsForOther, since, wait.Key ?? wait.Name),
        }];
        foreach ((string name, LocalizedText text) in Companions)
        {
            if (all.FirstOrDefault(other => other.ActivityId == wait.ActivityId && other.Name == name) is { DueAt: { } at } companion)
                parts.Add(reader.Say(text, Marked(reader.Date(at), companion.IsProvisional, reader)));
        }

        return string.Join(reader.Language == Language.Chinese ? "，" : ", ", parts);
    }

    /// <summary>Returns a date with the word that it may move, if it may.</summary>
    public static string Marked(string date, bool isProvisional, Reader reader) => isProvisional ? reader.Say(InstanceTexts.Provisional, date) : date;

    private static readonly (string Name, LocalizedText Text)[] Companions =
    [
        (WaitNames.Reminder, InstanceTexts.ReminderOn),
        (WaitNames.Escalation, InstanceTexts.EscalatesOn),
        (WaitNames.TimeOut, InstanceTexts.GivesUpOn),
    ];

    private static bool IsCompanion(InstanceWait wait) => wait.Name is WaitNames.Reminder or WaitNames.Escalation or WaitNames.TimeOut;
}
