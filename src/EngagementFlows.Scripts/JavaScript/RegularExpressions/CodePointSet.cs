using System.Globalization;
using System.Text;

namespace EngagementFlows.Scripts.JavaScript.RegularExpressions;

/// <summary>A set of code points as sorted ranges that do not touch; what a character class comes to.</summary>
internal sealed class CodePointSet
{
    public const int Last = 0x10FFFF;

    private List<(int From, int To)> _ranges = [];
    private bool _isSorted = true;
    private ulong _low;
    private ulong _high;

    public static CodePointSet Of(params (int From, int To)[] ranges)
    {
        CodePointSet set = new();
        foreach ((int from, int to) in ranges)
            set.Add(from, to);
        return set;
    }

    public IReadOnlyList<(int From, int To)> Ranges
    {
        get
        {
            Sort();
            return _ranges;
        }
    }

    public void Add(int from, int to)
    {
        _ranges.Add((from, to));
        _isSorted = false;
    }

    public void Add(CodePointSet other)
    {
        _ranges.AddRange(other.Ranges);
        _isSorted = false;
    }

    /// <summary>Tells whether the set holds a code point.</summary>
    public bool Contains(int point)
    {
        Sort();
        if (point < 64)
            return (_low & (1UL << point)) != 0;
        if (point < 128)
            return (_high & (1UL << (point - 64))) != 0;
        int left = 0, right = _ranges.Count - 1;
        while (left <= right)
        {
            int middle = (left + right) / 2;
            if (point < _ranges[middle].From)
                right = middle - 1;
            else if (point > _ranges[middle].To)
                left = middle + 1;
            else
                return true;
        }

        return false;
    }

    /// <summary>Returns the same set, ready to be read by several threads at once.</summary>
    public CodePointSet Freeze()
    {
        Sort();
        return this;
    }

    public CodePointSet Complement()
    {
        CodePointSet rest = new();
        int next = 0;
        foreach ((int from, int to) in Ranges)
        {
            if (from > next)
                rest.Add(next, from - 1);
            next = to + 1;
        }

        if (next <= Last)
            rest.Add(next, Last);
        return rest;
    }

    /// <summary>Returns the set in .NET's syntax: one class of UTF-16 units and, in Unicode mode, alternatives of surrogate pairs before it.</summary>
    public string ToDotNet(bool isUnicode)
    {
        StringBuilder units = new();
        List<string> pairs = [];
        foreach ((int from, int to) in Ranges)
        {
            if (from <= 0xFFFF)
                AppendUnits(units, from, Math.Min(to, 0xFFFF));
            if (to > 0xFFFF && isUnicode)
                AddPairs(pairs, Math.Max(from, 0x10000), to);
        }

        string single = units.Length > 0 ? $"[{units}]" : "";
        if (pairs.Count == 0)
            return single.Length > 0 ? single : "(?!)";
        return $"(?:{string.Join('|', pairs)}{(single.Length > 0 ? "|" + single : "")})";
    }

    private static void AppendUnits(StringBuilder text, int from, int to)
    {
        text.Append(Escape(from));
        if (to > from)
            text.Append('-').Append(Escape(to));
    }

    private static string Escape(int unit) => "\\u" + unit.ToString("X4", CultureInfo.InvariantCulture);

    private static void AddPairs(List<string> pairs, int from, int to)
    {
        while (from <= to)
        {
            int high = 0xD800 + ((from - 0x10000) >> 10);
            int low = 0xDC00 + ((from - 0x10000) & 0x3FF);
            int endOfHigh = from | 0x3FF;
            if (low == 0xDC00 && endOfHigh <= to)
            {
                // Whole blocks of 1,024: one alternative for all high surrogates that they need.
                int lastWhole = ((to + 1) & ~0x3FF) - 1;
                pairs.Add($"[{Escape(high)}-{Escape(0xD800 + ((lastWhole - 0x10000) >> 10))}][\\uDC00-\\uDFFF]");
                from = lastWhole + 1;
                continue;
            }

            int last = Math.Min(endOfHigh, to);
            pairs.Add($"{Escape(high)}[{Escape(low)}-{Escape(0xDC00 + ((last - 0x10000) & 0x3FF))}]");
            from = last + 1;
        }
    }

    private void Sort()
    {
        if (_isSorted)
            return;
        _ranges.Sort();
        List<(int From, int To)> merged = [];
        foreach ((int from, int to) in _ranges)
        {
            if (merged.Count > 0 && from <= merged[^1].To + 1)
                merged[^1] = (merged[^1].From, Math.Max(merged[^1].To, to));
            else
                merged.Add((from, to));
        }

        _ranges = merged;
        _low = Bits(0);
        _high = Bits(64);
        _isSorted = true;
    }

    // The first 128 code points decide most tests; they are kept as bits.
    private ulong Bits(int first)
    {
        ulong bits = 0;
        foreach ((int from, int to) in _ranges)
        {
            for (int point = Math.Max(from, first); point <= Math.Min(to, first + 63); point++)
                bits |= 1UL << (point - first);
        }

        return bits;
    }
}
