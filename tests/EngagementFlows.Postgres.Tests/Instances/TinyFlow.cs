using System.Text;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;

namespace EngagementFlows.Postgres.Tests.Instances;

/// <summary>A pure runner that needs no definitions: what an instance does stands in the id of its definition, so that storage is tested by itself.</summary>
/// <remarks>
/// <c>wait</c> waits for event "Go" with the instance's correlation; <c>delay:SECONDS</c> waits that long; <c>loop</c> waits for "Go" again and again;
/// <c>done</c> ends at once; <c>children:N</c> makes N children inline; <c>poison</c> writes what cannot be stored; <c>throw</c> throws; <c>publish</c> publishes "Go".
/// </remarks>
internal static class TinyFlow
{
    public static Transition Run(Engine.Definitions.DefinitionCatalogue catalogue, IReadOnlyList<WorkflowInstance> instances, Stimulus stimulus, DateTimeOffset now, Hindsight? hindsight)
    {
        WorkflowInstance? instance = instances.Count > 0 ? instances[0] : null;
        switch (stimulus)
        {
            case StartRequested start when instance is not null:
                return Ignored($"Instance '{start.InstanceId}' exists.");
            case StartRequested start:
                return Start(start, now);
            case var _ when instance is null:
                return new(TransitionKind.Refused, [], $"Instance '{stimulus.InstanceId}' does not exist.");
            case var _ when instance.FinishedAt is not null:
                return Ignored("The instance has ended.");
            case CancelRequested:
                return Applied(End(instance, InstanceStatus.Cancelled, Waits(instance), now));
            case BookmarkResumed resumed when !Waits(instance).Contains(resumed.BookmarkId):
                return Ignored("The bookmark is burned.");
            case BookmarkResumed resumed when instance.DefinitionId == "loop":
                return Applied(Loop(instance, resumed.BookmarkId, now));
            case BookmarkResumed resumed:
                return Applied(End(instance, InstanceStatus.Finished, [resumed.BookmarkId], now));
            default:
                return Ignored("Nothing to do.");
        }
    }

    public static int Rounds(WorkflowInstance instance) => Encoding.UTF8.GetString(instance.State.Span).Split(';')[0].Length;

    private static Transition Start(StartRequested start, DateTimeOffset now)
    {
        string kind = start.DefinitionId.Split(':')[0];
        switch (kind)
        {
            case "throw":
                throw new InvalidOperationException("The runner throws.");
            case "done":
                return Applied(New(start, InstanceStatus.Finished, [], now));
            case "publish":
                return Applied(New(start, InstanceStatus.Finished, [], now) with { Effects = [new EventPublished(TimeOrderedId.Derive(start.InstanceId, "event"), "Go", start.CorrelationId, null, "published")] });
            case "poison":
                return Applied(New(start with { CorrelationId = new string('x', 2000) }, InstanceStatus.Finished, [], now));
            case "children":
                List<InstanceChange> changes = [New(start, InstanceStatus.Finished, [], now)];
                for (int i = 0; i < int.Parse(start.DefinitionId.Split(':')[1]); i++)
                    changes.Add(New(new(TimeOrderedId.Derive(start.InstanceId, $"child {i}"), "done") { ParentInstanceId = start.InstanceId }, InstanceStatus.Finished, [], now));
                return new(TransitionKind.Applied, changes);
            case "delay":
                TimeSpan delay = TimeSpan.FromSeconds(int.Parse(start.DefinitionId.Split(':')[1]));
                return Applied(New(start, InstanceStatus.Suspended, [Wait(start.InstanceId, 1, null, null, now + delay)], now));
            default:
                return Applied(New(start, InstanceStatus.Suspended, [Wait(start.InstanceId, 1, "Go", start.CorrelationId, null)], now));
        }
    }

    private static InstanceChange Loop(WorkflowInstance instance, Guid burned, DateTimeOffset now)
    {
        int round = Rounds(instance) + 1;
        Bookmark next = Wait(instance.Id, round, "Go", instance.CorrelationId, null);
        return Change(instance.Revision, instance with { Revision = instance.Revision + 1, UpdatedAt = now, State = State(round, [next]) }, [next], [burned]);
    }

    private static InstanceChange New(StartRequested start, InstanceStatus status, Bookmark[] waits, DateTimeOffset now) => Change(
        0,
        new()
        {
            Id = start.InstanceId,
            DefinitionId = start.DefinitionId,
            DefinitionVersionId = start.DefinitionId + "-v1",
            Version = 1,
            Status = status,
            CorrelationId = start.CorrelationId,
            ParentInstanceId = start.ParentInstanceId,
            Revision = 1,
            CreatedAt = now,
            UpdatedAt = now,
            FinishedAt = status == InstanceStatus.Finished ? now : null,
            State = State(1, waits),
        },
        waits,
        []);

    private static InstanceChange End(WorkflowInstance instance, InstanceStatus status, Guid[] burned, DateTimeOffset now) =>
        Change(instance.Revision, instance with { Status = status, Revision = instance.Revision + 1, UpdatedAt = now, FinishedAt = now, State = State(1, []) }, [], burned);

    private static InstanceChange Change(long expected, WorkflowInstance instance, Bookmark[] made, Guid[] burned) => new()
    {
        ExpectedRevision = expected,
        Instance = instance,
        BookmarksMade = made,
        BookmarksBurned = burned,
        Journal = [new JournalEntry("A", "Tiny", instance.Id, "Completed", ["Done"], $"to {instance.Revision}")],
    };

    private static Bookmark Wait(Guid instance, int round, string? key, string? correlation, DateTimeOffset? due) =>
        new(TimeOrderedId.Derive(instance, $"wait {round}"), instance, "A", instance, key is null ? "Elsa.Delay" : "Elsa.Event", key, correlation, due, new PlainObject());

    private static byte[] State(int rounds, Bookmark[] waits) => Encoding.UTF8.GetBytes(new string('r', rounds) + ";" + string.Join(",", waits.Select(wait => wait.Id)));

    private static Guid[] Waits(WorkflowInstance instance) =>
        [.. Encoding.UTF8.GetString(instance.State.Span).Split(';')[1].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse)];

    private static Transition Applied(InstanceChange change) => new(TransitionKind.Applied, [change]);

    private static Transition Ignored(string message) => new(TransitionKind.Ignored, [], message);
}
