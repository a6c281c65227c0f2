using System.Text.Json;
using System.Text.Json.Serialization;
using EngagementFlows.Engine.Values;

namespace EngagementFlows.Server.Studio.Instances;

/// <summary>A page of a list as the Studio reads it.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="TotalCount">How many there are.</param>
internal sealed record StudioPage<T>(IReadOnlyList<T> Items, long TotalCount)
{
    /// <summary>Gets whether the count is an estimate; the Studio does not read it, the page around it may.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsEstimated { get; init; }
}

/// <summary>A list as the Studio reads it.</summary>
/// <param name="Items">What is in it.</param>
/// <param name="Count">How many.</param>
internal sealed record StudioList<T>(IReadOnlyList<T> Items, int Count)
{
    public static StudioList<T> Of(IReadOnlyList<T> items) => new(items, items.Count);
}

/// <summary>What the Studio shows of an instance wherever it stands.</summary>
internal abstract record StudioInstanceFields
{
    public required string Id { get; init; }

    public required string DefinitionId { get; init; }

    public required string DefinitionVersionId { get; init; }

    public required int Version { get; init; }

    public required string Status { get; init; }

    public required string SubStatus { get; init; }

    public string? CorrelationId { get; init; }

    public string? Name { get; init; }

    public int IncidentCount { get; init; }

    public bool IsSystem { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}

/// <summary>An instance in a list.</summary>
internal sealed record StudioInstanceSummary : StudioInstanceFields;

/// <summary>An instance with what is inside.</summary>
internal sealed record StudioInstance : StudioInstanceFields
{
    public required StudioWorkflowState WorkflowState { get; init; }
}

/// <summary>What is inside an instance.</summary>
internal sealed record StudioWorkflowState
{
    public required string Id { get; init; }

    public required string DefinitionId { get; init; }

    public required string DefinitionVersionId { get; init; }

    public required int DefinitionVersion { get; init; }

    public required string Status { get; init; }

    public required string SubStatus { get; init; }

    public string? CorrelationId { get; init; }

    public IReadOnlyList<StudioBookmark> Bookmarks { get; init; } = [];

    public IReadOnlyList<StudioIncident> Incidents { get; init; } = [];

    public bool IsSystem { get; init; }

    public IReadOnlyList<object> CompletionCallbacks { get; init; } = [];

    public IReadOnlyList<object> ActivityExecutionContexts { get; init; } = [];

    public PlainData Input { get; init; } = PlainData.Nothing;

    public PlainData Output { get; init; } = PlainData.Nothing;

    public PlainData Properties { get; init; } = PlainData.Nothing;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}

/// <summary>A wait.</summary>
internal sealed record StudioBookmark(string Id, string Name, string Hash, PlainData? Payload, string ActivityId, string ActivityNodeId, string ActivityInstanceId, DateTimeOffset? DueAt)
{
    public bool AutoBurn => true;

    public PlainData Metadata => PlainData.Nothing;
}

/// <summary>A failure that waits for a person.</summary>
internal sealed record StudioIncident(string ActivityId, string ActivityNodeId, string ActivityType, string Message, StudioException? Exception, DateTimeOffset Timestamp);

/// <summary>What failed.</summary>
internal sealed record StudioException(string Type, string Message, string? StackTrace = null);

/// <summary>A line of the journal.</summary>
internal sealed record StudioJournalRecord(
    string Id,
    string WorkflowInstanceId,
    string ActivityInstanceId,
    string? ParentActivityInstanceId,
    string ActivityId,
    string ActivityType,
    int ActivityTypeVersion,
    string? ActivityName,
    string NodeId,
    DateTimeOffset Timestamp,
    long Sequence,
    string EventName,
    string? Message,
    PlainData? Payload)
{
    public PlainData ActivityState => PlainData.Nothing;
}

/// <summary>The badge of an activity on the picture.</summary>
internal sealed record StudioStat(
    string ActivityId, string ActivityNodeId, int StartedCount, int CompletedCount, int UncompletedCount, bool IsBlocked, bool IsFaulted, int AggregateFaultCount)
{
    public PlainData Metadata => PlainData.Nothing;
}

/// <summary>The badges.</summary>
internal sealed record StudioStats(IReadOnlyList<StudioStat> Stats);

/// <summary>What the Studio shows of an activity execution wherever it stands.</summary>
internal abstract record StudioExecutionFields
{
    public string Id { get; init; } = "";

    public string WorkflowInstanceId { get; init; } = "";

    public string ActivityId { get; init; } = "";

    public string ActivityNodeId { get; init; } = "";

    public string ActivityType { get; init; } = "";

    public int ActivityTypeVersion { get; init; } = 1;

    public string? ActivityName { get; init; }

    public PlainData Metadata { get; init; } = PlainData.Nothing;

    public StudioException? Exception { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public bool HasBookmarks { get; init; }

    public string Status { get; init; } = "";

    public int AggregateFaultCount { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public string? SchedulingActivityExecutionId { get; init; }

    public string? SchedulingActivityId { get; init; }

    public int CallStackDepth { get; init; }
}

/// <summary>An activity execution without its data.</summary>
internal sealed record StudioExecutionSummary : StudioExecutionFields;

/// <summary>An activity execution.</summary>
internal sealed record StudioExecution : StudioExecutionFields
{
    public PlainData ActivityState { get; init; } = PlainData.Nothing;

    public PlainData Payload { get; init; } = PlainData.Nothing;

    public PlainData Outputs { get; init; } = PlainData.Nothing;

    public PlainData Properties { get; init; } = PlainData.Nothing;
}

/// <summary>The executions that led to one, from the outside in.</summary>
internal sealed record StudioCallStack(string ActivityExecutionId, IReadOnlyList<StudioExecution> Items, int TotalCount);

/// <summary>A variable with its value as text.</summary>
internal sealed record StudioVariable(string Id, string Name, string? Value);

/// <summary>Where an instance stands, for those who ask again and again.</summary>
internal sealed record StudioExecutionState(string Status, string SubStatus, DateTimeOffset UpdatedAt)
{
    public string WorkflowSubStatus => SubStatus;
}

/// <summary>A plain value that is written as ordinary JSON.</summary>
[JsonConverter(typeof(Writer))]
internal sealed record PlainData(object? Value)
{
    /// <summary>Gets the object without members.</summary>
    public static PlainData Nothing { get; } = new(new Scripts.PlainObject());

    private sealed class Writer : JsonConverter<PlainData>
    {
        public override PlainData Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("EngagementFlows bug: plain data of an instance is shown to the Studio and never read from it.");

        public override void Write(Utf8JsonWriter writer, PlainData value, JsonSerializerOptions options) => PlainJson.Write(writer, value.Value);
    }
}
