namespace EngagementFlows.Engagements.Links;

/// <summary>What a visitor's browser, or what pretends to be one, says of itself.</summary>
/// <param name="UserAgent">The header <c>User-Agent</c>; empty if there is none.</param>
/// <param name="Accept">The header <c>Accept</c>; empty if there is none.</param>
/// <param name="AcceptLanguage">The header <c>Accept-Language</c>; empty if there is none.</param>
/// <param name="FetchMode">The header <c>Sec-Fetch-Mode</c>; empty if there is none.</param>
public sealed record OpeningSigns(string UserAgent, string Accept, string AcceptLanguage, string FetchMode);

/// <summary>Guesses whether a person or a machine looks at a link: mail scanners open every link, often many times.</summary>
/// <remarks>Pure. Only a guess, for the staff's eyes: it decides nothing. The store adds what it knows of the time (see <c>CountLinkOpening</c>).</remarks>
public static class OpeningGuess
{
    // Parts of the names by which scanners, previews and libraries call themselves.
    private static readonly string[] Machines =
    [
        "bot", "crawl", "spider", "scan", "preview", "proxy", "headless", "curl", "wget", "python", "java/", "go-http", "okhttp", "axios", "libwww",
        "safelinks", "barracuda", "proofpoint", "mimecast", "symantec", "trendmicro", "bingpreview", "slack", "whatsapp", "facebookexternalhit",
    ];

    /// <summary>Tells whether the signs look like a machine's.</summary>
    public static bool LooksLikeMachine(OpeningSigns signs) =>
        !signs.UserAgent.StartsWith("Mozilla/", StringComparison.Ordinal)
        || Machines.Any(name => signs.UserAgent.Contains(name, StringComparison.OrdinalIgnoreCase))
        // A person's browser asks for a page, in his language, because he went there.
        || !signs.Accept.Contains("text/html", StringComparison.OrdinalIgnoreCase)
        || signs.AcceptLanguage.Length == 0
        || (signs.FetchMode.Length > 0 && signs.FetchMode != "navigate");
}
