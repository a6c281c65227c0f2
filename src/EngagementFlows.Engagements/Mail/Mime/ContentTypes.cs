namespace EngagementFlows.Engagements.Mail.Mime;

/// <summary>The types of attached files.</summary>
public static class ContentTypes
{
    /// <summary>The type of a file that nobody needs to know more about.</summary>
    public const string Unknown = "application/octet-stream";

    private const string TokenMarks = "!#$&-^_.+";

    // What a firm sends. Pages and pictures that can carry scripts are not among them: a mail program saves those.
    private static readonly Dictionary<string, string> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = "text/csv",
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".jpeg"] = "image/jpeg",
        [".jpg"] = "image/jpeg",
        [".odt"] = "application/vnd.oasis.opendocument.text",
        [".pdf"] = "application/pdf",
        [".png"] = "image/png",
        [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        [".txt"] = "text/plain",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };

    /// <summary>Returns the type that a file's name promises; <see cref="Unknown"/> if we do not know its ending.</summary>
    public static string OfName(string fileName) => ByExtension.GetValueOrDefault(Path.GetExtension(fileName), Unknown);

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
