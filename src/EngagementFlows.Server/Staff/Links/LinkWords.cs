using EngagementFlows.Engagements.Links;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Staff.Controls;
using EngagementFlows.Server.Staff.Instances;

namespace EngagementFlows.Server.Staff.Links;

/// <summary>Says how a link stands.</summary>
internal static class LinkWords
{
    public static (string Text, Tone Tone) State(LinkLine link, Reader reader)
    {
        string closed = link.ClosedAt is { } at ? reader.Moment(at) : "";
        return link.State switch
        {
            LinkState.Open when link.ExpiresAt <= reader.Now => (reader.Say(StaffLinkTexts.Expired, reader.Moment(link.ExpiresAt)), Tone.Waiting),
            LinkState.Open => (reader.Say(StaffLinkTexts.Open, InstanceWords.Marked(reader.Moment(link.ExpiresAt), link.ExpiryIsProvisional, reader)), Tone.Running),
            LinkState.Consumed when link.Outcome == LinkDecision.Declined => (reader.Say(StaffLinkTexts.Declined, closed), Tone.Done),
            LinkState.Consumed => (reader.Say(StaffLinkTexts.Answered, closed), Tone.Done),
            LinkState.Ended => (reader.Say(StaffLinkTexts.Ended, closed), Tone.Waiting),
            LinkState.Revoked => (reader.Say(StaffLinkTexts.Revoked, closed), NeedsOne(link, reader.Now) ? Tone.NeedsYou : Tone.Waiting),
            _ => throw new InvalidOperationException($"EngagementFlows bug: link state '{link.State}' has no words."),
        };
    }

    /// <summary>Tells whether a new link may be sent in its place.</summary>
    public static bool MaySendAnew(LinkLine link, DateTimeOffset now) =>
        link.State is LinkState.Open or LinkState.Revoked && link.IsWaitedFor && link.ReplacedBy is null && link.ExpiresAt > now;

    /// <summary>Tells whether the flow waits for an answer that nobody can give.</summary>
    public static bool NeedsOne(LinkLine link, DateTimeOffset now) => link.State == LinkState.Revoked && MaySendAnew(link, now);
}
