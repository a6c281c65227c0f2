using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engine.Effects;
using Npgsql;

namespace EngagementFlows.Postgres.Meetings;

/// <summary>Answers how meetings stand, with one query.</summary>
internal static class AnswerMeetings
{
    public static async Task ExecuteAsync(NpgsqlConnection connection, IReadOnlyList<Question> questions, Dictionary<Question, object?> answers, CancellationToken cancellationToken)
    {
        MeetingAsked[] asked = [.. questions.OfType<MeetingAsked>()];
        if (asked.Length == 0)
            return;
        Dictionary<Guid, StoredMeeting> meetings = await LoadMeetings.ExecuteAsync(connection, [.. asked.Select(question => question.MeetingId)], cancellationToken);
        foreach (MeetingAsked question in asked)
        {
            answers[question] = meetings.TryGetValue(question.MeetingId, out StoredMeeting? stored)
                ? stored.Meeting
                : new Unanswerable($"There is no meeting '{question.MeetingId}'. Give the output Meeting of Schedule meeting.");
        }
    }
}
