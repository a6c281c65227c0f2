using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace EngagementFlows.CrashDrill.Callers;

/// <summary>Answers that callers did not expect; they are told on standard error and change no figure.</summary>
internal sealed partial class Grievances
{
    private const int MostLength = 300;
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Adds one; ids in it are taken out, so that the same ones come together.</summary>
    public void Add(string text)
    {
        string plain = Id().Replace(text, "#");
        _counts.AddOrUpdate(plain[..Math.Min(MostLength, plain.Length)], 1, static (_, count) => count + 1);
    }

    /// <summary>Returns them with their numbers, most frequent first.</summary>
    public IReadOnlyList<(string Text, int Count)> List() => [.. _counts.Select(pair => (pair.Key, pair.Value)).OrderByDescending(pair => pair.Value)];

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|task-[0-9]+|\"traceId\":\"[^\"]*\"")]
    private static partial Regex Id();
}
