namespace EngagementFlows.Scripts.JavaScript;

/// <summary>How texts are compared.</summary>
/// <param name="IgnoresCase">Whether upper and lower case are the same.</param>
/// <param name="IgnoresAccents">Whether letters with and without marks are the same.</param>
/// <param name="IsNumeric">Whether digits are compared as numbers.</param>
/// <param name="UpperFirst">Whether upper case comes first.</param>
internal readonly record struct CollationOptions(bool IgnoresCase, bool IgnoresAccents, bool IsNumeric, bool UpperFirst)
{
    public static CollationOptions From(Realm realm, JsObject options)
    {
        Value sensitivity = options.Get(realm, "sensitivity");
        string kind = sensitivity.IsUndefined ? "variant" : Operations.ToString(realm, sensitivity);
        Value caseFirst = options.Get(realm, "caseFirst");
        return new(
            kind is "base" or "accent",
            kind is "base" or "case",
            Operations.ToBoolean(options.Get(realm, "numeric")),
            caseFirst.IsString && caseFirst.Text == "upper");
    }
}

/// <summary>Orders texts as people expect: letters before case, marks after letters, punctuation first.</summary>
internal static class Collation
{
    public static double Compare(string left, string right, CollationOptions options)
    {
        int primary = ComparePrimary(left, right, options.IsNumeric);
        if (primary != 0)
            return Math.Sign(primary);
        string l = Normalization.Normalize(left, "NFD");
        string r = Normalization.Normalize(right, "NFD");
        if (!options.IgnoresAccents && Math.Sign(string.CompareOrdinal(Marks(l), Marks(r))) is var marks and not 0)
            return marks;
        if (options.IgnoresCase)
            return 0;
        for (int i = 0; i < Math.Min(l.Length, r.Length); i++)
        {
            if (l[i] != r[i] && char.ToLowerInvariant(l[i]) == char.ToLowerInvariant(r[i]))
                return char.IsLower(l[i]) != options.UpperFirst ? -1 : 1;
        }

        return 0;
    }

    private static int ComparePrimary(string left, string right, bool isNumeric)
    {
        string l = Letters(left);
        string r = Letters(right);
        int i = 0;
        int j = 0;
        while (i < l.Length && j < r.Length)
        {
            if (isNumeric && char.IsAsciiDigit(l[i]) && char.IsAsciiDigit(r[j]))
            {
                ReadOnlySpan<char> x = Number(l, ref i);
                ReadOnlySpan<char> y = Number(r, ref j);
                int order = x.Length != y.Length ? x.Length.CompareTo(y.Length) : x.SequenceCompareTo(y);
                if (order != 0)
                    return order;
                continue;
            }

            int difference = Weight(l[i]).CompareTo(Weight(r[j]));
            if (difference != 0)
                return difference;
            i++;
            j++;
        }

        return (l.Length - i).CompareTo(r.Length - j);
    }

    private static ReadOnlySpan<char> Number(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return text.AsSpan(start, at - start).TrimStart('0');
    }

    private static string Letters(string text)
    {
        string lower = Normalization.Normalize(text, "NFD").ToLowerInvariant();
        return string.Concat(lower.Where(c => !IsMark(c)));
    }

    private static string Marks(string text) => string.Concat(text.Where(IsMark));

    private static bool IsMark(char c) => char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark;

    /// <summary>White space, punctuation, symbols, digits, letters: in this order.</summary>
    private static int Weight(char c)
    {
        int group = char.IsWhiteSpace(c) ? 0 : char.IsPunctuation(c) ? 1 : char.IsSymbol(c) ? 2 : char.IsDigit(c) ? 3 : 4;
        int within = c < 128 && group == 1 ? "_-,;:!?.'\"()[]{}@*/\\&#%".IndexOf(c, StringComparison.Ordinal) : c < 128 && group == 2 ? "`^+<=>|~$".IndexOf(c, StringComparison.Ordinal) : c;
        return (group << 17) + within;
    }
}
