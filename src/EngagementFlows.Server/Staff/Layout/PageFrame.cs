namespace EngagementFlows.Server.Staff.Layout;

/// <summary>What the frame around a page shows: the firm, the person, the work that waits, a notice about the last act.</summary>
public sealed class PageFrame
{
    /// <summary>Gets the firm's name.</summary>
    public required string FirmName { get; init; }

    /// <summary>Gets the path of the page, without the folder of <see cref="Site"/>.</summary>
    public required string Path { get; init; }

    /// <summary>Gets path and query of the page, to come back to.</summary>
    public required string PathAndQuery { get; init; }

    /// <summary>Gets <c>light</c> or <c>dark</c> as the person chose; <see langword="null"/> = as the machine has it.</summary>
    public string? Theme { get; init; }

    /// <summary>Gets what the person searched for.</summary>
    public string? SearchText { get; init; }

    /// <summary>Gets what the last act came to, or <see langword="null"/>.</summary>
    public Notice? Notice { get; init; }

    public string PersonName { get; init; } = "";

    public string PersonEmail { get; init; } = "";

    public string RoleNames { get; init; } = "";

    /// <summary>Gets or sets whether the side bar shows pictures only, to leave the page its width.</summary>
    public bool IsSlim { get; set; }

    /// <summary>Gets the entries of the side bar that concern the flows.</summary>
    public IReadOnlyList<NavigationEntry> Flows { get; init; } = Navigation.Flows;

    /// <summary>Gets the entries of the side bar that concern the firm; empty for those who may not see them.</summary>
    public IReadOnlyList<NavigationEntry> Firm { get; init; } = [];

    /// <summary>Gets the numbers beside the entries of the side bar.</summary>
    public NavigationCounts Counts { get; set; } = NavigationCounts.None;

    /// <summary>Gets one or two letters that stand for the person.</summary>
    public string Initials => InitialsOf(PersonName);

    /// <summary>Returns the first letters of the first and the last word; of a Chinese name the family name.</summary>
    public static string InitialsOf(string name)
    {
        string[] words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length switch
        {
            0 => "?",
            1 => FirstOf(words[0]),
            _ => FirstOf(words[0]) + FirstOf(words[^1]),
        };
    }

    // By text elements: a letter may be two characters long, and half of one is none.
    private static string FirstOf(string word) => System.Globalization.StringInfo.GetNextTextElement(word).ToUpperInvariant();
}

/// <summary>How much work waits behind the entries of the side bar.</summary>
public sealed record NavigationCounts(long Tasks, long Incidents)
{
    public static NavigationCounts None { get; } = new(0, 0);

    public long Of(NavigationEntry entry) =>
        entry == Navigation.Inbox ? Tasks : entry == Navigation.Incidents ? Incidents : 0;
}
