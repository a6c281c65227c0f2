using EngagementFlows.Engagements.Links;
using Npgsql;

namespace EngagementFlows.Postgres.Links;

/// <summary>Stores a standing link in the caller's commit; the one that is there already works for longer, and one that was taken back stays dead.</summary>
internal static class KeepStandingLink
{
    private const string Sql = """
        insert into standing_link (id, engagement_id, contact_id, definition_id, form_path, label_en, label_zh, issued_at, issued_by, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (id) do update
        set form_path = excluded.form_path, label_en = excluded.label_en, label_zh = excluded.label_zh, expires_at = greatest(standing_link.expires_at, excluded.expires_at)
        where standing_link.revoked_at is null
        """;

    /// <param name="link">The link.</param>
    /// <param name="by">Who offers it: a person, a key, or the flow's definition.</param>
    /// <param name="now">The instant.</param>
    public static NpgsqlBatchCommand Create(StandingLinkOffered link, string by, DateTimeOffset now)
    {
        NpgsqlBatchCommand command = new(Sql);
        NpgsqlParameterCollection parameters = command.Parameters;
        parameters.AddUuid(link.LinkId);
        parameters.AddUuid(link.EngagementId);
        parameters.AddUuid(link.ContactId);
        parameters.AddText(link.DefinitionId);
        parameters.AddText(link.FormPath);
        parameters.AddText(link.Label.En);
        parameters.AddText(link.Label.ZhCn);
        parameters.AddInstant(now);
        parameters.AddText(by);
        parameters.AddInstant(link.ExpiresAt);
        return command;
    }
}
