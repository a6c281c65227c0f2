using EngagementFlows.Engagements.Milestones;
using EngagementFlows.Engine.Effects;
using Npgsql;

namespace EngagementFlows.Postgres.Milestones;

/// <summary>Answers which milestones engagements have, with one query.</summary>
internal static class AnswerMilestones
{
    public static async Task ExecuteAsync(NpgsqlConnection connection, IReadOnlyList<Question> questions, Dictionary<Question, object?> answers, CancellationToken cancellationToken)
    {
        MilestonesAsked[] asked = [.. questions.OfType<MilestonesAsked>()];
        if (asked.Length == 0)
            return;
        List<Milestone> milestones = await ListMilestones.ExecuteAsync(connection, [.. asked.Select(question => question.EngagementId).Distinct()], cancellationToken);
        foreach (MilestonesAsked question in asked)
            answers[question] = new MilestoneList([.. milestones.Where(milestone => milestone.EngagementId == question.EngagementId)]);
    }
}
