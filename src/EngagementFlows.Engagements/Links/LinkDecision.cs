namespace EngagementFlows.Engagements.Links;

/// <summary>What a link may do now.</summary>
public enum LinkVerdict
{
    /// <summary>The form is shown, an answer is taken.</summary>
    Open,

    /// <summary>An answer arrived before; the page says when, and nothing happens.</summary>
    AlreadyAnswered,

    /// <summary>Its date has passed.</summary>
    Expired,

    /// <summary>Its step has ended.</summary>
    Ended,

    /// <summary>A member of staff took it back; perhaps a newer one was sent.</summary>
    Revoked,

    /// <summary>This form does not let the contact decline.</summary>
    MayNotDecline,
}

/// <summary>Decides what a link may do; the store's guard makes sure that it is done once.</summary>
public static class LinkDecision
{
    /// <summary>The outcome of an answer.</summary>
    public const string Answered = "Answered";

    /// <summary>The outcome of a refusal.</summary>
    public const string Declined = "Declined";

    /// <summary>Decides about looking at the link.</summary>
    public static LinkVerdict ToShow(Link link, DateTimeOffset now) => link.State switch
    {
        LinkState.Consumed => LinkVerdict.AlreadyAnswered,
        LinkState.Ended => now >= link.ExpiresAt ? LinkVerdict.Expired : LinkVerdict.Ended,
        LinkState.Revoked => LinkVerdict.Revoked,
        LinkState.Open => now >= link.ExpiresAt ? LinkVerdict.Expired : LinkVerdict.Open,
        _ => throw new InvalidOperationException($"EngagementFlows bug: link state '{link.State}' has no verdict."),
    };

    /// <summary>Decides about a post with <paramref name="outcome"/> (<see cref="Answered"/> or <see cref="Declined"/>).</summary>
    public static LinkVerdict ToAnswer(Link link, string outcome, DateTimeOffset now)
    {
        LinkVerdict verdict = ToShow(link, now);
        return verdict == LinkVerdict.Open && outcome == Declined && !link.MayDecline ? LinkVerdict.MayNotDecline : verdict;
    }
}
