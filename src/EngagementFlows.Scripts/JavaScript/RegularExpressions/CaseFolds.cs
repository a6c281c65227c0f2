namespace EngagementFlows.Scripts.JavaScript.RegularExpressions;

/// <summary>Which characters a pattern without case takes for the same (ECMA-262 §22.2.2.7.3, Canonicalize).</summary>
internal static class CaseFolds
{
    // Up to this size its members are looked up one by one; above, every class is asked.
    private const int SmallSet = 128;

    private static readonly Lazy<Classes> Plain = new(() => new Classes(CanonicalizePlain));

    private static readonly Lazy<Classes> Unicode = new(() => new Classes(CanonicalizeUnicode));

    /// <summary>Returns what a character counts as.</summary>
    public static int Canonicalize(int point, bool isUnicode) => isUnicode ? CanonicalizeUnicode(point) : CanonicalizePlain(point);

    /// <summary>Returns the set with every character that counts as the same as one of its own.</summary>
    public static CodePointSet Close(CodePointSet set, bool isUnicode)
    {
        Classes classes = (isUnicode ? Unicode : Plain).Value;
        CodePointSet closed = new();
        closed.Add(set);
        IEnumerable<int[]> touched = set.Ranges.Sum(range => (long)range.To - range.From + 1) <= SmallSet
            ? set.Ranges.SelectMany(range => Enumerable.Range(range.From, range.To - range.From + 1)).Select(classes.Of).OfType<int[]>()
            : classes.All.Where(same => Array.Exists(same, set.Contains));
        foreach (int point in touched.SelectMany(same => same))
            closed.Add(point, point);
        return closed;
    }

    // toUpperCase, where it is a single unit and does not lead from outside ASCII into it.
    private static int CanonicalizePlain(int point)
    {
        if (point > 0xFFFF)
            return point;
        char upper = char.ToUpperInvariant((char)point);
        return point >= 128 && upper < 128 ? point : upper;
    }

    // Simple case folding; the framework's invariant mapping leaves these few alone.
    private static int CanonicalizeUnicode(int point) => point switch
    {
        0x17F => 's',
        0x1E9E => 0xDF,
        0x1E9B => 0x1E61,
        0x212A => 'k',
        0x212B => 0xE5,
        0x2126 => 0x3C9,
        0x3C2 => 0x3C3,
        0x1FBE or 0x345 => 0x3B9,
        0xB5 => 0x3BC,
        0x3D0 => 0x3B2,
        0x3D1 => 0x3B8,
        0x3D5 => 0x3C6,
        0x3D6 => 0x3C0,
        0x3F0 => 0x3BA,
        0x3F1 => 0x3C1,
        0x3F4 => 0x3B8,
        0x3F5 => 0x3B5,
        0x130 or 0x131 => point,
        <= 0xFFFF => char.ToLowerInvariant(char.ToUpperInvariant((char)point)),
        _ => System.Text.Rune.ToLowerInvariant(new System.Text.Rune(point)).Value,
    };

    private sealed class Classes
    {
        private readonly Dictionary<int, int[]> _byPoint = [];

        public Classes(Func<int, int> canonicalize)
        {
            Dictionary<int, List<int>> byCanonical = [];
            for (int point = 0; point <= 0x1FFFF; point++)
            {
                if (point is >= 0xD800 and <= 0xDFFF)
                    continue;
                int canonical = canonicalize(point);
                if (canonical == point)
                    continue;
                if (!byCanonical.TryGetValue(canonical, out List<int>? same))
                    byCanonical[canonical] = same = canonicalize(canonical) == canonical ? [canonical] : [];
                same.Add(point);
            }

            All = [.. byCanonical.Values.Select(same => same.ToArray())];
            foreach (int[] same in All)
            {
                foreach (int point in same)
                    _byPoint[point] = same;
            }
        }

        public int[][] All { get; }

        /// <summary>Returns all characters that count as the same, or null if it is alone.</summary>
        public int[]? Of(int point) => _byPoint.GetValueOrDefault(point);
    }
}
