using EngagementFlows.Engagements.Documents;

namespace EngagementFlows.Postgres.Documents;

/// <summary>How states of document versions are written in the database.</summary>
internal static class DocumentText
{
    public static DocumentState StateOf(string text) => text switch
    {
        "proposed" => DocumentState.Proposed,
        "replaced" => DocumentState.Replaced,
        "frozen" => DocumentState.Frozen,
        _ => throw new InvalidOperationException($"EngagementFlows bug: '{text}' is no state of a document version."),
    };
}
