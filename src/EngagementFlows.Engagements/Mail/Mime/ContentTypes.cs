namespace EngagementFlows.Engagements.Mail.Mime;

/// <summary>The types of attached files.</summary>
internal static class ContentTypes
{
    private const string TokenMarks = "!#$&-^_.+";

    /// <summary>Returns a type with parameters as it may stand in a header.</summary>
    /// <exception cref="FormatException">It is not <c>type/subtype</c>, perhaps with parameters <c>; name=value</c>.</exception>
    public static string Check(string contentType)
    {
        string[] parts = contentType.Split(';', StringSplitOptions.TrimEntries);
        string[] type = parts[0].Split('/');
        bool isType = type.Length == 2 && type.All(IsToken) && parts.Skip(1).All(IsParameter);
        return isType ? string.Join("; ", parts) : throw new FormatException($"'{ValueCode.OneLine(contentType)}' is no content type: write type/subtype, such as application/pdf.");
    }

    private static bool IsParameter(string parameter)
    {
        string[] sides = parameter.Split('=');
        return sides.Length == 2 && IsToken(sides[0]) && IsToken(sides[1]);
    }

    private static bool IsToken(string text) => text.Length is > 0 and <= 127 && text.All(unit => char.IsAsciiLetterOrDigit(unit) || TokenMarks.Contains(unit, StringComparison.Ordinal));
}
