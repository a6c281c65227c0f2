namespace EngagementFlows.Scripts.JavaScript;

/// <summary>The punctuators (ECMA-262 §12.8), longest first for each first character.</summary>
internal static class Punctuators
{
    private static readonly string[]?[] s_byFirst = MakeTable(
        "{", "}", "(", ")", "[", "]", ";", ",", "~", ":", "...", ".", "<<=", "<<", "<=", "<", ">>>=", ">>>", ">>=", ">>", ">=", ">",
        "===", "==", "=>", "=", "!==", "!=", "!", "++", "+=", "+", "--", "-=", "-", "**=", "**", "*=", "*", "/=", "/", "%=", "%",
        "&&=", "&&", "&=", "&", "||=", "||", "|=", "|", "^=", "^", "??=", "??", "?.", "?");

    public static string? Match(string source, int at)
    {
        char first = source[at];
        if (first >= s_byFirst.Length || s_byFirst[first] is not { } candidates)
            return null;
        foreach (string candidate in candidates)
        {
            if (string.CompareOrdinal(source, at, candidate, 0, candidate.Length) != 0)
                continue;

            // "a?.5:b" is a conditional, not a chain.
            if (candidate == "?." && at + 2 < source.Length && char.IsAsciiDigit(source[at + 2]))
                continue;
            return candidate;
        }

        return null;
    }

    private static string[]?[] MakeTable(params string[] all)
    {
        string[]?[] table = new string[128][];
        foreach (IGrouping<char, string> group in all.GroupBy(text => text[0]))
            table[group.Key] = [.. group.OrderByDescending(text => text.Length).Select(string.Intern)];
        return table;
    }
}
