namespace EngagementFlows.Server.Api;

/// <summary>Checks texts of a request's body.</summary>
internal static class TextRules
{
    /// <exception cref="BadHttpRequestException">The text is missing, blank or too long.</exception>
    public static void Require(string name, string? text, int longest)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new BadHttpRequestException($"'{name}' is missing. It must be a text of 1 to {longest} characters.");
        Limit(name, text, longest);
    }

    /// <exception cref="BadHttpRequestException">The text is too long.</exception>
    public static void Limit(string name, string? text, int longest)
    {
        if (text?.Length > longest)
            throw new BadHttpRequestException($"'{name}' has {text.Length} characters. It must have at most {longest}.");
    }
}
