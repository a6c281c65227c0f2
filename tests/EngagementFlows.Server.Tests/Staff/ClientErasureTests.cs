using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Invariants;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Clients;
using EngagementFlows.Server.Tests.Api;
using EngagementFlows.Server.Tests.Security;
using EngagementFlows.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EngagementFlows.Server.Tests.Staff;

/// <summary>An administrator erases a client: nothing of the person is left in any table, and everything else holds.</summary>
public sealed partial class ClientErasureTests(HouseFixture house) : IClassFixture<HouseFixture>
{
    private const string Answer = "Rooms for the Zwetschgenknödel family of Mrs Quirrenbach.";
    private const string Comment = "Quirrenbach wants it in spring.";

    private static readonly Guid Unknown = new("0197a000-0000-7000-8000-0000000000ee");

    [Fact]
    public async Task Erased_NothingOfThePersonIsInAnyTable_AndTheInvariantsHold()
    {
        Known known = await SeedAsync();
        (HttpClient browser, string form) = await FilledAsync(known);
        await GiveTracesAsync(known);
        Dictionary<string, long> before = await CountsAsync();

        using HttpResponseMessage erased = await ServerFixture.PostFormAsync(
            house.Staff, $"/clients/{known.Client}", $"/clients/{known.Client}/erase", new() { ["reason"] = "Asked for by letter of 3 March.", ["name"] = known.Name });
        IDocument page = await house.ReadAsync($"/clients/{known.Client}");
        IDocument chinese = await house.ReadAsync($"/clients/{known.Client}", "zh-CN");

        page.QuerySelector("main")!.TextContent.Should().Contain("was erased on").And.NotContain(known.Name);
        chinese.QuerySelector("main")!.TextContent.Should().Contain("此客户的数据已于");
        page.QuerySelectorAll("form[action$='/erase']").Should().BeEmpty("it is done once");
        foreach ((string table, string rows) in await DatabaseDump.ReadAsync(house.Postgres, withCounters: true))
        {
            foreach (string word in known.Words)
                rows.Should().NotContainEquivalentOf(word, $"table {table}");
        }

        string binary = (await house.Postgres.ScalarAsync<string>(
            "select coalesce((select string_agg(convert_from(state, 'UTF8'), ' ') from instance where correlation_id = $1), '') || (select string_agg(convert_from(answer, 'UTF8'), ' ') from idempotency)",
            known.Engagement.ToString()))!;
        foreach (string word in known.Words)
            binary.Should().NotContainEquivalentOf(word, "the state of instances and kept answers are bytes");
        (await house.Postgres.ScalarAsync<long>("select count(*) from instance where correlation_id = $1 and finished_at is null", known.Engagement.ToString())).Should().Be(0);
        (await house.Postgres.ScalarAsync<long>("select count(*) from link where engagement_id = $1 and state = 'open'", known.Engagement)).Should().Be(0);
        (await house.Postgres.ScalarAsync<long>("select count(*) from outbox o join mail m on m.id = o.id where m.engagement_id = $1 and o.state in ('pending', 'claimed', 'held', 'uncertain')", known.Engagement)).Should().Be(0);
        (await InvariantChecks.CountAsync(house.Postgres.DataSource, CancellationToken.None)).Where(result => result is { Violations: > 0, Invariant.IsWarning: false }).Should().BeEmpty();
        Dictionary<string, long> after = await CountsAsync();
        foreach (string table in new[] { "client", "contact", "engagement", "link", "form_answer", "mail", "task", "instance", "incident", "document_version", "engagement_case", "milestone" })
            after[table].Should().Be(before[table], $"the rows of {table} stay, emptied");
        after["audit"].Should().BeGreaterThan(before["audit"]);
        (await house.Postgres.ScalarAsync<string>("select detail->>'reason' from audit where act = 'ClientErased' and subject = $1", $"client/{known.Client}")).Should().Be("Asked for by letter of 3 March.");
        (await browser.GetAsync(form)).StatusCode.Should().Be(HttpStatusCode.Gone);
        await EveryPageIsReadAsync(known);
    }

    [Fact]
    public async Task Link_OfAnErasedClient_SaysNothingToAnybody_WhateverItWas()
    {
        Known answered = await SeedAsync();
        (HttpClient browser, string form) = await FilledAsync(answered);
        Known open = await SeedAsync();
        (HttpClient other, string openForm, string openHtml) = await house.OpenLinkAsync(open.Address);
        await EraseAsync(answered);
        await EraseAsync(open);

        string[] pages =
        [
            await (await browser.GetAsync(form)).Content.ReadAsStringAsync(),
            await (await other.GetAsync(openForm)).Content.ReadAsStringAsync(),
            await (await HouseFixture.AnswerAsync(other, openForm, openHtml)).Content.ReadAsStringAsync(),
        ];

        pages.Distinct().Should().ContainSingle("answered and unanswered look the same");
        pages[0].Should().Contain("There is nothing left to answer here").And.NotContain("Novak");
        (await house.Anonymous().GetAsync(open.Address)).StatusCode.Should().Be(HttpStatusCode.Found, "the token says no more than before");
    }

    [Fact]
    public async Task Api_ErasesOnce_ForAdministratorsAlone_WithTheNameTyped()
    {
        Known known = await SeedAsync();
        object right = new { name = known.Name, reason = "Asked for." };

        HttpStatusCode byOperator = await PostAsync(house.Program("operator"), known.Client, right);
        HttpStatusCode otherName = await PostAsync(house.Program("administrator"), known.Client, new { name = "Somebody else", reason = "Asked for." });
        HttpStatusCode noReason = await PostAsync(house.Program("administrator"), known.Client, new { name = known.Name });
        string? untouched = await house.Postgres.ScalarAsync<string>("select name from client where id = $1", known.Client);
        HttpStatusCode[] twice = [await PostAsync(house.Program("administrator"), known.Client, right), await PostAsync(house.Program("administrator"), known.Client, right)];
        HttpStatusCode unknown = await PostAsync(house.Program("administrator"), Unknown, right);

        (byOperator, otherName, noReason, unknown).Should().Be((HttpStatusCode.Forbidden, HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest, HttpStatusCode.NotFound));
        untouched.Should().Be(known.Name);
        twice.Should().OnlyContain(status => status == HttpStatusCode.OK);
        (await house.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'ClientErased' and subject = $1", $"client/{known.Client}")).Should().Be(1);
    }

    [Fact]
    public async Task TwentyAtOnce_WhileTheClientAnswersAndStaffStartFlows_EraseOnceAndLeaveNothing()
    {
        Known known = await SeedAsync();
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(known.Address);
        ClientErasureDesk desk = house.Services.GetRequiredService<ClientErasureDesk>();
        CurrentPerson administrator = new(Unknown, "Admin", "admin@linden.example", [StaffRoles.Administrator], "en", "UTC");

        Task<ClientErasure>[] erasing = [.. Enumerable.Range(0, 20).Select(_ => desk.EraseAsync(known.Client, known.Name, "Asked for.", administrator, CancellationToken.None))];
        Task answering = HouseFixture.AnswerAsync(browser, form, html, Answer);
        Task<HttpResponseMessage>[] starting = [.. Enumerable.Range(0, 5).Select(_ => house.Program("administrator").PostAsJsonAsync(
            "api/instances", new { definitionId = "client-intake", correlationId = known.Engagement.ToString() }))];
        ClientErasure[] outcomes = await Task.WhenAll(erasing);
        await answering;
        await Task.WhenAll(starting);

        outcomes.OfType<ClientErasure.Erased>().Count(erased => erased.IsNew).Should().Be(1);
        outcomes.Should().AllBeOfType<ClientErasure.Erased>();
        foreach ((string table, string rows) in await DatabaseDump.ReadAsync(house.Postgres, withCounters: true))
        {
            foreach (string word in known.Words)
                rows.Should().NotContainEquivalentOf(word, $"table {table}");
        }

        (await house.Postgres.ScalarAsync<long>("select count(*) from mail where engagement_id = $1 and erased_at is null", known.Engagement)).Should().Be(0, "nothing is written to him any more");
    }

    [Fact]
    public async Task Flow_StartedForAnErasedClient_WritesToNobody()
    {
        Known known = await SeedAsync();
        await EraseAsync(known);
        long mails = await house.Postgres.ScalarAsync<long>("select count(*) from mail");

        using HttpResponseMessage started = await house.Program("administrator").PostAsJsonAsync("api/instances", new { definitionId = "client-intake", correlationId = known.Engagement.ToString() });

        (await house.Postgres.ScalarAsync<long>("select count(*) from mail")).Should().Be(mails);
        (await house.Postgres.ScalarAsync<long>("select count(*) from link where engagement_id = $1 and state = 'open'", known.Engagement)).Should().Be(0);
        (await house.Postgres.ScalarAsync<string>("select max(x.message) from incident x join instance i on i.id = x.instance_id where i.correlation_id = $1 and x.resolved_at is null", known.Engagement.ToString()))
            .Should().Contain("was erased");
    }

    [Fact]
    public async Task WithdrawnMail_IsNeverSentAgain()
    {
        Known known = await SeedAsync();
        Guid mail = await house.Postgres.ScalarAsync<Guid>("select id from mail where engagement_id = $1 limit 1", known.Engagement);
        await Eventually.BecomesAsync(() => house.Postgres.ScalarAsync<string>("select state from outbox where id = $1", mail), "accepted");
        await house.Postgres.ExecuteAsync("update outbox set state = 'uncertain' where id = $1", mail);
        await EraseAsync(known);

        int attempt = await house.Postgres.ScalarAsync<int>("select attempt from outbox where id = $1", mail);
        bool isSettled = await house.Services.GetRequiredService<SettleMail>().ExecuteAsync(mail, attempt, MailDecision.SendAgain, "try", "test", null, CancellationToken.None);

        (await house.Postgres.ScalarAsync<string>("select state from outbox where id = $1", mail)).Should().Be("rejected");
        isSettled.Should().BeFalse();
        (await house.ReadAsync($"/mailbox/{mail}")).QuerySelectorAll("main form").Should().BeEmpty("nothing is offered for it");
    }

    [Fact]
    public async Task Audit_WithATextThatIsGoneWithoutTheChainSayingSo_IsAViolation()
    {
        Known known = await SeedAsync();
        await house.Postgres.ExecuteAsync(
            "select append_audit($1, now(), 'test', 'Noted', 'engagement', '{\"reason\":\"one\"}'), append_audit($1, now(), 'test', 'Noted', 'engagement', '{\"reason\":\"two\"}')", $"engagement/{known.Engagement}");
        await EraseAsync(known);
        (await ViolationsAsync("audit-gaps")).Should().Be(0);

        // By the hand of somebody who may write to the database.
        await TamperAsync("update audit set actor = 'somebody else' where chain = $1 and sequence = (select min(sequence) from audit where chain = $1 and act = 'Noted')", known);
        long changedActor = await ViolationsAsync("audit-gaps");
        await TamperAsync("update audit set actor = 'test' where chain = $1 and sequence = (select min(sequence) from audit where chain = $1 and act = 'Noted')", known);
        await house.Postgres.ExecuteAsync("select append_audit($1, now(), 'test', 'Noted', 'engagement', '{\"reason\":\"three\"}')", $"engagement/{known.Engagement}");
        await TamperAsync("update audit set detail = null, erased_at = now() where chain = $1 and sequence = (select max(sequence) from audit where chain = $1)", known);
        long silently = await ViolationsAsync("audit-gaps");
        await TamperAsync("update audit set detail = '{\"reason\":\"three\"}', erased_at = null where chain = $1 and sequence = (select max(sequence) from audit where chain = $1)", known);

        changedActor.Should().Be(1);
        silently.Should().Be(1);
        Func<Task> byHand = () => house.Postgres.ExecuteAsync("update audit set detail = null where chain = $1", $"engagement/{known.Engagement}");
        await byHand.Should().ThrowAsync<PostgresException>("the table is append-only outside of an erasure");
    }

    [Fact]
    public async Task File_ThatHoldsTheClient_IsDropped_AndOneUnderWayComesFirst()
    {
        Known known = await SeedAsync();
        string external = (await house.Postgres.ScalarAsync<string>("select external_id from client where id = $1", known.Client))!;
        Guid waiting = await UploadAsync(external, known.Email);
        Guid other = await UploadAsync("C-NOBODY", "nobody@example.com");
        Guid queued = await UploadAsync(external, known.Email);
        await house.Postgres.ExecuteAsync("update client_import set state = 'running', attempt = 1, lease_expires_at = now() + interval '1 hour', confirmed_at = now(), confirmed_by = 'x' where id = $1", queued);

        HttpStatusCode refused = await PostAsync(house.Program("administrator"), known.Client, new { name = known.Name, reason = "Asked for." });
        string? whole = await house.Postgres.ScalarAsync<string>("select name from client where id = $1", known.Client);
        long running = await house.Postgres.ScalarAsync<long>("select count(*) from instance where correlation_id = $1 and finished_at is null", known.Engagement.ToString());
        await house.Postgres.ExecuteAsync("update client_import set state = 'failed', ended_at = now(), lease_expires_at = null, content = null, failure = $2 where id = $1", queued, $"Line 2: '{known.Email}' is no address.");
        await EraseAsync(known);

        refused.Should().Be(HttpStatusCode.Conflict);
        whole.Should().Be(known.Name);
        running.Should().BePositive("nothing was cancelled for an erasure that was refused");
        (await house.Postgres.ScalarAsync<string>("select state from client_import where id = $1", waiting)).Should().Be("cancelled");
        (await house.Postgres.ScalarAsync<string>("select state from client_import where id = $1", other)).Should().Be("previewed", "another's file stays");
        (await house.Postgres.ScalarAsync<long>("select count(*) from client_import where preview::text ilike '%' || $1 || '%' or failure ilike '%' || $1 || '%'", known.Email)).Should().Be(0);
        (await house.ReadAsync($"/clients/imports/{waiting}")).QuerySelector("main")!.TextContent.Should().NotContain(known.Name);
    }

    [Fact]
    public async Task Erasing_ThatFailsInTheMiddle_LeavesTheClientWhole()
    {
        Known known = await SeedAsync();
        foreach (Guid instance in await RunningAsync(known))
            await house.Services.GetRequiredService<FlowsEngine>().Gateway.SubmitAsync(new Engine.Bookmarks.CancelRequested(instance, "test", "test"), null, CancellationToken.None);
        // The last statement but one cannot be done.
        await house.Postgres.ExecuteAsync("alter table incident add constraint no_erasing check (innermost <> 'Erased · 已删除') not valid");
        Guid someInstance = await house.Postgres.ScalarAsync<Guid>("select id from instance where correlation_id = $1 limit 1", known.Engagement.ToString());
        await house.Postgres.ExecuteAsync(
            "insert into incident (instance_id, id, message, innermost, attempt, opened_at, resolved_at, resolution) values ($1, gen_random_uuid(), 'x', 'x', 1, now(), now(), 'cancelled')", someInstance);

        Func<Task> erase = () => house.Services.GetRequiredService<EraseClient>().ExecuteAsync(known.Client, known.Name, "test", "Asked for.", TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await erase.Should().ThrowAsync<PostgresException>();
        await house.Postgres.ExecuteAsync("alter table incident drop constraint no_erasing");

        (await house.Postgres.ScalarAsync<string>("select name from client where id = $1", known.Client)).Should().Be(known.Name);
        (await house.Postgres.ScalarAsync<long>("select count(*) from mail where engagement_id = $1 and erased_at is not null", known.Engagement)).Should().Be(0);
        (await house.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'ClientErased' and subject = $1", $"client/{known.Client}")).Should().Be(0);
        await EraseAsync(known);
    }

    /// <summary>Takes a client whose intake waits and gives him words that stand nowhere else.</summary>
    private async Task<Known> SeedAsync()
    {
        (Guid link, string address) = await house.NextLinkAsync();
        Guid engagement = await house.Postgres.ScalarAsync<Guid>("select engagement_id from link where id = $1", link);
        Guid client = await house.Postgres.ScalarAsync<Guid>("select client_id from engagement where id = $1", engagement);
        string mark = $"{client:N}"[^6..];
        Known known = new(client, engagement, link, address, $"Quirrenbach Bau {mark}", $"Aurelia Quirrenbach {mark}", $"aurelia.{mark}@quirrenbach.example", $"C-{mark}-Q");
        string[] old = (await house.Postgres.ScalarAsync<string[]>("""
            select array[c.name, c.external_id, k.name, k.email, e.title] from client c join engagement e on e.client_id = c.id join contact k on k.id = e.contact_id where e.id = $1
            """, engagement))!;
        // The house wrote a letter under the name of before; it is his too, as are his words.
        await house.Postgres.ExecuteAsync("update client set name = $2, external_id = $3 where id = $1", client, known.Name, known.ExternalId);
        await house.Postgres.ExecuteAsync("update contact set name = $2, email = $3, phone = '+49 171 555 0199', external_id = $4, language = 'en' where client_id = $1", client, known.Contact, known.Email, known.ExternalId);
        await house.Postgres.ExecuteAsync("update link set sent_to = $2 where engagement_id = $1", engagement, known.Email);
        await house.Postgres.ExecuteAsync("update engagement set external_id = $2, title = 'Villa Quirrenbach' where id = $1", engagement, known.ExternalId);
        return known with { Before = [old[2], old[3]] };
    }

    private async Task<(HttpClient Browser, string Form)> FilledAsync(Known known)
    {
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(known.Address);
        using HttpResponseMessage sent = await HouseFixture.AnswerAsync(browser, form, html, Answer);
        sent.StatusCode.Should().Be(HttpStatusCode.Found);
        return (browser, form);
    }

    /// <summary>Leaves words of the client wherever the house keeps some.</summary>
    private async Task GiveTracesAsync(Known known)
    {
        Guid instance = await house.Postgres.ScalarAsync<Guid>("select instance_id from link where id = $1", known.Link);
        await house.Postgres.ExecuteAsync("update task set comment = $2, instructions_en = $2 where engagement_id = $1", known.Engagement, Comment);
        await house.Postgres.ExecuteAsync("update instance set name = $2 where id = $1", instance, known.Name);
        await house.Postgres.ExecuteAsync("select append_audit('engagement/' || $1, now(), 'test', 'Noted', 'engagement', json_build_object('reason', $2::text))", known.Engagement, Comment);
        await house.Postgres.ExecuteAsync(
            "insert into event (id, name, correlation_id, payload, published_at, expires_at, started_instances) values (gen_random_uuid(), 'Noted', $1, json_build_object('text', $2::text), now(), now() + interval '1 day', '{}')",
            known.Engagement.ToString(), Comment);
        await house.Postgres.ExecuteAsync(
            "insert into incident (instance_id, id, message, innermost, value, attempt, opened_at, resolved_at, resolution, reason) values ($1, gen_random_uuid(), $2, $2, $2, 1, now(), now(), 'retried', $2)", instance, Comment);
        await house.Postgres.ExecuteAsync(
            "insert into outbox (id, instance_id, kind, effect_key, state, due_at, payload, created_at, ended_at, answer) values (gen_random_uuid(), $1, 'http', 'call/' || $1, 'accepted', now(), json_build_object('bookmark', json_build_object('$g', replace($1::text, '-', '')), 'method', 'POST', 'url', 'https://crm.example/' || $2, 'content', $2::text, 'headers', json_build_object()), now(), now(), $2)",
            instance, known.ExternalId);
        await house.Postgres.ExecuteAsync(
            "insert into idempotency (caller, key, request_hash, status, answer, created_at) values ('test', $1, sha256('x'), 200, convert_to($2, 'UTF8'), now())",
            known.ExternalId[2..8], JsonSerializer.Serialize(new { id = known.Engagement, name = known.Name }));
        await house.Postgres.ExecuteAsync(
            "insert into milestone (id, engagement_id, instance_id, name, first_planned_on, planned_on) values (gen_random_uuid(), $1, $3, $2, '2026-03-02', '2026-03-02'), (gen_random_uuid(), $1, $3, $2 || ' again', '2026-03-02', '2026-03-02')",
            known.Engagement, Comment, instance);
        await house.Postgres.ExecuteAsync(
            "insert into document_version (id, engagement_id, kind, number, definition_version_id, form_path, content, content_hash, state, proposed_at, proposed_by, frozen_at, frozen_by, instance_id) values (gen_random_uuid(), $1, 'needs', 1, 'v', 'forms/intake.json', jsonb_build_object('goals', $2::text), encode(sha256('x'), 'hex'), 'frozen', now(), $2, now(), $2, $3)",
            known.Engagement, Comment, instance);
        await house.Postgres.ExecuteAsync(
            "insert into engagement_case (id, engagement_id, instance_id, kind, class, subject, description, raised_by, opened_at, lesson) values (gen_random_uuid(), $1, $3, 'complaint', 'high', $2, $2, $2, now(), $2)",
            known.Engagement, Comment, instance);
        await house.Postgres.ExecuteAsync("update link set prefill = jsonb_build_object('goals', $2::text) where id = $1", known.Link, Comment);
        // A letter that has not left, one that nobody knows about, and one that is put aside.
        Guid mail = await house.Postgres.ScalarAsync<Guid>("select id from mail where engagement_id = $1 order by sequence desc limit 1", known.Engagement);
        await Eventually.BecomesAsync(() => house.Postgres.ScalarAsync<string>("select state from outbox where id = $1", mail), "accepted");
        await house.Postgres.ExecuteAsync("update outbox set state = 'pending', ended_at = null, due_at = now() + interval '1 day', answer = '450 ' || $2 where id = $1", mail, known.Email);
    }

    private async Task EveryPageIsReadAsync(Known known)
    {
        Guid instance = await house.Postgres.ScalarAsync<Guid>("select instance_id from link where id = $1", known.Link);
        Guid task = await house.Postgres.ScalarAsync<Guid>("select id from task where engagement_id = $1 limit 1", known.Engagement);
        Guid mail = await house.Postgres.ScalarAsync<Guid>("select id from mail where engagement_id = $1 limit 1", known.Engagement);
        foreach (string path in new[] { $"/instances/{instance}", $"/mailbox/{mail}", $"/links/{known.Link}", "/clients", "/mailbox", "/instances" })
            (await house.ReadAsync(path)).QuerySelector("h1").Should().NotBeNull(path);
        foreach (string path in new[] { $"api/instances/{instance}", $"api/instances/{instance}/journal", $"api/tasks/{task}", $"api/mails/{mail}", $"api/clients/{known.Client}" })
        {
            using HttpResponseMessage answer = await house.Program("administrator").GetAsync(path);
            answer.StatusCode.Should().Be(HttpStatusCode.OK, path);
        }
    }

    private async Task EraseAsync(Known known) =>
        (await PostAsync(house.Program("administrator"), known.Client, new { name = known.Name, reason = "Asked for." })).Should().Be(HttpStatusCode.OK);

    private static async Task<HttpStatusCode> PostAsync(HttpClient caller, Guid client, object body)
    {
        using HttpResponseMessage answer = await caller.PostAsJsonAsync($"api/clients/{client}/erase", body);
        return answer.StatusCode;
    }

    private async Task<Guid> UploadAsync(string external, string email)
    {
        string file = $"external_id,client,contact,email,language,zone,engagement,owner\n{external},Quirrenbach,Aurelia,{email},en,Europe/Berlin,Loft,mia.novak@linden.example\n";
        using HttpResponseMessage kept = await house.Program("administrator").PostAsync("api/clients/imports?fileName=clients.csv", new StringContent(file, Encoding.UTF8, "text/csv"));
        return (await ApiFixture.ReadAsync(kept)).GetProperty("id").GetGuid();
    }

    private async Task<Guid[]> RunningAsync(Known known) =>
        (await house.Postgres.ScalarAsync<Guid[]>("select array(select id from instance where correlation_id = $1 and finished_at is null)", known.Engagement.ToString()))!;

    private async Task TamperAsync(string sql, Known known)
    {
        await using NpgsqlConnection connection = await house.Postgres.DataSource.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        await using (NpgsqlCommand open = new("select set_config('engagementflows.erasing', 'on', true)", connection, transaction))
            await open.ExecuteNonQueryAsync();
        await using (NpgsqlCommand change = new(sql, connection, transaction))
        {
            change.Parameters.AddWithValue($"engagement/{known.Engagement}");
            await change.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    private async Task<long> ViolationsAsync(string invariant) =>
        (await InvariantChecks.CountAsync(house.Postgres.DataSource, CancellationToken.None)).Single(result => result.Invariant.Name == invariant).Violations;

    private async Task<Dictionary<string, long>> CountsAsync()
    {
        Dictionary<string, long> counts = [];
        foreach (string table in new[] { "client", "contact", "engagement", "link", "form_answer", "mail", "task", "instance", "incident", "document_version", "engagement_case", "milestone", "audit" })
            counts[table] = await house.Postgres.ScalarAsync<long>($"select count(*) from {table}");
        return counts;
    }

    private sealed record Known(Guid Client, Guid Engagement, Guid Link, string Address, string Name, string Contact, string Email, string ExternalId)
    {
        public string[] Before { get; init; } = [];

        public IEnumerable<string> Words => [Name, Contact, Email, ExternalId, .. Before, "Zwetschgenknödel", "Quirrenbach wants it", "555 0199"];
    }
}
