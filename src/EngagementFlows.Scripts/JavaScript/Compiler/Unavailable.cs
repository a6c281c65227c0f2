using System.Collections.Frozen;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Names of the language that scripts do not have, each with the reason and the way out.</summary>
internal static class Unavailable
{
    private const string Bytes = "use Uint8Array.";
    private const string Timers = "a script runs to its end at once; use a Delay or Timer activity.";

    public static FrozenDictionary<string, string> Names { get; } = new Dictionary<string, string>
    {
        ["eval"] = "scripts cannot make code from text.",
        ["BigInt"] = "use numbers.",
        ["Proxy"] = "use getters and setters.",
        ["SharedArrayBuffer"] = Bytes,
        ["ArrayBuffer"] = Bytes,
        ["DataView"] = Bytes,
        ["Atomics"] = Bytes,
        ["Int8Array"] = Bytes,
        ["Uint8ClampedArray"] = Bytes,
        ["Int16Array"] = Bytes,
        ["Uint16Array"] = Bytes,
        ["Int32Array"] = Bytes,
        ["Uint32Array"] = Bytes,
        ["Float32Array"] = Bytes,
        ["Float64Array"] = Bytes,
        ["BigInt64Array"] = Bytes,
        ["BigUint64Array"] = Bytes,
        ["WeakRef"] = "use Map or WeakMap.",
        ["FinalizationRegistry"] = "memory is freed when the script ends.",
        ["setTimeout"] = Timers,
        ["setInterval"] = Timers,
        ["setImmediate"] = Timers,
        ["clearTimeout"] = Timers,
        ["clearInterval"] = Timers,
        ["queueMicrotask"] = "use Promise.resolve().then(…).",
    }.ToFrozenDictionary();
}
