using EngagementFlows.Engine;
using EngagementFlows.Server.Languages;

namespace EngagementFlows.Server.Studio;

/// <summary>What the page around the Studio tells its reader after an answer: the Studio itself knows only success and breakdown.</summary>
/// <remarks>Two headers of the answer: a code, and a sentence in the reader's language, percent-encoded since headers hold ASCII only.</remarks>
internal static class StudioNotice
{
    public const string CodeHeader = "X-EngagementFlows-Notice";
    public const string TextHeader = "X-EngagementFlows-Notice-Text";
    private const string Refused = "refused";

    // Each letter of Chinese takes nine in the header, and proxies take headers of 8 KB altogether.
    private const int Longest = 400;

    /// <summary>Says that what was asked was not done, or not wholly, and why.</summary>
    public static void Refuse(HttpResponse response, Reader reader, LocalizedText why, params object?[] values) => Tell(response, Refused, reader.Say(why, values));

    /// <summary>Says what became of an act; a long text is cut.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="code">The code.</param>
    /// <param name="text">The sentence; <see langword="null"/> = the page has words for the code.</param>
    public static void Tell(HttpResponse response, string code, string? text)
    {
        response.Headers[CodeHeader] = code;
        if (text is not null)
            response.Headers[TextHeader] = Uri.EscapeDataString(Short(text));
    }

    private static string Short(string text)
    {
        if (text.Length <= Longest)
            return text;
        int end = char.IsHighSurrogate(text[Longest - 2]) ? Longest - 2 : Longest - 1;
        return text[..end] + "…";
    }
}
