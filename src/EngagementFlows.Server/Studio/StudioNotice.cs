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

    /// <summary>Says that what was asked was not done, or not wholly, and why.</summary>
    public static void Refuse(HttpResponse response, Reader reader, LocalizedText why, params object?[] values)
    {
        response.Headers[CodeHeader] = Refused;
        response.Headers[TextHeader] = Uri.EscapeDataString(reader.Say(why, values));
    }
}
