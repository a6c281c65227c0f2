using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;

namespace EngagementFlows.Engine.Instances;

/// <content>What the burst leaves behind.</content>
internal sealed partial class InstanceRun
{
    /// <summary>Returns what is to be committed for this instance.</summary>
    public InstanceChange ToChange()
    {
        if (IsOver && HasLastingEffects)
        {
            HasLastingEffects = false;
            Emit(new InstanceEnded());
        }

        List<Bookmark> made = [];
        (int bookmarks, int incidents) = (0, 0);
        Collect(Root, made, ref bookmarks, ref incidents);
        WorkflowInstance instance = new()
        {
            Id = InstanceId,
            DefinitionId = Definition.DefinitionId,
            DefinitionVersionId = Definition.Id,
            Version = Definition.Version,
            Status = Status,
            CorrelationId = CorrelationId,
            Name = Name,
            ParentInstanceId = ParentInstanceId,
            ParentBookmarkId = ParentBookmarkId,
            Revision = (Before?.Revision ?? 0) + 1,
            CreatedAt = Before?.CreatedAt ?? Now,
            UpdatedAt = Now,
            FinishedAt = IsOver ? Now : null,
            IsStalled = Status == InstanceStatus.Suspended && bookmarks == 0 && incidents == 0,
            OpenIncidents = incidents,
            State = StateWriter.Write(this),
        };
        return new InstanceChange
        {
            ExpectedRevision = Before?.Revision ?? 0,
            Instance = instance,
            IsKeyChanged = Before is { } before && !string.Equals(before.CorrelationId, CorrelationId, StringComparison.Ordinal),
            BookmarksMade = made,
            BookmarksBurned = _burned ?? [],
            Effects = _effects ?? [],
            EffectOrigins = _effectOrigins ?? [],
            Journal = _journal ?? [],
            IncidentsOpened = _opened ?? [],
            IncidentsResolved = _resolved ?? [],
        };
    }

    private void Collect(ActivityExecution execution, List<Bookmark> made, ref int bookmarks, ref int incidents)
    {
        if (execution.IncidentId is not null)
            incidents++;
        if (execution.Bookmarks is { } waits)
        {
            bookmarks += waits.Count;
            for (int i = 0; i < waits.Count; i++)
            {
                if (_made is null || !_made.Contains(waits[i].Id))
                    continue;

                // A wait matches by the correlation id that the instance has when the burst ends.
                if (!string.Equals(waits[i].CorrelationId, CorrelationId, StringComparison.Ordinal))
                    waits[i] = waits[i] with { CorrelationId = CorrelationId };
                made.Add(waits[i]);
            }
        }

        foreach (ActivityExecution child in execution.Children)
            Collect(child, made, ref bookmarks, ref incidents);
    }
}
