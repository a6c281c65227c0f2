using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EngagementFlows.Scripts.JavaScript;

namespace EngagementFlows.Scripts.Tests.JavaScript;

/// <summary>What a script gives, in the form in which the corpus records it.</summary>
internal static class ScriptOutcome
{
    private static readonly JsonSerializerOptions s_relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject Of(string source)
    {
        RecordingHost host = new();
        try
        {
            object? value = JavaScriptProgram.Prepare(source, ScriptTypes.None).Run(host, new ScriptContext { Now = DateTimeOffset.UnixEpoch });
            JsonObject outcome = new() { ["value"] = Encode(value) };
            if (host.Lines.Count > 0)
                outcome["printed"] = new JsonArray([.. host.Lines.Select(line => (JsonNode)line)]);
            return outcome;
        }
        catch (ScriptException exception)
        {
            string kind = exception.Fault.Kind;
            return new JsonObject { ["error"] = kind == "Syntax" ? "SyntaxError" : kind };
        }
    }

    /// <summary>Compares as JSON does: numbers by value, objects without regard to the spelling of escapes.</summary>
    public static bool Same(JsonNode? left, JsonNode? right)
    {
        switch (left, right)
        {
            case (null, null): return true;
            case (JsonObject l, JsonObject r):
                return l.Count == r.Count && l.Zip(r).All(pair => pair.First.Key == pair.Second.Key && Same(pair.First.Value, pair.Second.Value));
            case (JsonArray l, JsonArray r):
                return l.Count == r.Count && l.Zip(r).All(pair => Same(pair.First, pair.Second));
            case (JsonValue l, JsonValue r):
                if (l.GetValueKind() != r.GetValueKind())
                    return false;
                return l.GetValueKind() == JsonValueKind.Number
                    ? double.Parse(l.ToJsonString(), CultureInfo.InvariantCulture).Equals(double.Parse(r.ToJsonString(), CultureInfo.InvariantCulture))
                    : l.ToString() == r.ToString();
            default: return false;
        }
    }

    public static string Text(JsonNode node) => node.ToJsonString(s_relaxed);

    private static JsonNode? Encode(object? value) => value switch
    {
        null => null,
        bool flag => flag,
        double number when double.IsFinite(number) && (number != 0 || !double.IsNegative(number)) => number,
        double number => new JsonObject { ["$number"] = number == 0 ? "-0" : double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity" },
        string text when text.EnumerateRunes().Any(rune => rune == System.Text.Rune.ReplacementChar) && !text.Contains('\ufffd', StringComparison.Ordinal) =>
            new JsonObject { ["$units"] = new JsonArray([.. text.Select(unit => (JsonNode)(double)unit)]) },
        string text => text,
        DateTimeOffset instant => new JsonObject { ["$date"] = instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) },
        byte[] bytes => new JsonObject { ["$bytes"] = new JsonArray([.. bytes.Select(item => (JsonNode)(double)item)]) },
        PlainList list => new JsonArray([.. list.Select(Encode)]),
        PlainObject map => EncodeObject(map),
        _ => throw new InvalidOperationException($"A script gave a value of type '{value.GetType()}'."),
    };

    private static JsonObject EncodeObject(PlainObject map)
    {
        JsonObject result = [];
        bool isError = map.TryGetValue("message", out _) && map.TryGetValue("name", out object? name) && name is string text && text.EndsWith("Error", StringComparison.Ordinal);
        foreach ((string key, object? value) in map)
            result[key] = isError && key == "message" ? null : Encode(value);
        return result;
    }
}

internal sealed class RecordingHost : ScriptHost
{
    public List<string> Lines { get; } = [];

    public override bool TryGetGlobal(string name, out object? value)
    {
        value = null;
        return false;
    }

    public override void Print(string line) => Lines.Add(line);
}
