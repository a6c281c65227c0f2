namespace EngagementFlows.Engagements.Clients;

/// <summary>The rules for short texts that come from outside: nothing that the database, a mail header or a page cannot carry.</summary>
public static class TextRule
{
    /// <summary>The greatest length of a name or title, in UTF-16 units.</summary>
    public const int NameLength = 200;

    /// <summary>The greatest length of a comment or a long answer, in UTF-16 units.</summary>
    public const int CommentLength = 10_000;

    /// <summary>Returns why <paramref name="text"/> is not acceptable as one line of at most <paramref name="limit"/> characters, or <see langword="null"/>.</summary>
    public static string? FaultOfLine(string text, int limit)
    {
        if (text.AsSpan().IndexOfAny('\r', '\n') >= 0)
            return "it holds a line break; write it on one line";
        return FaultOfText(text, limit);
    }

    /// <summary>Returns why <paramref name="text"/> is not acceptable as text of at most <paramref name="limit"/> characters, or <see langword="null"/>.</summary>
    public static string? FaultOfText(string text, int limit)
    {
        if (text.Length > limit)
            return $"it has {text.Length} characters; at most {limit} are allowed";
        for (int i = 0; i < text.Length; i++)
        {
            char unit = text[i];
            if (char.IsControl(unit) && unit is not ('\r' or '\n' or '\t'))
                return $"it holds the control character U+{(int)unit:X4} at position {i + 1}; remove it";
            // PostgreSQL and UTF-8 have no form for half of a pair.
            if (char.IsSurrogate(unit) && (!char.IsHighSurrogate(unit) || i + 1 == text.Length || !char.IsLowSurrogate(text[++i])))
                return $"it holds a broken character at position {i + 1}; type it again";
        }

        return null;
    }
}
