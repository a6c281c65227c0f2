using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Engagements;
using Npgsql;

namespace EngagementFlows.Postgres.Tasks;

/// <summary>Answers who the approvers of engagements are.</summary>
internal static class AnswerApprovers
{
    public static async Task ExecuteAsync(
        NpgsqlConnection connection, IReadOnlyList<ApproversAsked> questions, string? escalationLastRung, Dictionary<Question, object?> answers, CancellationToken cancellationToken)
    {
        Dictionary<Guid, EngagementSnapshot> engagements = await LoadEngagements.ExecuteAsync(connection, [.. questions.Select(question => question.EngagementId).Distinct()], cancellationToken);
        StaffDirectory staff = new(await ListStaff.ExecuteAsync(connection, cancellationToken), escalationLastRung);
        foreach (ApproversAsked question in questions)
            answers[question] = Answer(question, engagements, staff);
    }

    private static object Answer(ApproversAsked question, Dictionary<Guid, EngagementSnapshot> engagements, StaffDirectory staff)
    {
        if (!engagements.TryGetValue(question.EngagementId, out EngagementSnapshot? engagement))
            return new Unanswerable($"The engagement '{question.EngagementId}' does not exist. Start the flow with the id of an engagement as correlation id.");
        Guid? requestedBy = question.RequestedBy is { } email ? staff.Find(email)?.Id : null;
        try
        {
            // Two ways of naming one person are one voice.
            return new Approvers([.. question.Assignees.DistinctBy(assignee => staff.Approver(assignee, engagement, requestedBy))]);
        }
        catch (MendableEffectException fault)
        {
            return new Unanswerable(fault.Message);
        }
    }
}
