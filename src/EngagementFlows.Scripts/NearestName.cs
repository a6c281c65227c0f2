namespace EngagementFlows.Scripts;

/// <summary>Finds, for a name that does not exist, the known one that was probably meant.</summary>
public static class NearestName
{
    // Longer names are cut: the distance costs the product of both lengths.
    private const int LongestName = 64;
    private const int MostNames = 1000;

    /// <summary>Returns the end of a message, <c> Did you mean 'x'?</c>, or an empty text if nothing is near.</summary>
    public static string Suggest(string name, IEnumerable<string> known)
    {
        string? nearest = Of(name, known);
        return nearest is null ? "" : $" Did you mean '{nearest}'?";
    }

    /// <summary>Returns the nearest of <paramref name="known"/>, or <see langword="null"/> if more than a third of it would have to change.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        string? nearest = null;
        int least = (Math.Min(name.Length, LongestName) / 3) + 1;
        foreach (string candidate in known.Take(MostNames))
        {
            int distance = Distance(name, candidate);
            if (distance < least || (distance == least && nearest is null && distance <= 2 && distance < candidate.Length))
            {
                least = distance;
                nearest = candidate;
            }
        }

        return nearest;
    }

    // Damerau's distance without overlaps: a letter changed, missing, too many, or two of them swapped; case counts for nothing.
    private static int Distance(string left, string right)
    {
        int rows = Math.Min(left.Length, LongestName);
        int columns = Math.Min(right.Length, LongestName);
        Span<int> beforeLast = stackalloc int[LongestName + 1];
        Span<int> last = stackalloc int[LongestName + 1];
        Span<int> current = stackalloc int[LongestName + 1];
        for (int j = 0; j <= columns; j++)
            last[j] = j;
        for (int i = 1; i <= rows; i++)
        {
            current[0] = i;
            for (int j = 1; j <= columns; j++)
            {
                int change = Same(left[i - 1], right[j - 1]) ? 0 : 1;
                int cost = Math.Min(Math.Min(last[j] + 1, current[j - 1] + 1), last[j - 1] + change);
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                    cost = Math.Min(cost, beforeLast[j - 2] + 1);
                current[j] = cost;
            }

            Span<int> spare = beforeLast;
            beforeLast = last;
            last = current;
            current = spare;
        }

        return last[columns];
    }

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
