using EngagementFlows.Engagements.Forms;
using Npgsql;

namespace EngagementFlows.Postgres.Forms;

/// <summary>Answers to a form that are to be stored.</summary>
internal sealed record FormAnswer(
    Guid Id, string Source, Guid EngagementId, Guid? ContactId, Guid? PersonId, string DefinitionVersionId, string FormPath, FormValidation Validation);

/// <summary>Stores answers in the caller's commit: the whole as JSON for flows and pages, each one typed for reports and export.</summary>
internal static class InsertFormAnswer
{
    private const string Sql = """
        with answer as (
          insert into form_answer (id, source, engagement_id, contact_id, person_id, definition_version_id, form_path, answered_at, answers)
          values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb)
          returning id
        )
        insert into form_answer_value (form_answer_id, ordinal, row_number, question, kind, text_value, number_value, date_value, flag_value, choices)
        select answer.id, v.ordinal, v.row_number, v.question, v.kind, v.text_value, v.number_value, v.date_value, v.flag_value,
               case when v.choices is not null then array(select json_array_elements_text(v.choices)) end
        from answer,
             unnest($10::text[], $11::text[], $12::text[], $13::numeric[], $14::date[], $15::boolean[], $16::json[], $17::integer[])
               with ordinality v(question, kind, text_value, number_value, date_value, flag_value, choices, row_number, ordinal)
        """;

    public static NpgsqlBatchCommand Create(FormAnswer answer, DateTimeOffset now)
    {
        IReadOnlyList<TypedAnswer> typed = answer.Validation.Typed;
        NpgsqlBatchCommand command = new(Sql);
        NpgsqlParameterCollection parameters = command.Parameters;
        parameters.AddUuid(answer.Id);
        parameters.AddText(answer.Source);
        parameters.AddUuid(answer.EngagementId);
        parameters.AddUuid(answer.ContactId);
        parameters.AddUuid(answer.PersonId);
        parameters.AddText(answer.DefinitionVersionId);
        parameters.AddText(answer.FormPath);
        parameters.AddInstant(now);
        parameters.AddText(AnswerJson.Write(answer.Validation.Answers));
        parameters.AddTexts([.. typed.Select(value => value.Question)]);
        parameters.AddTexts([.. typed.Select(value => KindText(value.Kind))]);
        parameters.AddTexts([.. typed.Select(value => value.Text)]);
        parameters.Add(new NpgsqlParameter<decimal?[]> { TypedValue = [.. typed.Select(value => value.Number)], NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Numeric });
        parameters.Add(new NpgsqlParameter<DateOnly?[]> { TypedValue = [.. typed.Select(value => value.Date)], NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Date });
        parameters.Add(new NpgsqlParameter<bool?[]> { TypedValue = [.. typed.Select(value => value.Flag)], NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Boolean });
        parameters.AddJsons([.. typed.Select(value => value.Choices is null ? null : System.Text.Json.JsonSerializer.Serialize(value.Choices))]);
        parameters.Add(new NpgsqlParameter<int?[]> { TypedValue = [.. typed.Select(value => value.Row)], NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Integer });
        return command;
    }

    private static string KindText(QuestionKind kind) => kind switch
    {
        QuestionKind.Text => "text",
        QuestionKind.Comment => "comment",
        QuestionKind.Number => "number",
        QuestionKind.Date => "date",
        QuestionKind.Email => "email",
        QuestionKind.Boolean => "boolean",
        QuestionKind.Choice => "choice",
        QuestionKind.Choices => "choices",
        QuestionKind.Rating => "rating",
        _ => throw new InvalidOperationException($"EngagementFlows bug: question kind '{kind}' has no text."),
    };
}
