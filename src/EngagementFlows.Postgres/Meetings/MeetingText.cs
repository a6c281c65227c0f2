using EngagementFlows.Engagements.Meetings;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>How enums of meetings stand in the database.</summary>
internal static class MeetingText
{
    public static string Of(MeetingAudience audience) => audience == MeetingAudience.Internal ? "internal" : "client";

    public static MeetingAudience AudienceOf(string text) => text == "internal" ? MeetingAudience.Internal : MeetingAudience.Client;

    public static MeetingState StateOf(string text) => text switch
    {
        "planned" => MeetingState.Planned,
        "held" => MeetingState.Held,
        "cancelled" => MeetingState.Cancelled,
        "missed" => MeetingState.Missed,
        _ => throw new InvalidOperationException($"EngagementFlows bug: meeting state '{text}' is not known."),
    };

    public static string Of(MeetingAnswer answer) => answer switch
    {
        MeetingAnswer.None => "none",
        MeetingAnswer.Accepted => "accepted",
        MeetingAnswer.Declined => "declined",
        MeetingAnswer.Proposed => "proposed",
        _ => throw new InvalidOperationException($"EngagementFlows bug: meeting answer '{answer}' is not known."),
    };

    public static MeetingAnswer AnswerOf(string text) => text switch
    {
        "none" => MeetingAnswer.None,
        "accepted" => MeetingAnswer.Accepted,
        "declined" => MeetingAnswer.Declined,
        "proposed" => MeetingAnswer.Proposed,
        _ => throw new InvalidOperationException($"EngagementFlows bug: meeting answer '{text}' is not known."),
    };
}
