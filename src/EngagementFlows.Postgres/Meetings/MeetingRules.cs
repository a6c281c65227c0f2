using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engine;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>What console and API check of acts on meetings, before the statement that acts checks it once more.</summary>
public static class MeetingRules
{
    /// <summary>The shortest meeting.</summary>
    public const int LeastMinutes = 5;

    /// <summary>The longest.</summary>
    public const int MostMinutes = 720;

    private const int PlaceLength = 500;

    /// <summary>Gets what is said about a meeting that nobody can change any more.</summary>
    public static LocalizedText IsOver { get; } = new(
        "The meeting is over or was called off: there is nothing to change any more. Arrange another one.", "会议已结束或已取消，无法再更改，请另行安排。");

    /// <summary>Returns what is wrong with a place, or <see langword="null"/>.</summary>
    public static string? FaultOfPlace(string? place) => place is null ? null : TextRule.FaultOfLine(place, PlaceLength);

    /// <summary>Returns the answer of a word: accept, decline, propose.</summary>
    public static MeetingAnswer? AnswerOf(string? word) => word switch
    {
        "accept" => MeetingAnswer.Accepted,
        "decline" => MeetingAnswer.Declined,
        "propose" => MeetingAnswer.Proposed,
        _ => null,
    };

    /// <summary>Returns why a member of staff cannot answer, or <see langword="null"/> if he can.</summary>
    public static LocalizedText? WhyNotAnswer(MeetingDetail meeting, Guid person, DateTimeOffset now)
    {
        if (meeting.Meeting.State != MeetingState.Planned || meeting.Meeting.EndsAt <= now)
            return IsOver;
        if (meeting.Invitees is [{ } organiser, ..] && organiser.PersonId == person)
            return new("You arranged this meeting. Move it, or call it off.", "会议由您发起，请改期或取消。");
        return meeting.Invitees.Any(invitee => invitee.PersonId == person) ? null : new("You are not invited to this meeting.", "您不在此会议的受邀人之列。");
    }
}
