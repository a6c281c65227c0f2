using EngagementFlows.Engagements.Links;
using EngagementFlows.Engine.Effects;
using Npgsql;

namespace EngagementFlows.Postgres.Links;

/// <summary>Answers which link an engagement's contact has, or will have, to start a flow.</summary>
internal static class AnswerStandingLinks
{
    private const string Sql = """
        select e.contact_id, count(s.id) filter (where s.revoked_at is not null), count(s.id) filter (where s.revoked_at is null)
        from engagement e
        left join standing_link s on s.engagement_id = e.id and s.contact_id = e.contact_id and s.definition_id = $2
        where e.id = $1
        group by e.contact_id
        """;

    public static async Task ExecuteAsync(NpgsqlConnection connection, IReadOnlyList<Question> questions, Dictionary<Question, object?> answers, CancellationToken cancellationToken)
    {
        foreach (StandingLinkAsked question in questions.OfType<StandingLinkAsked>())
        {
            answers[question] = await FindAsync(connection, question, cancellationToken)
                ?? (object)new Unanswerable($"The engagement '{question.EngagementId}' does not exist. Start the flow with the id of an engagement as correlation id.");
        }
    }

    /// <summary>Returns the link; <see langword="null"/> if there is no such engagement.</summary>
    public static async Task<StandingLinkPlace?> FindAsync(NpgsqlConnection connection, StandingLinkAsked question, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(Sql, connection);
        command.Parameters.AddUuid(question.EngagementId);
        command.Parameters.AddText(question.DefinitionId);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return null;
        Guid contact = reader.GetGuid(0);
        return new(StandingLink.IdOf(question.EngagementId, contact, question.DefinitionId, (int)reader.GetInt64(1)), contact, IsNew: reader.GetInt64(2) == 0);
    }
}
