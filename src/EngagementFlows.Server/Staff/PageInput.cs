namespace EngagementFlows.Server.Staff;

/// <summary>Makes what stands in an address or a field fit for a query.</summary>
internal static class PageInput
{
    /// <summary>Returns the text trimmed, without what the database cannot hold, at most 200 characters; <see langword="null"/> if nothing is left.</summary>
    public static string? Line(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        string line = string.Concat(text.Trim().Where(unit => !char.IsControl(unit) && !char.IsSurrogate(unit)).Take(200));
        return line.Length == 0 ? null : line;
    }
}
