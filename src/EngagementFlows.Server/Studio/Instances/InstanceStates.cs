using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Instances;

namespace EngagementFlows.Server.Studio.Instances;

/// <summary>States of instances in the Studio's words: one that lives and one that has ended, and how.</summary>
internal static class InstanceStates
{
    public const string Running = "Running";
    public const string Finished = "Finished";

    // Nothing is left that could move it: the Studio's word for a run that broke off.
    private const string Stalled = "Interrupted";

    private static readonly Dictionary<string, string> BySubStatus = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Pending"] = "pending",
        ["Executing"] = "running",
        ["Suspended"] = "suspended",
        [Stalled] = "stalled",
        ["Finished"] = "finished",
        ["Cancelled"] = "cancelled",
        ["Faulted"] = "faulted",
    };

    private static readonly string[] Living = ["pending", "running", "suspended", "stalled"];
    private static readonly string[] Over = ["finished", "cancelled", "faulted"];

    public static string Status(DateTimeOffset? finishedAt) => finishedAt is null ? Running : Finished;

    public static string SubStatus(InstanceStatus status, bool isStalled) => isStalled ? Stalled : status switch
    {
        InstanceStatus.Running => "Executing",
        _ => status.ToString(),
    };

    public static StudioInstanceSummary Summary(InstanceSummary instance) => new()
    {
        Id = instance.Id.ToString("D"),
        DefinitionId = instance.DefinitionId,
        DefinitionVersionId = instance.DefinitionVersionId,
        Version = instance.Version,
        Status = Status(instance.FinishedAt),
        SubStatus = SubStatus(Enum.Parse<InstanceStatus>(instance.Status, ignoreCase: true), instance.IsStalled),
        CorrelationId = instance.CorrelationId,
        Name = instance.Name,
        IncidentCount = instance.OpenIncidents,
        CreatedAt = instance.CreatedAt,
        UpdatedAt = instance.UpdatedAt,
        FinishedAt = instance.FinishedAt,
    };

    /// <summary>Returns our states that both the Studio's states and its sub-states name; <see langword="null"/> = all.</summary>
    /// <exception cref="BadHttpRequestException">There is no such state.</exception>
    public static IReadOnlyList<string>? Sought(IEnumerable<string?> statuses, IEnumerable<string?> subStatuses)
    {
        string[]? broad = Union(statuses, status => status.ToUpperInvariant() switch
        {
            "RUNNING" => Living,
            "FINISHED" => Over,
            _ => throw new BadHttpRequestException($"'status' is '{status}'. It must be Running or Finished."),
        });
        string[]? narrow = Union(subStatuses, status => BySubStatus.TryGetValue(status, out string? state)
            ? [state]
            : throw new BadHttpRequestException($"'subStatus' is '{status}'. It must be one of {string.Join(", ", BySubStatus.Keys)}."));
        return broad is null ? narrow : narrow is null ? broad : [.. broad.Intersect(narrow)];
    }

    private static string[]? Union(IEnumerable<string?> words, Func<string, string[]> meaning)
    {
        string[] given = [.. words.OfType<string>().Where(word => word.Length > 0)];
        return given.Length == 0 ? null : [.. given.SelectMany(meaning).Distinct()];
    }
}
