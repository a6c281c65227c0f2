using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Incidents;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Rehearsal;

/// <summary>Notes what a case does and puts it into the shape of <c>expected</c>.</summary>
internal sealed class CaseRecorder(RehearsalHost host)
{
    private readonly PlainList _after = [];
    private readonly PlainList _journal = [];
    private int _stimuli;
    private int _noted;

    private RehearsedInstance? Main => host.Instances.Count > 0 ? host.Instances[0] : null;

    /// <summary>Notes that a stimulus is about to be given.</summary>
    public void Begin() => _stimuli++;

    /// <summary>Notes the journal of the main instance as far as it has come.</summary>
    public void Note()
    {
        for (; Main is { } main && _noted < main.Journal.Count; _noted++)
        {
            JournalEntry entry = main.Journal[_noted];
            if (entry.ActivityId is not null && entry.Event is "Started" or "Suspended" or "Resumed" or "Completed" or "Canceled" or "Faulted")
                _journal.Add($"{_stimuli}: {entry.ActivityId} {entry.Event}{(entry.Outcomes is null ? string.Empty : $" [{string.Join(',', entry.Outcomes)}]")}");
        }
    }

    /// <summary>Notes where the main instance stands after a stimulus.</summary>
    public void End(string? problem)
    {
        PlainObject entry = new();
        entry["status"] = Main is { } main ? Status(main.Current.Status) : null;
        entry["subStatus"] = Main is { } same ? SubStatus(same.Current.Status) : null;
        entry["bookmarks"] = new PlainList(Main?.Bookmarks.Select(bookmark => (object?)bookmark.ActivityId) ?? []);
        if (problem is not null)
            entry["exception"] = problem;
        _after.Add(entry);
    }

    /// <summary>Returns the result.</summary>
    public PlainObject Result(bool hasStimuli)
    {
        PlainObject result = new();
        if (Main is not { } main)
        {
            result["noInstance"] = true;
            result["writeLine"] = Lines();
            if (hasStimuli)
                result["afterStimulus"] = _after;
            return result;
        }

        Describe(result, main);
        InstanceView view = InstanceView.Of(host.Catalogue, main.Current);
        result["variables"] = PlainJson.Parse(PlainJson.Write(view.Variables));
        result["writeLine"] = Lines();
        result["bookmarks"] = new PlainList(main.Bookmarks.Select(Describe));
        if (hasStimuli)
            result["afterStimulus"] = _after;
        if (host.Instances.Count > 1)
            result["otherInstances"] = new PlainList(host.Instances.Skip(1).Select(other => (object?)Describe(new PlainObject(), other)));
        if (host.Recorded.Count > 0)
            result["effects"] = new PlainList(host.Recorded.Select(one => (object?)EffectDescription.Of(one.Effect)));
        if (CaseMails.Of(host.Recorded, host.Now) is { Count: > 0 } mails)
            result["mails"] = mails;
        if (host.Clocks.All.Count > 0)
            result["clocks"] = new PlainList(host.Clocks.All.Select(clock => (object?)EffectDescription.Of(clock)));
        result["journal"] = _journal;
        return result;
    }

    private PlainList Lines() => new(host.Lines);

    private PlainObject Describe(PlainObject result, RehearsedInstance instance)
    {
        result["status"] = Status(instance.Current.Status);
        result["subStatus"] = SubStatus(instance.Current.Status);
        if (instance.Current.CorrelationId is { } correlationId)
            result["correlationId"] = correlationId;
        result["activities"] = ActivityList.Of(instance.Journal);
        result["outputs"] = PlainJson.Parse(PlainJson.Write(InstanceView.Of(host.Catalogue, instance.Current).Outputs));
        result["incidents"] = new PlainList(instance.Incidents.Select(Describe));
        if (instance.Current.IsStalled)
            result["stalled"] = true;
        return result;
    }

    private static PlainObject Describe(Bookmark bookmark) => new() { ["activityId"] = bookmark.ActivityId, ["name"] = bookmark.Name };

    private static PlainObject Describe(Incident incident) => new()
    {
        ["activityId"] = incident.ActivityId ?? "(workflow)",
        ["message"] = incident.Message,
        ["innermost"] = incident.Innermost,
    };

    private static string Status(InstanceStatus status) =>
        status is InstanceStatus.Finished or InstanceStatus.Cancelled or InstanceStatus.Faulted ? "Finished" : "Running";

    private static string SubStatus(InstanceStatus status) => status.ToString();
}
