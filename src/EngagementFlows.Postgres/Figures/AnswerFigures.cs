using EngagementFlows.Engagements.Figures;
using EngagementFlows.Engine.Effects;
using Npgsql;

namespace EngagementFlows.Postgres.Figures;

/// <summary>Answers what figures engagements and members of staff have, with one query for each of the two.</summary>
internal static class AnswerFigures
{
    public static async Task ExecuteAsync(NpgsqlConnection connection, IReadOnlyList<Question> questions, Dictionary<Question, object?> answers, CancellationToken cancellationToken)
    {
        FiguresAsked[] asked = [.. questions.OfType<FiguresAsked>()];
        foreach (FiguresAsked question in asked)
        {
            answers[question] = new Unanswerable(
                question.Person is { } person
                    ? $"'{person}' means no member of staff here, so there are no figures of that person. Correct the address, or name the engagement's architect, then retry."
                    : $"The engagement '{question.EngagementId}' does not exist. Start the flow with the id of an engagement as correlation id.");
        }

        FiguresAsked[] engagements = [.. asked.Where(question => question.Person is null)];
        if (engagements.Length > 0)
            await ReadEngagementFigures.ExecuteAsync(connection, engagements, answers, cancellationToken);
        FiguresAsked[] people = [.. asked.Where(question => question.Person is not null)];
        if (people.Length > 0)
            await ReadPersonFigures.ExecuteAsync(connection, people, answers, cancellationToken);
    }
}
