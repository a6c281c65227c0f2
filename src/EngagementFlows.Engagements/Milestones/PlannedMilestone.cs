using System.Globalization;
using System.Text.RegularExpressions;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Milestones;

/// <summary>A milestone as a plan names it.</summary>
/// <param name="Name">What it is called, in one line.</param>
/// <param name="On">The planned date.</param>
public sealed partial record PlannedMilestone(string Name, DateOnly On)
{
    /// <summary>How a list is written, for messages.</summary>
    public const string Rule = "Give a list of objects with a title and a date: the list of milestones from the answers of the plan, like [{ \"title\": \"Go-live\", \"due\": \"2026-05-04\" }].";

    /// <summary>Reads the list of a plan. Fields are <c>title</c> or <c>name</c>, and <c>due</c>, <c>date</c> or <c>on</c>; others do not count.</summary>
    /// <param name="given">The list as the form of the plan gives it.</param>
    /// <param name="fault">What is wrong with it, if it cannot be read.</param>
    /// <returns>The milestones in their order; <see langword="null"/> if it cannot be read.</returns>
    public static IReadOnlyList<PlannedMilestone>? Read(object? given, out string? fault)
    {
        fault = null;
        if (given is not PlainList rows)
        {
            fault = Rule;
            return null;
        }

        if (rows.Count > Milestone.Most)
        {
            fault = $"A plan has at most {Milestone.Most} milestones; these are {rows.Count}.";
            return null;
        }

        List<PlannedMilestone> planned = [];
        foreach (object? row in rows)
        {
            if (One(row as PlainObject) is not { } one)
            {
                fault = $"Row {planned.Count + 1} has no title of at most {Milestone.NameLength} characters, or no date like 2026-05-04. {Rule}";
                return null;
            }

            if (planned.Exists(other => other.Name == one.Name))
            {
                fault = $"The milestone '{one.Name}' stands in it twice. Call them differently, since a later plan finds them by their names.";
                return null;
            }

            planned.Add(one);
        }

        return planned;
    }

    private static PlannedMilestone? One(PlainObject? row)
    {
        string name = Blank().Replace((row?["title"] ?? row?["name"]) as string ?? "", " ").Trim();
        return name.Length is > 0 and <= Milestone.NameLength && !name.Contains('\0', StringComparison.Ordinal) && DateOf(row!["due"] ?? row["date"] ?? row["on"]) is { } on
            ? new(name, on)
            : null;
    }

    private static DateOnly? DateOf(object? given) => given switch
    {
        DateTimeOffset instant => DateOnly.FromDateTime(instant.DateTime),
        string text when DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) => date,
        _ => null,
    };

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blank();
}
