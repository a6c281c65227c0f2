using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tasks;

/// <summary>What one of the people who were asked answered.</summary>
/// <param name="Outcome">The outcome of that person's task.</param>
/// <param name="Comment">What was written with it, or <see langword="null"/>.</param>
/// <param name="By">The person's mail address.</param>
/// <param name="ByName">The person's name.</param>
internal sealed record GivenOutcome(string Outcome, string? Comment, string? By, string? ByName)
{
    /// <summary>Reads what <see cref="Plain"/> wrote; nothing was written: none.</summary>
    public static IEnumerable<GivenOutcome> ReadAll(object? plain) => plain is not PlainList list
        ? []
        : list.Cast<PlainObject>().Select(one => new GivenOutcome((string)one["outcome"]!, one["comment"] as string, one["by"] as string, one["name"] as string));

    /// <summary>Returns the outcomes as plain values, in the order in which they were given.</summary>
    public static PlainList Plain(IReadOnlyList<GivenOutcome> all) => new(all.Select(one => (object?)new PlainObject
    {
        ["outcome"] = one.Outcome,
        ["comment"] = one.Comment,
        ["by"] = one.By,
        ["name"] = one.ByName,
    }));

    /// <summary>Returns the comments of all, a line each with the name of who wrote it; <see langword="null"/> if nobody wrote any.</summary>
    public static string? Comments(IReadOnlyList<GivenOutcome> all)
    {
        string[] lines = [.. all.Where(one => !string.IsNullOrWhiteSpace(one.Comment)).Select(one => $"{one.ByName ?? one.By}: {one.Comment}")];
        return lines.Length == 0 ? null : string.Join('\n', lines);
    }
}
