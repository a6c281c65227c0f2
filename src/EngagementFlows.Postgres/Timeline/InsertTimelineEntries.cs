using Npgsql;

namespace EngagementFlows.Postgres.Timeline;

/// <summary>An entry that is to be written.</summary>
internal sealed record TimelineRow(
    Guid Id, Guid EngagementId, DateTimeOffset At, string Kind, string TextEn, string TextZh, string? Actor, Guid? InstanceId, Guid? ReferenceId);

/// <summary>Writes entries in the caller's transaction, in their order.</summary>
internal static class InsertTimelineEntries
{
    private const int MostText = 12_000;

    private const string Sql = """
        insert into timeline_entry (id, client_id, engagement_id, at, kind, text_en, text_zh, actor, instance_id, reference_id)
        select t.id, e.client_id, e.id, t.at, t.kind, t.text_en, t.text_zh, t.actor, t.instance_id, t.reference_id
        from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::uuid[])
          with ordinality t(id, engagement_id, at, kind, text_en, text_zh, actor, instance_id, reference_id, ordinal)
        join engagement e on e.id = t.engagement_id
        order by t.ordinal
        """;

    public static NpgsqlBatchCommand Create(IReadOnlyList<TimelineRow> rows)
    {
        NpgsqlBatchCommand command = new(Sql);
        command.Parameters.AddUuids([.. rows.Select(row => row.Id)]);
        command.Parameters.AddUuids([.. rows.Select(row => row.EngagementId)]);
        command.Parameters.AddInstants([.. rows.Select(row => row.At.UtcDateTime)]);
        command.Parameters.AddTexts([.. rows.Select(row => row.Kind)]);
        command.Parameters.AddTexts([.. rows.Select(row => Shorten(row.TextEn))]);
        command.Parameters.AddTexts([.. rows.Select(row => Shorten(row.TextZh))]);
        command.Parameters.AddTexts([.. rows.Select(row => row.Actor)]);
        command.Parameters.AddUuids([.. rows.Select(row => row.InstanceId)]);
        command.Parameters.AddUuids([.. rows.Select(row => row.ReferenceId)]);
        return command;
    }

    // A title and a comment together may be longer than an entry; the whole comment stands with its task.
    private static string Shorten(string text) => text.Length <= MostText ? text : text[..(char.IsHighSurrogate(text[MostText - 2]) ? MostText - 2 : MostText - 1)] + "…";
}
