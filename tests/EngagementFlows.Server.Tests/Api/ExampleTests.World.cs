using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EngagementFlows.Server.Tests.Staff;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Api;

/// <summary>What each example needs to be there, and how what is different in each run is shown.</summary>
public sealed partial class ExampleTests
{
    private const string Instant = "2026-03-02T09:00:00Z";

    private HttpClient? _holder;
    private HttpClient? _administrator;

    private static string Known(int number) => $"01990000-0000-7000-8000-{number:D12}";

    private HttpClient ClientOf(string operation) => operation switch
    {
        "POST /hooks/{name}" => house.Anonymous(),
        // Four eyes: one imports and submits, another publishes.
        "POST /api/definitions/import" or "POST /api/definitions/versions/{versionId}/submit" => house.Program("operator"),
        "POST /api/tasks/{id}/complete" or "POST /api/meetings/{id}/answer" => _holder!,
        // No program does.
        "POST /api/people/{id}/personnel-file" or "POST /api/people/{id}/personnel-file/readers" => _administrator!,
        _ => house.Program("administrator"),
    };

    private async Task PrepareAsync(string operation)
    {
        switch (operation)
        {
            case "POST /api/definitions/versions/{versionId}/publish":
                // It was returned before; its author submits it again.
                await house.Postgres.ExecuteAsync("update definition set state = 'submitted', submitted_by = 'key:operator' where id = 'greeting-v1'");
                break;
            case "GET /api/clients/{id}":
                _real[Known(5)] = await IdAsync("select id from client where external_id = 'C-1010'");
                break;
            case "POST /api/clients/{id}/erase":
                _real[Known(15)] = await IdAsync("select id from client where external_id = 'C-1019'");
                break;
            case "POST /api/instances/{id}/incidents/{incidentId}/retry" or "POST /api/instances/{id}/incidents/{incidentId}/skip" or "GET /api/incidents":
                _real[Known(1)] = $"{await house.StartAsync(operation.EndsWith("/retry", StringComparison.Ordinal) ? "mendable" : "failing")}";
                _real[Known(2)] = await IdAsync("select id from incident where instance_id = $1 and resolved_at is null", Guid.Parse(_real[Known(1)]));
                break;
            case "GET /api/clients/imports/{id}/faults.csv":
                _real[Known(12)] = await UploadAsync("external_id,client,contact,email,language,zone,engagement,owner\nC-9,Example,Ann,no address,en,Europe/Berlin,Loft,mia.novak@linden.example\n");
                break;
            case "POST /api/clients/imports/{id}/cancel":
                _real[Known(13)] = await UploadAsync("external_id,client,contact,email,language,zone,engagement,owner\nC-9,Example,Ann,ann@example.com,en,Europe/Berlin,Loft,mia.novak@linden.example\n");
                break;
            case "GET /api/instances/{id}/calls":
                _real[Known(1)] = $"{await house.StartAsync("calling")}";
                Guid calling = Guid.Parse(_real[Known(1)]);
                await Eventually.BecomesAsync(() => house.Postgres.ScalarAsync<string>("select coalesce((select state from outbox where instance_id = $1), 'none')", calling), "sending");
                _real[Known(14)] = await IdAsync("update outbox set state = 'uncertain', lease_owner = null, lease_expires_at = null, ended_at = now() where instance_id = $1 returning id", calling);
                break;
            case "GET /api/links":
                _real[Known(7)] = await IdAsync("select id from link where state = 'open' order by id limit 1");
                _real[Known(1)] = await IdAsync("select instance_id from link where id = $1", Guid.Parse(_real[Known(7)]));
                break;
            case "POST /api/links/{id}/revoke":
                _real[Known(7)] = await IdAsync("select id from link where state = 'open' order by id desc limit 1");
                break;
            case "POST /api/engagements/{id}/standing-links":
                _real[Known(31)] = await IdAsync("select id from engagement where external_id is not null order by id desc limit 1");
                break;
            case "GET /api/tasks":
                await OpenTaskAsync();
                break;
            case "POST /api/tasks/{id}/complete":
                (_holder, Guid person) = await house.SignInAsync("account-manager");
                await house.Postgres.ExecuteAsync("update task set assignee_person_id = $2, assignee_role = null where id = $1", Guid.Parse(_real[Known(3)]), person);
                break;
            case "GET /api/meetings" or "POST /api/meetings/{id}/cancel":
                await PlanMeetingAsync();
                break;
            case "POST /api/meetings/{id}/answer":
                await PlanMeetingAsync();
                (_holder, Guid invited) = await house.SignInAsync("architect");
                await house.Postgres.ExecuteAsync("insert into meeting_invitee (meeting_id, position, person_id, answer) values ($1, 3, $2, 'none')", Guid.Parse(_real[Known(17)]), invited);
                break;
            case "PUT /api/calendars/{id}":
                (await house.Program("administrator").PutAsJsonAsync("api/calendars/berlin-office", new { name = new { en = "Berlin", zhCn = "柏林" } })).EnsureSuccessStatusCode();
                break;
            case "GET /api/calendars/provisional":
                await house.Postgres.ExecuteAsync("""
                    with one as (select id, bookmark_id, instance_id, engagement_id from link where state = 'open' order by id limit 1)
                    insert into provisional_date (reference_id, kind, instance_id, engagement_id, bookmark_id, calendar, version, begun_at, duration, due_at)
                    select bookmark_id, 'link', instance_id, engagement_id, bookmark_id, 'client', 'npm chinese-days 1.5.7, after the notices of the State Council', '2026-12-21T02:00:00Z', '10 working days', '2027-01-05T02:00:00Z' from one
                    """);
                break;
            case "DELETE /api/promises/{id}":
                (await house.Program("administrator").PutAsJsonAsync("api/promises/someday", new { name = new { en = "Someday", zhCn = "以后" }, answer = "90 working days", solution = "200 working days" })).EnsureSuccessStatusCode();
                break;
            case "GET /api/promises/figures":
                await house.Postgres.ExecuteAsync("""
                    insert into clock (id, engagement_id, instance_id, name, class, started_at, time_limit, calendar, calendar_version, due_at, is_provisional, state, stopped_at, is_kept, elapsed)
                    select gen_random_uuid(), id, gen_random_uuid(), 'answer', 'urgent', now() - interval '2 hours', '2 working hours', 'firm', 'firm 1', now(), false, 'stopped', now(), true, interval '1 hour'
                    from engagement order by id limit 1
                    """);
                break;
            case "GET /api/engagements/{id}/milestones":
                _real[Known(17)] = await IdAsync("select id from engagement order by id limit 1");
                _real[Known(18)] = await IdAsync("insert into milestone (id, engagement_id, instance_id, name, first_planned_on, planned_on) select gen_random_uuid(), $1, gen_random_uuid(), 'Design signed off', '2026-02-20', '2026-02-28' returning id", Guid.Parse(_real[Known(17)]));
                break;
            case "POST /api/people/{id}/personnel-file" or "POST /api/people/{id}/personnel-file/readers":
                _administrator ??= (await house.SignInAsync(EngagementFlows.Engagements.Clients.StaffRoles.Administrator)).Client;
                _real[Known(19)] = await IdAsync("select id from person where email like 'clara.brandt@%'");
                _real[Known(20)] = await IdAsync("select id from person where email like 'samuel.osei@%'");
                break;
            case "GET /api/mails/{id}":
                _real[Known(8)] = await IdAsync("select id from mail order by id limit 1");
                break;
            case "POST /api/webhooks/{id}/deliveries/{deliveryId}/redeliver":
                Guid webhook = Guid.Parse(_real[Known(9)]);
                await Eventually.BecomesAsync(() => house.Postgres.ScalarAsync<string>("select state from outbox where webhook_id = $1", webhook), "accepted");
                _real[Known(10)] = await IdAsync("select id from outbox where webhook_id = $1", webhook);
                break;
            default:
                break;
        }
    }

    private async Task<string> UploadAsync(string file)
    {
        using HttpResponseMessage kept = await house.Program("administrator").PostAsync("api/clients/imports?fileName=clients.csv", new StringContent(file, System.Text.Encoding.UTF8, "text/csv"));
        return (await ApiFixture.ReadAsync(kept)).GetProperty("id").GetString()!;
    }

    private async Task OpenTaskAsync()
    {
        (_, string address) = await house.NextLinkAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(address);
        (await HouseFixture.AnswerAsync(browser, form, html)).StatusCode.Should().Be(HttpStatusCode.Found);
        _real[Known(3)] = await IdAsync("select id from task where state = 'open' and 'Complete' = any (outcomes) order by opened_at desc limit 1");
        _real[Known(4)] = await IdAsync("select id from person where email like 'mia.novak@%'");
    }

    private async Task PlanMeetingAsync() => _real[Known(17)] = await IdAsync("""
        with one as (
          select id, owner_id, contact_id from engagement order by id limit 1
        ), made as (
          insert into meeting (id, engagement_id, instance_id, series, title_en, title_zh, agenda_en, agenda_zh, audience, place, starts_at, ends_at, zone, created_at)
          select gen_random_uuid(), id, gen_random_uuid(), 'Review', 'Review of the month', '月度回顾', '1. Done\n2. Next', '1. 已完成\n2. 下一步', 'client', 'Room 3',
                 date_trunc('hour', now()) + interval '9 days', date_trunc('hour', now()) + interval '217 hours', 'Asia/Shanghai', now()
          from one
          returning id
        ), invited as (
          insert into meeting_invitee (meeting_id, position, person_id, contact_id, answer, answered_at)
          select made.id, 1, owner_id, null, 'accepted', now() from made, one
          union all
          select made.id, 2, null, contact_id, 'none', null from made, one
        )
        select id from made
        """);

    private async Task<string> IdAsync(string sql, params object[] arguments) => $"{await house.Postgres.ScalarAsync<Guid>(sql, arguments)}";

    /// <summary>Keeps what later examples need of an answer.</summary>
    private void Learn(string operation, string body)
    {
        switch (operation)
        {
            case "POST /api/instances":
                _real[Known(1)] = JsonNode.Parse(body)!["instance"]!["id"]!.GetValue<string>();
                break;
            case "POST /api/webhooks":
                _real[Known(9)] = JsonNode.Parse(body)!["webhook"]!["id"]!.GetValue<string>();
                break;
            case "POST /api/clients/imports":
                _real[Known(11)] = JsonNode.Parse(body)!["id"]!.GetValue<string>();
                break;
            case "POST /api/schedules":
                _real[Known(16)] = JsonNode.Parse(body)!["id"]!.GetValue<string>();
                break;
            case "POST /api/engagements/{id}/standing-links":
                _real[Known(33)] = JsonNode.Parse(body)!["id"]!.GetValue<string>();
                break;
            case "POST /api/engagements/{id}/cases":
                _real[Known(32)] = JsonNode.Parse(body)!["caseId"]!.GetValue<string>();
                break;
            case "POST /api/hooks":
                _real["hook-secret"] = JsonNode.Parse(body)!["secret"]!.GetValue<string>();
                break;
            default:
                break;
        }
    }

    /// <summary>Returns an answer as the document shows it: what each run has its own of is made the same.</summary>
    private JsonNode Shown(JsonNode answer)
    {
        if (answer["items"] is JsonArray { Count: > 2 } items)
        {
            while (items.Count > 2)
                items.RemoveAt(2);
        }

        string text = answer.ToJsonString(Writing);
        foreach ((string known, string real) in _real)
            text = text.Replace(real, known, StringComparison.Ordinal);
        Dictionary<string, string> others = [];
        text = Id().Replace(text, id => id.Value.StartsWith("01990000", StringComparison.Ordinal) ? id.Value
            : others.TryGetValue(id.Value, out string? shown) ? shown : others[id.Value] = Known(101 + others.Count));
        text = Moment().Replace(text, Instant);
        text = Secret().Replace(text, "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");
        text = text.Replace(house.Receiver.Url("").TrimEnd('/'), "https://books.example.com", StringComparison.Ordinal)
            .Replace(house.Address.GetLeftPart(UriPartial.Authority), "https://flows.example.com", StringComparison.Ordinal);
        text = text.Replace(house.Folder, ".data", StringComparison.Ordinal);
        text = Token().Replace(text, "/welcome/…");
        text = StandingToken().Replace(text, "/c/standing/…");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Returns the first lines of an answer that is no JSON.</summary>
    private static JsonValue Shown(string answer) => JsonValue.Create(string.Join('\n', answer.ReplaceLineEndings("\n").Split('\n').Take(12)) + "\n");

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")]
    private static partial Regex Moment();

    [GeneratedRegex("whsec_[A-Za-z0-9+/=]+")]
    private static partial Regex Secret();

    [GeneratedRegex("/c/standing/[^\"]+")]
    private static partial Regex StandingToken();

    [GeneratedRegex("/welcome/[^\"]+")]
    private static partial Regex Token();
}
