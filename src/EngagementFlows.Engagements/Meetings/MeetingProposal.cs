using EngagementFlows.Engagements.Forms;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Meetings;

/// <summary>The other time that a contact proposes in the form of an invitation. Pure.</summary>
public static class MeetingProposal
{
    private const string Date = "proposedDate";
    private const string Time = "proposedTime";

    /// <summary>Returns the local time as it was given, <c>2026-03-30T10:00</c>; <see langword="null"/> if the answers propose none.</summary>
    public static string? TextOf(PlainObject answers) => answers["answer"] as string == "propose" ? $"{answers[Date]}T{answers[Time]}" : null;

    /// <summary>Returns what is wrong with the time, at its field; <see langword="null"/> if the meeting could begin then, or nothing is proposed that could be read.</summary>
    /// <param name="answers">The answers of the form.</param>
    /// <param name="zone">The contact's zone: the form asks for his local time.</param>
    /// <param name="now">The instant.</param>
    public static AnswerFault? FaultOf(PlainObject answers, TimeZoneInfo zone, DateTimeOffset now) =>
        TextOf(answers) is { } text && MeetingTime.ReadLocal(text, zone) is { } at && MeetingTime.FaultOf(at, now) is { } fault ? new(Date, fault) : null;
}
