using System.Text.Json;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Instances;

/// <summary>Reads what <see cref="StateWriter"/> wrote. Members may come in the writer's order only.</summary>
internal static class StateReader
{
    /// <summary>Restores a run from its stored state.</summary>
    public static void Read(InstanceRun run, ReadOnlySpan<byte> state)
    {
        Utf8JsonReader reader = new(state, new JsonReaderOptions { MaxDepth = 1000 });
        reader.Read();
        while (NextMember(ref reader))
        {
            if (Is(ref reader, "k"u8))
                run.Secret = ReadSecret(ref reader);
            else if (Is(ref reader, "n"u8))
                run.IdCounter = reader.GetUInt64();
            else if (Is(ref reader, "e"u8))
                run.EvaluationCounter = reader.GetUInt64();
            else if (Is(ref reader, "t"u8))
                run.TriggerActivityId = reader.GetString();
            else if (Is(ref reader, "f"u8))
                run.FlowchartMode = reader.GetString();
            else if (Is(ref reader, "w"u8))
                run.HasLastingEffects = reader.GetBoolean();
            else if (Is(ref reader, "in"u8))
                run.Input = PlainState.ReadPlainMap(ref reader);
            else if (Is(ref reader, "out"u8))
                run.Outputs = PlainState.ReadPlainMap(ref reader);
            else if (Is(ref reader, "r"u8))
                run.LastResult = PlainState.Read(ref reader);
            else if (Is(ref reader, "x"u8))
                run.Root = ReadExecution(ref reader, run, null);
            else if (Is(ref reader, "q"u8))
                ReadQueue(ref reader, run);
            else
                reader.Skip();
        }
    }

    /// <summary>Returns the variables that an execution declares.</summary>
    public static IReadOnlyList<VariableDeclaration> Declarations(ActivityExecution execution) => execution.Composite?.Variables ?? execution.Node.Variables;

    private static bool NextMember(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Tells whether the member at which the reader stands has that name, and if so moves on to its value.</summary>
    private static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(name))
            return false;
        reader.Read();
        return true;
    }

    private static InstanceSecret ReadSecret(ref Utf8JsonReader reader) => InstanceSecret.Read(reader.GetBytesFromBase64());

    private static ActivityExecution ReadExecution(ref Utf8JsonReader reader, InstanceRun run, ActivityExecution? parent)
    {
        string activityId = string.Empty;
        ActivityExecution? execution = null;
        while (NextMember(ref reader))
        {
            if (Is(ref reader, "a"u8))
                activityId = reader.GetString()!;
            else if (Is(ref reader, "i"u8))
                execution = Make(run, parent, activityId, reader.GetGuid());
            else if (Is(ref reader, "s"u8))
                execution!.Status = (ExecutionStatus)reader.GetInt32();
            else if (Is(ref reader, "p"u8))
                execution!.Position = reader.GetInt32();
            else if (Is(ref reader, "g"u8))
                execution!.Tag = reader.GetInt32();
            else if (Is(ref reader, "b"u8))
                execution!.IsBreaking = reader.GetBoolean();
            else if (Is(ref reader, "d"u8))
                execution!.Composite = Version(run, reader.GetString()!);
            else if (Is(ref reader, "v"u8))
                ReadVariables(ref reader, execution!);
            else if (Is(ref reader, "l"u8))
                execution!.LocalInput = PlainState.ReadPlainMap(ref reader);
            else if (Is(ref reader, "st"u8))
                execution!.RestoreState(PlainState.ReadPlainMap(ref reader));
            else if (Is(ref reader, "f"u8))
                ReadFrame(ref reader, execution!);
            else if (Is(ref reader, "w"u8))
                ReadBookmarks(ref reader, execution!);
            else if (Is(ref reader, "o"u8))
                ReadOutputs(ref reader, execution!);
            else if (Is(ref reader, "fn"u8))
                execution!.Failures = reader.GetInt32();
            else if (Is(ref reader, "fi"u8))
                execution!.IncidentId = reader.GetGuid();
            else if (Is(ref reader, "fw"u8))
                execution!.FailedResumption = ReadBookmark(ref reader, execution);
            else if (Is(ref reader, "fx"u8))
                execution!.FailedInput = PlainState.ReadPlainMap(ref reader);
            else if (Is(ref reader, "c"u8))
                ReadChildren(ref reader, run, execution!);
            else
                reader.Skip();
        }

        return execution!;
    }

    private static ActivityExecution Make(InstanceRun run, ActivityExecution? parent, string activityId, Guid id)
    {
        if (parent is null)
            return run.CreateRoot(id);
        ActivityNode node = Node(parent, activityId)
            ?? throw new InvalidOperationException($"EngagementFlows bug: the stored state of instance '{run.InstanceId}' names the activity '{activityId}' in '{parent.Node.NodeId}', which the definition {run.Definition} does not have.");
        ActivityExecution execution = run.Create(node, parent, id);
        execution.Status = ExecutionStatus.Running;
        return execution;
    }

    private static ActivityNode? Node(ActivityExecution parent, string activityId) =>
        parent.Composite is { } composite ? composite.WorkflowNode.Child(activityId) : parent.Node.Child(activityId);

    private static WorkflowDefinition Version(InstanceRun run, string versionId) => run.Burst.Catalogue.Version(versionId)
        ?? throw new InvalidOperationException($"The definition version '{versionId}', which instance '{run.InstanceId}' uses as an activity, is not in the catalogue. Load it before running the instance.");

    private static void ReadVariables(ref Utf8JsonReader reader, ActivityExecution execution)
    {
        IReadOnlyList<VariableDeclaration> declarations = Declarations(execution);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            reader.Read();
            VariableSlot slot;
            if (reader.TokenType == JsonTokenType.Number)
            {
                slot = new(declarations[reader.GetInt32()]);
            }
            else
            {
                string name = reader.GetString()!;
                reader.Read();
                slot = new(name, null, (SlotOrigin)reader.GetInt32());
            }

            reader.Read();
            if (reader.TokenType != JsonTokenType.EndArray)
            {
                slot.Value = PlainState.Read(ref reader);
                reader.Read();
            }

            execution.AddVariable(slot);
        }
    }

    private static void ReadFrame(ref Utf8JsonReader reader, ActivityExecution execution)
    {
        PlainObject members = PlainState.ReadPlainMap(ref reader);
        execution.Frame = execution.Behaviour?.CreateFrame();
        execution.Frame?.Restore(members);
    }

    private static void ReadBookmarks(ref Utf8JsonReader reader, ActivityExecution execution)
    {
        execution.Bookmarks = new(1);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            execution.Bookmarks.Add(ReadBookmark(ref reader, execution));
    }

    private static Bookmark ReadBookmark(ref Utf8JsonReader reader, ActivityExecution execution)
    {
        Guid id = default;
        string name = string.Empty;
        string? key = null;
        string? correlationId = null;
        DateTimeOffset? dueAt = null;
        PlainObject? payload = null;
        CatchUpPolicy catchUp = CatchUpPolicy.RunOnce;
        while (NextMember(ref reader))
        {
            if (Is(ref reader, "i"u8))
                id = reader.GetGuid();
            else if (Is(ref reader, "n"u8))
                name = reader.GetString()!;
            else if (Is(ref reader, "k"u8))
                key = reader.GetString();
            else if (Is(ref reader, "r"u8))
                correlationId = reader.GetString();
            else if (Is(ref reader, "d"u8))
                dueAt = reader.GetDateTimeOffset();
            else if (Is(ref reader, "p"u8))
                payload = PlainState.ReadPlainMap(ref reader);
            else if (Is(ref reader, "u"u8))
                catchUp = (CatchUpPolicy)reader.GetInt32();
            else
                reader.Skip();
        }

        return new(id, execution.Run.InstanceId, execution.Node.Id, execution.ExecutionId, name, key, correlationId, dueAt, payload, catchUp);
    }

    private static void ReadOutputs(ref Utf8JsonReader reader, ActivityExecution execution)
    {
        execution.ChildOutputs = new(StringComparer.Ordinal);
        while (NextMember(ref reader))
        {
            string activityId = reader.GetString()!;
            reader.Read();
            execution.ChildOutputs[activityId] = PlainState.ReadPlainMap(ref reader);
        }
    }

    private static void ReadChildren(ref Utf8JsonReader reader, InstanceRun run, ActivityExecution parent)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            ReadExecution(ref reader, run, parent);
    }

    private static void ReadQueue(ref Utf8JsonReader reader, InstanceRun run)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            PlainObject item = PlainState.ReadPlainMap(ref reader);
            Guid ownerId = Guid.Parse((string)item["o"]!);
            if (run.FindExecution(ownerId) is not { } owner || Node(owner, (string)item["a"]!) is not { } node)
                continue;
            List<VariableSlot> variables = [];
            foreach (object? one in (PlainList)item["v"]!)
            {
                PlainList slot = (PlainList)one!;
                variables.Add(new((string)slot[0]!, slot[2], (SlotOrigin)(int)(long)slot[1]!));
            }

            run.Enqueue(new WorkItem { Owner = owner, Node = node, Tag = (int)(long)item["g"]!, LocalInput = item["l"] as PlainObject, Variables = [.. variables] });
        }
    }
}
