using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;

namespace EngagementFlows.Postgres.Inbox;

/// <summary>Stimuli as inbox rows.</summary>
internal static class StimulusJson
{
    /// <summary>Returns the row's kind, bookmark and payload.</summary>
    public static (string Kind, Guid? BookmarkId, string? Payload) Write(Stimulus stimulus) => stimulus switch
    {
        StartRequested start => ("start", null, PlainState.ToText(Describe(start))),
        BookmarkResumed resumed => ("resume", resumed.BookmarkId, PlainState.ToText(resumed.Input)),
        CancelRequested cancel => ("cancel", null, PlainState.ToText(new PlainObject { ["reason"] = cancel.Reason, ["by"] = cancel.By })),
        IncidentRetried retried => ("retry", null, PlainState.ToText(new PlainObject
        {
            ["incident"] = retried.IncidentId,
            ["variables"] = retried.Variables,
            ["reason"] = retried.Reason,
            ["by"] = retried.By,
        })),
        IncidentSkipped skipped => ("skip", null, PlainState.ToText(new PlainObject
        {
            ["incident"] = skipped.IncidentId,
            ["outcome"] = skipped.Outcome,
            ["reason"] = skipped.Reason,
            ["by"] = skipped.By,
        })),
        _ => throw new InvalidOperationException($"EngagementFlows bug: the inbox has no form for a stimulus of type '{stimulus.GetType()}'."),
    };

    /// <summary>Returns the stimulus of a row.</summary>
    public static Stimulus Read(string kind, Guid instanceId, Guid? bookmarkId, string? payload)
    {
        if (kind == "timer")
            return new BookmarkResumed(instanceId, bookmarkId!.Value, new PlainObject());
        PlainObject content = (PlainObject)PlainState.OfText(payload!)!;
        return kind switch
        {
            "start" => ReadStart(instanceId, content),
            "resume" => new BookmarkResumed(instanceId, bookmarkId!.Value, content),
            "cancel" => new CancelRequested(instanceId, (string?)content["reason"], (string?)content["by"]),
            "retry" => new IncidentRetried(instanceId, (Guid)content["incident"]!, (PlainObject?)content["variables"], (string?)content["by"]) { Reason = (string?)content["reason"] },
            "skip" => new IncidentSkipped(instanceId, (Guid)content["incident"]!, (string?)content["outcome"], (string)content["reason"]!, (string)content["by"]!),
            _ => throw new InvalidOperationException($"EngagementFlows bug: '{kind}' is no kind of inbox row."),
        };
    }

    private static PlainObject Describe(StartRequested start) => new()
    {
        ["definition"] = start.DefinitionId,
        ["version"] = start.DefinitionVersionId,
        ["input"] = start.Input,
        ["correlation"] = start.CorrelationId,
        ["name"] = start.Name,
        ["trigger"] = start.TriggerActivityId,
        ["triggerInput"] = start.TriggerInput,
        ["parent"] = start.ParentInstanceId,
        ["parentBookmark"] = start.ParentBookmarkId,
        ["mode"] = start.FlowchartMode,
    };

    private static StartRequested ReadStart(Guid instanceId, PlainObject content) => new(instanceId, (string)content["definition"]!)
    {
        DefinitionVersionId = (string?)content["version"],
        Input = (PlainObject)content["input"]!,
        CorrelationId = (string?)content["correlation"],
        Name = (string?)content["name"],
        TriggerActivityId = (string?)content["trigger"],
        TriggerInput = (PlainObject?)content["triggerInput"],
        ParentInstanceId = (Guid?)content["parent"],
        ParentBookmarkId = (Guid?)content["parentBookmark"],
        FlowchartMode = (string?)content["mode"],
    };
}
