namespace EngagementFlows.Postgres;

/// <summary>What a person typed into a search box, as a pattern of <c>ilike</c>.</summary>
internal static class SearchPattern
{
    /// <summary>Returns the pattern that finds the text anywhere; <see langword="null"/> if it is blank. Signs of patterns in it mean themselves.</summary>
    public static string? Of(string? search)
    {
        string text = (search ?? "").Replace("\0", "", StringComparison.Ordinal).Trim();
        if (text.Length == 0)
            return null;
        text = text.Length <= 200 ? text : text[..200];
        return $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
    }
}
