namespace EngagementFlows.Scripts.JavaScript;

/// <summary>Finds the known name that somebody most likely meant.</summary>
internal static class NearestName
{
    public static string? Of(string name, IReadOnlyCollection<string> known)
    {
        if (name.Length > 100)
            return null;
        int most = Math.Max(1, name.Length / 3);
        string? best = null;
        int least = most + 1;
        foreach (string candidate in known)
        {
            if (Math.Abs(candidate.Length - name.Length) > most || candidate.Length > 100)
                continue;
            int distance = string.Equals(candidate, name, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(name, candidate);
            if (distance < least)
            {
                least = distance;
                best = candidate;
            }
        }

        return best;
    }

    private static int Distance(string left, string right)
    {
        int[] previous = new int[right.Length + 1];
        int[] current = new int[right.Length + 1];
        for (int j = 0; j <= right.Length; j++)
            previous[j] = j;
        for (int i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int change = left[i - 1] == right[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
