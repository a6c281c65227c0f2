namespace EngagementFlows.Scripts.JavaScript;

/// <summary>A set of code points as sorted ranges, with a bitmap for ASCII.</summary>
internal sealed class CharacterSet
{
    private readonly List<(int First, int Last)> _ranges = [];
    private readonly List<Func<int, bool>> _tests = [];
    private bool _isSorted = true;
    private UInt128 _ascii;

    public bool IsNegated { get; set; }

    public CharacterSet Add(int first, int last)
    {
        _ranges.Add((first, last));
        _isSorted = false;
        for (int c = first; c <= Math.Min(last, 127); c++)
            _ascii |= UInt128.One << c;
        return this;
    }

    public CharacterSet Add(int code) => Add(code, code);

    /// <summary>Adds what a test accepts; for classes that tables would only copy.</summary>
    public void Add(Func<int, bool> test)
    {
        _tests.Add(test);
        for (int c = 0; c < 128; c++)
        {
            if (test(c))
                _ascii |= UInt128.One << c;
        }
    }

    public void Add(CharacterSet other)
    {
        if (other.IsNegated)
        {
            Add(c => other.Contains(c));
            return;
        }

        foreach ((int first, int last) in other._ranges)
            Add(first, last);
        foreach (Func<int, bool> test in other._tests)
            Add(test);
    }

    /// <summary>Puts the set into the form that <see cref="Contains"/> needs; afterwards threads may share it.</summary>
    public CharacterSet Seal()
    {
        if (_isSorted)
            return this;
        _ranges.Sort();
        int to = 0;
        for (int from = 1; from < _ranges.Count; from++)
        {
            if (_ranges[from].First <= _ranges[to].Last + 1)
                _ranges[to] = (_ranges[to].First, Math.Max(_ranges[to].Last, _ranges[from].Last));
            else
                _ranges[++to] = _ranges[from];
        }

        if (_ranges.Count > 0)
            _ranges.RemoveRange(to + 1, _ranges.Count - to - 1);
        _isSorted = true;
        return this;
    }

    public bool Contains(int code) => ContainsPlain(code) != IsNegated;

    /// <summary>Tells whether some member is the same letter in another case.</summary>
    public bool ContainsIgnoringCase(int code, bool isUnicode)
    {
        bool found = ContainsPlain(code);
        if (!found)
        {
            foreach (int other in RegexCase.Variants(code, isUnicode))
                found |= ContainsPlain(other);
        }

        return found != IsNegated;
    }

    private bool ContainsPlain(int code)
    {
        if (code < 128)
            return ((_ascii >> code) & UInt128.One) != 0;
        int low = 0;
        int high = _ranges.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (code < _ranges[middle].First)
                high = middle - 1;
            else if (code > _ranges[middle].Last)
                low = middle + 1;
            else
                return true;
        }

        foreach (Func<int, bool> test in _tests)
        {
            if (test(code))
                return true;
        }

        return false;
    }
}

/// <summary>Canonicalize (ECMA-262 §22.2.2.7.3).</summary>
internal static class RegexCase
{
    public static int Canonical(int code, bool isUnicode)
    {
        if (code < 128 && !isUnicode)
            return code is >= 'a' and <= 'z' ? code - 32 : code;
        if (isUnicode)
            return Fold(code);
        if (code > 0xffff)
            return code;
        string upper = Casing.ToUpper(((char)code).ToString());
        return upper.Length == 1 && !(code >= 128 && upper[0] < 128) ? upper[0] : code;
    }

    /// <summary>Other code points with the same canonical form, as far as the case mappings lead to them.</summary>
    public static IEnumerable<int> Variants(int code, bool isUnicode)
    {
        int canonical = Canonical(code, isUnicode);
        foreach (int candidate in (int[])[canonical, Lower(code), Upper(code), Lower(canonical), .. Extra(canonical)])
        {
            if (candidate != code && Canonical(candidate, isUnicode) == canonical)
                yield return candidate;
        }
    }

    private static int Fold(int code) => code switch
    {
        0x17f => 's',
        0x1e9e => 0xdf,
        0x2126 => 0x3c9,
        0x212a => 'k',
        0x212b => 0xe5,
        0x130 or 0x131 => code,
        0x3c2 => 0x3c3,
        _ => Lower(Upper(code) is var upper && upper == 'S' && code != 's' ? code : upper),
    };

    private static int[] Extra(int canonical) => canonical switch
    {
        's' or 'S' => [0x17f],
        'k' => [0x212a],
        0xdf => [0x1e9e],
        0xe5 => [0x212b],
        0x3c9 => [0x2126],
        0x3c3 or 0x3a3 => [0x3c2],
        0x398 => [0x3d1, 0x3f4],
        0x3b8 => [0x3d1, 0x3f4],
        0x39c or 0x3bc => [0xb5],
        _ => [],
    };

    private static int Lower(int code) => Map(code, text => text.ToLowerInvariant());

    private static int Upper(int code) => Map(code, text => text.ToUpperInvariant());

    private static int Map(int code, Func<string, string> map)
    {
        if (code is >= 0xd800 and <= 0xdfff)
            return code;
        string mapped = map(Texts.OfCodePoint(code));
        int first = Texts.CodePointAt(mapped, 0);
        return mapped.Length == (first > 0xffff ? 2 : 1) ? first : code;
    }
}
