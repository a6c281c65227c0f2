namespace EngagementFlows.Postgres.Links;

/// <summary>How many codes a link may have, and how often each may be tried: whoever guesses has a chance of 1 in 10,000 over a link's whole life.</summary>
internal static class LinkCodeLimits
{
    /// <summary>The tries that a code allows; a check of the table holds the same number.</summary>
    public const int Tries = 5;

    /// <summary>The codes of one link within an hour.</summary>
    public const int InAnHour = 5;

    /// <summary>The codes of one link in its life; after that staff send a new link.</summary>
    public const int InAll = 20;

    /// <summary>Whoever presses the button twice within this time gets one mail.</summary>
    public static TimeSpan SecondPress { get; } = TimeSpan.FromSeconds(20);
}
