using EngagementFlows.Engagements.Links;

namespace EngagementFlows.Postgres.Links;

/// <summary>How states of links are written in the database.</summary>
internal static class LinkText
{
    public static LinkState StateOf(string text) => text switch
    {
        "open" => LinkState.Open,
        "consumed" => LinkState.Consumed,
        "ended" => LinkState.Ended,
        "revoked" => LinkState.Revoked,
        _ => throw new InvalidOperationException($"EngagementFlows bug: '{text}' is no link state."),
    };
}
