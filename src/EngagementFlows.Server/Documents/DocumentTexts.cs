using EngagementFlows.Engagements.Documents;
using EngagementFlows.Engine;

namespace EngagementFlows.Server.Documents;

/// <summary>The words around a document.</summary>
internal static class DocumentTexts
{
    public static LocalizedText Title { get; } = new("{0}, version {1}", "{0}（第 {1} 版）");
    public static LocalizedText Proposed { get; } = new("Written on {0}.", "撰写于 {0}。");
    public static LocalizedText Compared { get; } = new("Written on {0}. What differs from version {1} is marked.", "撰写于 {0}。与第 {1} 版的不同之处已标明。");
    public static LocalizedText Frozen { get; } = new("Signed off on {0} by {1}.", "{1}于 {0} 签署。");
    public static LocalizedText Replaced { get; } = new("A newer version has taken its place.", "已被更新的版本取代。");
    public static LocalizedText Decisions { get; } = new("What was decided about it", "对该版本的决定");

    /// <summary>Returns how people call a document.</summary>
    public static LocalizedText NameOf(DocumentVersion version) => DocumentNames.Of(version.Kind);
}
