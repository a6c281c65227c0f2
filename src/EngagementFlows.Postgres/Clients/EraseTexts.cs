using System.Text.Json;
using Npgsql;

namespace EngagementFlows.Postgres.Clients;

/// <summary>Empties the texts of a client in every table. Runs in the erasing transaction, when nothing runs for the client any more.</summary>
internal static class EraseTexts
{
    // Both languages, since it stands where either may be read.
    private const string ClientSql = """
        update client
        set name = 'Erased · 已删除', external_id = 'erased/' || id, industry = null, country = null, updated_at = $2, erased_at = $2
        where id = $1
        """;

    private const string ContactSql = """
        update contact
        set name = 'Erased · 已删除', external_id = 'erased/' || id, email = 'erased@erased.invalid', phone = null, zone = 'UTC', updated_at = $2
        where id = any ($1)
        """;

    private const string EngagementSql = "update engagement set title = 'Erased · 已删除', external_id = 'erased/' || id, updated_at = $2 where id = any ($1)";

    private const string LinkSql = """
        update link
        set message = null, prefill = null, sent_to = null, state = case when state = 'open' then 'ended' else state end, closed_at = coalesce(closed_at, $3)
        where engagement_id = any ($1) or contact_id = any ($2)
        """;

    // How often it started which flow stays; nobody opens it any more.
    private const string StandingLinkSql = """
        update standing_link
        set label_en = 'Erased', label_zh = '已删除', revoked_at = coalesce(revoked_at, $3), revoked_by = coalesce(revoked_by, 'erasure')
        where engagement_id = any ($1) or contact_id = any ($2)
        """;

    private const string CodeSql = """
        update link_code set ended_at = $3
        where ended_at is null and link_id in (select id from link where engagement_id = any ($1) or contact_id = any ($2))
        """;

    // The row stays: a link that was answered has its answer.
    private const string AnswerSql = "update form_answer set answers = '{}' where engagement_id = any ($1) or contact_id = any ($2)";

    private const string AnswerValueSql = """
        delete from form_answer_value
        where form_answer_id in (select id from form_answer where engagement_id = any ($1) or contact_id = any ($2))
        """;

    // A letter to a colleague keeps its reader. One to an outside address has a digest of that address in its key.
    private const string MailSql = """
        update mail
        set subject = 'Erased · 已删除', html = '', text = '', calendar = null, calendar_method = null, list_unsubscribe = null, cc_emails = '{}', erased_at = $2,
            recipient = case when person_id is null then 'erased@erased.invalid' else recipient end,
            to_emails = case when person_id is null then array['erased@erased.invalid'] else array[recipient] end,
            to_name = case when person_id is null then null else to_name end,
            reply_to_email = null, reply_to_name = null, from_email = null,
            effect_key = case when audience = 'other' then 'erased/' || id else effect_key end
        where id = any ($1)
        """;

    // What goes with letters are files of the process, which are nobody's; that they went to him goes.
    private const string AttachmentSql = "delete from mail_attachment where mail_id = any ($1)";

    // What has not left stays here for ever, and nobody is asked about it. What is being handed over this second cannot be called back.
    private const string WithdrawSql = """
        update outbox
        set state = 'rejected', ended_at = $3, let_be_at = $3, lease_owner = null, lease_expires_at = null, held_state = null, failing_since = null, attempt = attempt + 1
        where kind in ('mail', 'http') and (id = any ($1) or instance_id = any ($2)) and state in ('pending', 'claimed', 'held', 'uncertain', 'rejected')
        """;

    private const string OutboxSql = """
        update outbox o
        set answer = null,
            effect_key = case when exists (select 1 from mail m where m.id = o.id and m.audience = 'other') then 'erased/' || o.id else o.effect_key end,
            payload = case when o.kind = 'http'
              then json_build_object('bookmark', o.payload -> 'bookmark', 'method', o.payload -> 'method', 'url', 'https://erased.invalid/', 'content', null, 'contentType', null, 'headers', json_build_object())
              else o.payload end
        where o.kind in ('mail', 'http') and (o.id = any ($1) or o.instance_id = any ($2))
        """;

    private const string TaskSql = """
        update task
        set title_en = 'Erased', title_zh = '已删除', instructions_en = null, instructions_zh = null, comment = null, prefill = null
        where engagement_id = any ($1)
        """;

    // The numbers, states and digests of the versions stay; what they say and who said so goes.
    private const string DocumentSql = """
        update document_version
        set content = '{}', proposed_by = null, frozen_by = case when frozen_by is null then null else 'Erased · 已删除' end
        where engagement_id = any ($1)
        """;

    private const string CaseSql = """
        update engagement_case
        set subject = 'Erased · 已删除', description = null, raised_by = 'Erased · 已删除', lesson = null
        where engagement_id = any ($1)
        """;

    private const string MeetingSql = """
        update meeting
        set series = null, title_en = 'Erased', title_zh = '已删除', agenda_en = null, agenda_zh = null, place = null,
            state = case when state = 'planned' then 'cancelled' else state end, closed_at = coalesce(closed_at, $2)
        where engagement_id = any ($1)
        """;

    private const string InviteeSql = "update meeting_invitee set comment = null where meeting_id in (select id from meeting where engagement_id = any ($1))";

    // Dates stay, so that plan and actual can be counted still; a name stands once in an engagement.
    private const string MilestoneSql = "update milestone set name = 'Erased · 已删除 ' || id where engagement_id = any ($1)";

    private const string TimelineSql = """
        update timeline_entry
        set text_en = 'The text was erased', text_zh = '内容已删除', actor = null
        where client_id = $1
        """;

    // What an ended instance needs to be looked at: its root, its counters. Variables, inputs, outputs and results go.
    private const string InstanceSql = """
        update instance i
        set name = null,
            state = convert_to(json_strip_nulls(json_build_object(
              'k', s.j -> 'k', 'n', s.j -> 'n', 'e', s.j -> 'e', 'x', json_build_object('a', s.j -> 'x' -> 'a', 'i', s.j -> 'x' -> 'i', 's', s.j -> 'x' -> 's')))::text, 'UTF8')
        from (select id, convert_from(state, 'UTF8')::json as j from instance where id = any ($1)) s
        where i.id = s.id
        """;

    // Which activity did what stays; lines, messages and data go.
    private const string JournalSql = """
        update journal
        set entries = (
          select coalesce(json_agg(json_strip_nulls(json_build_object('e', e -> 'e', 'a', e -> 'a', 't', e -> 't', 'x', e -> 'x', 'o', e -> 'o')) order by place), '[]'::json)
          from json_array_elements(entries) with ordinality one (e, place))
        where instance_id = any ($1)
        """;

    private const string IncidentSql = """
        update incident
        set message = 'Erased · 已删除', innermost = 'Erased · 已删除', expression = null, value = null, reason = null
        where instance_id = any ($1)
        """;

    // Nothing can reach an instance that has ended.
    private const string InboxSql = "delete from inbox where instance_id = any ($1)";

    private const string EventSql = """
        update event set payload = null
        where correlation_id = any (select e::text from unnest($1::uuid[]) e) or local_instance_id = any ($2) or started_instances && $2
        """;

    // Answers that are kept for repetitions: the repetition is still known as one.
    private const string IdempotencySql = """
        update idempotency set answer = convert_to('{}', 'UTF8')
        where exists (select 1 from unnest($1::text[]) word where position(convert_to(word, 'UTF8') in answer) > 0)
          and exists (select 1 from unnest($2::uuid[]) id where position(convert_to(id::text, 'UTF8') in answer) > 0)
        """;

    private const string LineSql = "delete from client_import_line where external_id = $1";

    // The tables that are append-only let this transaction empty their texts.
    private const string BeginSql = "select set_config('engagementflows.erasing', 'on', true)";

    /// <summary>Returns the statements in their order; <see cref="EraseAuditDetails"/> and the entry of the audit follow.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Create(ErasureScope scope, DateTimeOffset now)
    {
        yield return new(BeginSql);
        yield return One(ClientSql, scope.Client, now);
        yield return Of(ContactSql, [scope.Contacts], now);
        yield return Of(EngagementSql, [scope.Engagements], now);
        yield return Of(CodeSql, [scope.Engagements, scope.Contacts], now);
        yield return Of(LinkSql, [scope.Engagements, scope.Contacts], now);
        yield return Of(StandingLinkSql, [scope.Engagements, scope.Contacts], now);
        yield return Of(AnswerValueSql, [scope.Engagements, scope.Contacts], null);
        yield return Of(AnswerSql, [scope.Engagements, scope.Contacts], null);
        yield return Of(AttachmentSql, [scope.Mails], null);
        yield return Of(WithdrawSql, [scope.Mails, scope.Instances], now);
        yield return Of(OutboxSql, [scope.Mails, scope.Instances], null);
        yield return Of(MailSql, [scope.Mails], now);
        yield return Of(TaskSql, [scope.Engagements], null);
        yield return Of(DocumentSql, [scope.Engagements], null);
        yield return Of(CaseSql, [scope.Engagements], null);
        yield return Of(MeetingSql, [scope.Engagements], now);
        yield return Of(InviteeSql, [scope.Engagements], null);
        yield return Of(MilestoneSql, [scope.Engagements], null);
        yield return One(TimelineSql, scope.Client, null);
        yield return Of(InstanceSql, [scope.Instances], null);
        yield return Of(JournalSql, [scope.Instances], null);
        yield return Of(IncidentSql, [scope.Instances], null);
        yield return Of(InboxSql, [scope.Instances], null);
        yield return Of(EventSql, [scope.Engagements, scope.Instances], null);
        NpgsqlBatchCommand answers = new(IdempotencySql);
        answers.Parameters.AddTexts([.. scope.Words, .. scope.Words.Select(word => JsonEncodedText.Encode(word).ToString())]);
        answers.Parameters.AddUuids([scope.Client, .. scope.Engagements, .. scope.Instances]);
        yield return answers;
        NpgsqlBatchCommand lines = new(LineSql);
        lines.Parameters.AddText(scope.ExternalId);
        yield return lines;
    }

    private static NpgsqlBatchCommand One(string sql, Guid id, DateTimeOffset? now)
    {
        NpgsqlBatchCommand command = new(sql);
        command.Parameters.AddUuid(id);
        if (now is not null)
            command.Parameters.AddInstant(now);
        return command;
    }

    private static NpgsqlBatchCommand Of(string sql, Guid[][] ids, DateTimeOffset? now)
    {
        NpgsqlBatchCommand command = new(sql);
        foreach (Guid[] some in ids)
            command.Parameters.AddUuids(some);
        if (now is not null)
            command.Parameters.AddInstant(now);
        return command;
    }
}
