using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Instances;

/// <summary>Writes what an instance needs after a wait. Short names, because every commit carries the whole; <see cref="StateReader"/> is its mirror.</summary>
internal static class StateWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = 1000 };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static byte[] Write(InstanceRun run)
    {
        ArrayBufferWriter<byte> buffer = _buffer ??= new(4096);
        Utf8JsonWriter writer = _writer ??= new(buffer, Options);
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        WriteRun(writer, run);
        writer.Flush();
        byte[] state = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity > 1024 * 1024)
        {
            // One large instance must not make the thread hold its size for ever.
            _buffer = null;
            _writer = null;
        }

        return state;
    }

    private static void WriteRun(Utf8JsonWriter writer, InstanceRun run)
    {
        writer.WriteStartObject();
        Span<byte> secret = stackalloc byte[16];
        run.Secret.Write(secret);
        writer.WriteBase64String("k"u8, secret);
        writer.WriteNumber("n"u8, run.IdCounter);
        writer.WriteNumber("e"u8, run.EvaluationCounter);
        if (run.TriggerActivityId is not null)
            writer.WriteString("t"u8, run.TriggerActivityId);
        if (run.FlowchartMode is not null)
            writer.WriteString("f"u8, run.FlowchartMode);
        if (run.HasLastingEffects)
            writer.WriteBoolean("w"u8, true);
        WriteMap(writer, "in"u8, run.Input);
        WriteMap(writer, "out"u8, run.Outputs);
        if (run.LastResult is not null)
        {
            writer.WritePropertyName("r"u8);
            PlainState.Write(writer, run.LastResult);
        }

        writer.WritePropertyName("x"u8);
        WriteExecution(writer, run.Root);
        WriteQueue(writer, run);
        writer.WriteEndObject();
    }

    private static void WriteExecution(Utf8JsonWriter writer, ActivityExecution execution)
    {
        writer.WriteStartObject();
        writer.WriteString("a"u8, execution.Node.Id);
        writer.WriteString("i"u8, execution.ExecutionId);
        if (execution.Status != ExecutionStatus.Running)
            writer.WriteNumber("s"u8, (int)execution.Status);
        if (execution.Position != 0)
            writer.WriteNumber("p"u8, execution.Position);
        if (execution.Tag != 0)
            writer.WriteNumber("g"u8, execution.Tag);
        if (execution.IsBreaking)
            writer.WriteBoolean("b"u8, true);
        if (execution.Composite is not null && execution.Parent is not null)
            writer.WriteString("d"u8, execution.Composite.Id);
        WriteVariables(writer, execution);
        if (execution.LocalInput is not null)
            WriteMap(writer, "l"u8, execution.LocalInput);
        if (execution.HasState)
            WriteMap(writer, "st"u8, execution.State);
        if (execution.Frame is not null)
        {
            writer.WriteStartObject("f"u8);
            execution.Frame.Write(writer);
            writer.WriteEndObject();
        }

        WriteBookmarks(writer, execution);
        WriteOutputs(writer, execution);
        WriteFailure(writer, execution);
        if (execution.Children.Count > 0)
        {
            writer.WriteStartArray("c"u8);
            foreach (ActivityExecution child in execution.Children)
                WriteExecution(writer, child);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes variables in their order: a declared one as its number among the declarations and its value, any other as name, origin and value.</summary>
    private static void WriteVariables(Utf8JsonWriter writer, ActivityExecution execution)
    {
        if (execution.Variables is not { Count: > 0 } variables)
            return;
        IReadOnlyList<Definitions.VariableDeclaration> declarations = StateReader.Declarations(execution);
        writer.WriteStartArray("v"u8);
        foreach (VariableSlot slot in variables)
        {
            writer.WriteStartArray();
            if (slot.Declaration is { } declaration)
            {
                writer.WriteNumberValue(IndexOf(declarations, declaration));
            }
            else
            {
                writer.WriteStringValue(slot.Name);
                writer.WriteNumberValue((int)slot.Origin);
            }

            if (slot.Survives && slot.Declaration is { Type.IsList: true })
                PlainState.Write(writer, slot.Value);
            else if (slot.Survives)
                PlainState.WriteVariable(writer, slot.Value);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static int IndexOf(IReadOnlyList<Definitions.VariableDeclaration> declarations, Definitions.VariableDeclaration wanted)
    {
        for (int i = 0; i < declarations.Count; i++)
        {
            if (ReferenceEquals(declarations[i], wanted))
                return i;
        }

        throw new InvalidOperationException($"EngagementFlows bug: the variable '{wanted.Name}' is not among the declarations of its container.");
    }

    private static void WriteBookmarks(Utf8JsonWriter writer, ActivityExecution execution)
    {
        if (execution.Bookmarks is not { Count: > 0 } bookmarks)
            return;
        writer.WriteStartArray("w"u8);
        foreach (Bookmark bookmark in bookmarks)
            WriteBookmark(writer, bookmark);
        writer.WriteEndArray();
    }

    private static void WriteBookmark(Utf8JsonWriter writer, Bookmark bookmark)
    {
        writer.WriteStartObject();
        writer.WriteString("i"u8, bookmark.Id);
        writer.WriteString("n"u8, bookmark.Name);
        if (bookmark.Key is not null)
            writer.WriteString("k"u8, bookmark.Key);
        if (bookmark.CorrelationId is not null)
            writer.WriteString("r"u8, bookmark.CorrelationId);
        if (bookmark.DueAt is { } due)
            writer.WriteString("d"u8, due);
        if (bookmark.Payload is not null)
            WriteMap(writer, "p"u8, bookmark.Payload);
        if (bookmark.CatchUp != CatchUpPolicy.RunOnce)
            writer.WriteNumber("u"u8, (int)bookmark.CatchUp);
        writer.WriteEndObject();
    }

    private static void WriteOutputs(Utf8JsonWriter writer, ActivityExecution execution)
    {
        if (execution.ChildOutputs is not { Count: > 0 } outputs || execution.IsOver)
            return;
        writer.WriteStartObject("o"u8);
        foreach ((string activityId, PlainObject values) in outputs)
        {
            writer.WritePropertyName(activityId);
            WriteMap(writer, values);
        }

        writer.WriteEndObject();
    }

    private static void WriteFailure(Utf8JsonWriter writer, ActivityExecution execution)
    {
        if (execution.Failures > 0)
            writer.WriteNumber("fn"u8, execution.Failures);
        if (execution.IncidentId is { } incident)
            writer.WriteString("fi"u8, incident);
        if (execution.FailedResumption is null || execution.Status != ExecutionStatus.Faulted)
            return;
        writer.WritePropertyName("fw"u8);
        WriteBookmark(writer, execution.FailedResumption);
        if (execution.FailedInput is not null)
            WriteMap(writer, "fx"u8, execution.FailedInput);
    }

    /// <summary>Writes scheduled work; there is some only when a burst was stopped for its length.</summary>
    private static void WriteQueue(Utf8JsonWriter writer, InstanceRun run)
    {
        if (run.Scheduled.IsEmpty)
            return;
        writer.WriteStartArray("q"u8);
        foreach (WorkItem item in run.Scheduled)
        {
            if (item.Owner is null || item.Node is null)
                continue;
            writer.WriteStartObject();
            writer.WriteString("o"u8, item.Owner.ExecutionId);
            writer.WriteString("a"u8, item.Node.Id);
            writer.WriteNumber("g"u8, item.Tag);
            if (item.LocalInput is not null)
                WriteMap(writer, "l"u8, item.LocalInput);
            writer.WriteStartArray("v"u8);
            foreach (VariableSlot slot in item.Variables ?? [])
            {
                writer.WriteStartArray();
                writer.WriteStringValue(slot.Name);
                writer.WriteNumberValue((int)slot.Origin);
                PlainState.Write(writer, slot.Value);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteMap(Utf8JsonWriter writer, ReadOnlySpan<byte> name, PlainObject map)
    {
        if (map.Count == 0)
            return;
        writer.WritePropertyName(name);
        WriteMap(writer, map);
    }

    /// <summary>Writes an object's members as they are: in these places an object can be nothing else, so none needs a wrapping.</summary>
    private static void WriteMap(Utf8JsonWriter writer, PlainObject map)
    {
        writer.WriteStartObject();
        foreach ((string member, object? value) in map)
        {
            writer.WritePropertyName(member);
            PlainState.Write(writer, value);
        }

        writer.WriteEndObject();
    }
}
