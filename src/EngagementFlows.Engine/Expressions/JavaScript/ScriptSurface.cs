using System.Collections.Frozen;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Expressions;

/// <summary>The functions and types that every script of a definition finds.</summary>
internal static class ScriptSurface
{
    // As Elsa's toJson does: quotes and signs of markup inside texts are escaped.
    private static readonly JsonWriterOptions Escaping = new() { Encoder = JavaScriptEncoder.Default };

    /// <summary>Gets the types of durations and ids.</summary>
    public static ScriptTypes Types { get; } = new(ScriptValueTypes.All);

    /// <summary>Gets the global names that do not depend on the definition.</summary>
    public static FrozenDictionary<string, object?> Globals { get; } = Build().ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Gets those of <see cref="Globals"/> that ask nothing of the instance.</summary>
    public static FrozenDictionary<string, object?> Free { get; } = ByName([.. Texts(), .. Bytes(), .. Absent(), GuidParser()]).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Makes the getter of the variable that a key names.</summary>
    public static NativeFunction Getter(string key)
    {
        string name = key[2..];
        return new NativeFunction("get" + name, (host, _) => ((ScriptScope)host).GetVariable(name));
    }

    /// <summary>Makes the setter of the variable that a key names.</summary>
    public static NativeFunction Setter(string key)
    {
        string name = key[2..];
        return new NativeFunction("set" + name, (host, arguments) =>
        {
            ((ScriptScope)host).SetVariable(name, At(arguments, 0));
            return null;
        });
    }

    private static Dictionary<string, object?> Build() => ByName([.. Workflow(), .. Texts(), .. Ids(), .. Bytes(), .. Absent()]);

    private static Dictionary<string, object?> ByName(IEnumerable<NativeFunction> functions)
    {
        Dictionary<string, object?> globals = new(StringComparer.Ordinal);
        foreach (NativeFunction function in functions)
            globals[function.Name] = function;
        foreach (ScriptType type in ScriptValueTypes.All)
            globals[type.Name] = type;
        return globals;
    }

    private static IEnumerable<NativeFunction> Workflow()
    {
        yield return new("getVariable", (host, arguments) => Scope(host).GetVariable(Text(arguments, 0)));
        yield return new("setVariable", (host, arguments) =>
        {
            Scope(host).SetVariable(Text(arguments, 0), At(arguments, 1));
            return null;
        });
        yield return new("getInput", (host, arguments) => Scope(host).GetInput(Text(arguments, 0)));
        yield return new("getOutputFrom", (host, arguments) => Scope(host).GetOutput(Text(arguments, 0), At(arguments, 1) as string ?? "Result"));
        yield return new("getLastResult", (host, _) => Run(host).LastResult);
        yield return new("getWorkflowDefinitionId", (host, _) => Run(host).Definition.DefinitionId);
        yield return new("getWorkflowDefinitionVersionId", (host, _) => Run(host).Definition.Id);
        yield return new("getWorkflowDefinitionVersion", (host, _) => (long)Run(host).Definition.Version);
        yield return new("getWorkflowInstanceId", (host, _) => Run(host).InstanceId.ToString("D"));
        yield return new("getCorrelationId", (host, _) => Run(host).CorrelationId);
        yield return new("setCorrelationId", (host, arguments) =>
        {
            Run(host).CorrelationId = ValueConversion.ToText(At(arguments, 0));
            return null;
        });
        yield return new("getWorkflowInstanceName", (host, _) => Run(host).Name);
        yield return new("setWorkflowInstanceName", (host, arguments) =>
        {
            Run(host).Name = ValueConversion.ToText(At(arguments, 0));
            return null;
        });
        yield return new("setOutcome", (host, arguments) =>
        {
            Scope(host).Outcomes = [Text(arguments, 0)];
            return null;
        });
        yield return new("setOutcomes", (host, arguments) =>
        {
            Scope(host).Outcomes = [.. (At(arguments, 0) as PlainList ?? [At(arguments, 0)]).Select(one => ValueConversion.ToText(one) ?? string.Empty)];
            return null;
        });
    }

    private static IEnumerable<NativeFunction> Texts()
    {
        yield return new("isNullOrWhiteSpace", (_, arguments) => string.IsNullOrWhiteSpace(ValueConversion.ToText(At(arguments, 0))));
        yield return new("isNullOrEmpty", (_, arguments) => string.IsNullOrEmpty(ValueConversion.ToText(At(arguments, 0))));
        yield return new("toJson", (_, arguments) => ToJson(At(arguments, 0)));
    }

    private static IEnumerable<NativeFunction> Ids()
    {
        yield return new("newGuid", (host, _) => NewGuid(host));
        yield return GuidParser();
        foreach (string name in (string[])["newGuidString", "getGuidString"])
            yield return new(name, (host, _) => NewGuid(host).ToString("D"));
        foreach (string name in (string[])["newShortGuid", "getShortGuid"])
            yield return new(name, (host, _) => Short(NewGuid(host)));
    }

    private static NativeFunction GuidParser() => new("parseGuid", (_, arguments) => ParseGuid(Text(arguments, 0)));

    private static IEnumerable<NativeFunction> Bytes()
    {
        yield return new("bytesToString", (_, arguments) => At(arguments, 0) is byte[] bytes ? Encoding.UTF8.GetString(bytes) : null);
        yield return new("bytesFromString", (_, arguments) => Encoding.UTF8.GetBytes(Text(arguments, 0)));
        yield return new("stringToBase64", (_, arguments) => Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(arguments, 0))));
        yield return new("stringFromBase64", (_, arguments) => Encoding.UTF8.GetString(FromBase64(Text(arguments, 0))));
        yield return new("bytesFromBase64", (_, arguments) => FromBase64(Text(arguments, 0)));
        foreach (string name in (string[])["bytesToBase64", "streamToBase64"])
            yield return new(name, (_, arguments) => At(arguments, 0) is byte[] bytes ? Convert.ToBase64String(bytes) : null);
        yield return new("streamToBytes", (_, arguments) => At(arguments, 0));
    }

    /// <summary>Names that other hosts of the same definitions offer, and that have no place in a pure script: each says what to do instead.</summary>
    private static IEnumerable<NativeFunction> Absent()
    {
        yield return Missing("getConfig", "Scripts read no settings of the server, which may hold secrets. Give the value as an input or a variable of the workflow.");
        yield return Missing("createEventTriggerUrl", "There are no addresses that publish an event without a key. Use AskClient for a link to a person, or HttpEndpoint for a program.");
        yield return Missing("Random", "Chance comes from Math.random(), so that the same run gives the same result: Math.floor(Math.random() * 10) is a whole number from 0 to 9.");
    }

    private static NativeFunction Missing(string name, string way) =>
        new(name, (_, _) => throw new ScriptException(new ScriptFault("ReferenceError", $"'{name}' is not offered here. {way}", 0, 0)));

    private static ScriptScope Scope(ScriptHost host) => (ScriptScope)host;

    private static InstanceRun Run(ScriptHost host) => ((ScriptScope)host).Run;

    private static object? At(ReadOnlySpan<object?> arguments, int index) => index < arguments.Length ? arguments[index] : null;

    private static string Text(ReadOnlySpan<object?> arguments, int index) => ValueConversion.ToText(At(arguments, index)) ?? string.Empty;

    /// <summary>Returns an id that looks random but comes from the instance's secret.</summary>
    internal static Guid NewGuid(ScriptHost host)
    {
        InstanceRun run = Run(host);
        UInt128 hash = run.Secret.Hash(++run.IdCounter, "guid");
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static string Short(Guid id)
    {
        StringBuilder text = new(22);
        foreach (char letter in Convert.ToBase64String(id.ToByteArray()))
        {
            if (char.IsAsciiLetterOrDigit(letter))
                text.Append(letter);
        }

        return text.ToString();
    }

    private static Guid ParseGuid(string text) => Guid.TryParse(text, out Guid id)
        ? id
        : throw new ScriptException(new ScriptFault("RangeError", $"'{text}' is no GUID. Write it as 6f9619ff-8b86-d011-b42d-00c04fc964ff.", 0, 0));

    private static byte[] FromBase64(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            throw new ScriptException(new ScriptFault("RangeError", "The text is not Base64.", 0, 0));
        }
    }

    private static string ToJson(object? value)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Escaping))
            PlainJson.Write(writer, value);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
