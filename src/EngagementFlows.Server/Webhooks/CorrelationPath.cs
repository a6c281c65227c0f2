using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EngagementFlows.Server.Webhooks;

/// <summary>Finds a message's business key: names and places such as <c>data.order.id</c> or <c>$.items[0].key</c>. Pure.</summary>
internal static partial class CorrelationPath
{
    public const int LongestKey = 300;

    /// <summary>Tells whether a text is such a path.</summary>
    public static bool IsPath(string path) => path.Length <= 300 && Whole().IsMatch(path);

    /// <summary>Returns the text or number at the path; <see langword="null"/> if there is none, or it is too long for a key.</summary>
    public static string? Find(JsonElement message, string path)
    {
        JsonElement at = message;
        foreach (Match part in Part().Matches(path))
        {
            if (part.Groups["place"] is { Success: true } place)
            {
                if (at.ValueKind != JsonValueKind.Array || !int.TryParse(place.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int index) || index >= at.GetArrayLength())
                    return null;
                at = at[index];
            }
            else if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(part.Groups["name"].Value, out at))
            {
                return null;
            }
        }

        string? key = at.ValueKind switch
        {
            JsonValueKind.String => at.GetString(),
            JsonValueKind.Number => at.GetRawText(),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(key) || key.Length > LongestKey ? null : key;
    }

    [GeneratedRegex(@"^(\$\.)?[A-Za-z0-9_-]+(\[[0-9]{1,6}\])*(\.[A-Za-z0-9_-]+(\[[0-9]{1,6}\])*)*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Whole();

    [GeneratedRegex(@"(?<name>[A-Za-z0-9_-]+)(?=[\.\[]|\z)|\[(?<place>[0-9]+)\]", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
