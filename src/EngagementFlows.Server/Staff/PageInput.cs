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

    /// <summary>Returns a text of several lines, trimmed and cut; <see langword="null"/> if nothing is left or it holds what the database cannot.</summary>
    public static string? Text(string? text, int most)
    {
        string trimmed = (text ?? "").ReplaceLineEndings("\n").Trim();
        return trimmed.Length == 0 || Engagements.Clients.TextRule.FaultOfText(trimmed, most) is not null ? null : trimmed;
    }
}
