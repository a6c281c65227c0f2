using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;
using EngagementFlows.Server.Tests.Api;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Security;

/// <summary>A firm with one personnel file, in every field of which stands <see cref="Secret"/>: a flow ran for it, failed in a child, wrote mails, gave tasks; and whatever else hangs on an engagement was put there.</summary>
public sealed class PersonnelFileFixture : ServerFixture, IAsyncLifetime
{
    /// <summary>What nobody but the three may read anywhere.</summary>
    public const string Secret = "Zq7secretmarker";

    /// <summary>The definition's text is no secret; what runs with it is.</summary>
    private const string Given = """{ "typeName": "String", "expression": { "type": "JavaScript", "value": "getInput('Secret')" } }""";

    /// <summary>Gets the three who read it, by a browser each: whom it is about, who reviews him, the third.</summary>
    public IReadOnlyList<(HttpClient Client, Guid PersonId)> Readers { get; private set; } = [];

    /// <summary>Gets the file.</summary>
    public Guid File { get; private set; }

    /// <summary>Gets the firm as a client.</summary>
    public Guid Firm { get; private set; }

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["EngagementFlows:SignIn:AttemptsPerMinute"] = "10000",
        ["EngagementFlows:Links:RequestsPerMinute"] = "10000",
        ["EngagementFlows:Links:RequestsPerMinuteAndLink"] = "10000",
    };

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        Readers = [await SignInAsync(StaffRoles.AccountManager), await SignInAsync(StaffRoles.Architect), await SignInAsync(StaffRoles.Architect)];
        (HttpClient administrator, _) = await SignInAsync(StaffRoles.Administrator);
        using HttpResponseMessage opened = await OpenAsync(administrator, Readers[0].PersonId, Readers[1].PersonId, Readers[2].PersonId);
        opened.StatusCode.Should().Be(HttpStatusCode.OK, await opened.Content.ReadAsStringAsync());
        JsonElement file = await opened.Content.ReadFromJsonAsync<JsonElement>();
        File = file.GetProperty("engagementId").GetGuid();
        Firm = file.GetProperty("clientId").GetGuid();
        await RunAsync();
        await HangOnAsync();
    }

    /// <summary>Opens a personnel file over the API.</summary>
    public static Task<HttpResponseMessage> OpenAsync(HttpClient client, Guid person, Guid reviewer, Guid? third) =>
        client.PostAsJsonAsync($"api/people/{person}/personnel-file", new { reviewer, third });

    /// <summary>Starts a flow for the file as the person whom it is about.</summary>
    public async Task<Guid> StartAsync(string definition)
    {
        using HttpResponseMessage started = await Readers[0].Client.PostAsJsonAsync(
            "api/instances", new { definitionId = definition, name = Secret, correlationId = File.ToString(), input = new { Secret } });
        string answer = await started.Content.ReadAsStringAsync();
        started.StatusCode.Should().Be(HttpStatusCode.Created, answer);
        return JsonDocument.Parse(answer).RootElement.GetProperty("instance").GetProperty("id").GetGuid();
    }

    /// <summary>Gets every id under which something of the file is known.</summary>
    public async Task<IReadOnlyList<(string Kind, Guid Id)>> IdsAsync()
    {
        List<(string, Guid)> ids = [("file", File), ("firm", Firm)];
        foreach (string table in (string[])["instance", "incident", "task", "mail", "outbox", "timeline_entry", "engagement_case", "meeting", "clock", "document_version", "form_answer"])
            ids.AddRange((await Postgres.ScalarAsync<Guid[]>($"select array(select id from {table} where id not in (select id from mail where account_link_id is not null) order by id)"))!.Select(id => (table, id)));
        return ids;
    }

    protected override void WriteFiles(string folder)
    {
        Write("file-flow", $$"""
            { "id": "Main", "type": "Elsa.Sequence", "activities": [
              { "id": "Note", "type": "EngagementFlows.AddTimelineEntry", "text": {{Given}}, "textZh": {{Given}} },
              { "id": "Mail", "type": "Elsa.SendEmail", "to": { "typeName": "String[]", "expression": { "type": "JavaScript", "value": "[getInput('To') || 'x@x.example']" } }, "subject": {{Given}}, "body": {{Given}} },
              { "id": "Ask", "type": "EngagementFlows.AssignTask", "title": {{Given}}, "titleZh": {{Given}}, "instructions": {{Given}}, "outcomes": ["Done"] } ] }
            """);
        Write("file-task", $$"""
            { "id": "Main", "type": "Elsa.Sequence", "activities": [
              { "id": "Note", "type": "EngagementFlows.AddTimelineEntry", "text": {{Given}}, "textZh": {{Given}} },
              { "id": "Child", "type": "Elsa.DispatchWorkflow", "workflowDefinitionId": "file-child",
                "input": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "({ Secret: getInput('Secret') })" } } },
              { "id": "Ask", "type": "EngagementFlows.AssignTask", "title": {{Given}}, "titleZh": {{Given}}, "instructions": {{Given}}, "outcomes": ["Done"] } ] }
            """);
        Write("file-outside", $$"""
            { "id": "Main", "type": "EngagementFlows.AssignTask", "assignee": "role:operator", "title": {{Given}}, "titleZh": {{Given}}, "outcomes": ["Done"] }
            """);
        Write("file-http", """
            { "id": "Main", "type": "Elsa.Sequence", "activities": [
              { "id": "Starts", "type": "Elsa.HttpEndpoint", "path": "file-starts", "supportedMethods": ["POST"], "customProperties": { "canStartWorkflow": true } },
              { "id": "Waits", "type": "Elsa.HttpEndpoint", "path": "file-waits", "supportedMethods": ["POST"] } ] }
            """);
        Write("file-child", """
            { "id": "Main", "type": "Elsa.RunJavaScript", "script": { "typeName": "String", "expression": { "type": "Literal", "value": "throw new Error(getInput('Secret'));" } } }
            """);

        void Write(string id, string root)
        {
            string target = Path.Combine(folder, "workflows", id);
            Directory.CreateDirectory(target);
            System.IO.File.WriteAllText(Path.Combine(target, $"{id}.json"), ApiFixture.Definition(id, root));
        }
    }

    // A task with its mail, a child without a key of its own that fails, a mail to strangers that is refused, a task for strangers that is refused.
    private async Task RunAsync()
    {
        Guid parent = await StartAsync("file-task");
        await StartAsync("file-flow");
        await StartAsync("file-outside");
        await Eventually.BecomesAsync(() => Postgres.ScalarAsync<long>("select count(*) from incident"), 3L);
        await Eventually.BecomesAsync(() => Postgres.ScalarAsync<long>($"select count(*) from instance where parent_instance_id = '{parent}'"), 1L);
    }

    // What flows of many kinds would have put there, written as the tables have it.
    private async Task HangOnAsync()
    {
        Guid instance = await Postgres.ScalarAsync<Guid>("select id from instance where definition_id = 'file-task'");
        string version = (await Postgres.ScalarAsync<string>("select definition_version_id from instance limit 1"))!;
        string call = PlainState.ToText(new PlainObject { ["bookmark"] = Guid.Empty, ["method"] = "GET", ["url"] = $"https://x.example/{Secret}", ["headers"] = new PlainObject() });
        foreach (string sql in (string[])
        [
            $"insert into engagement_case (id, engagement_id, instance_id, kind, class, subject, description, raised_by, opened_at) values (gen_random_uuid(), '{File}', '{instance}', 'question', 'normal', '{Secret}', '{Secret}', '{Secret}', now())",
            $"insert into meeting (id, engagement_id, instance_id, title_en, title_zh, agenda_en, agenda_zh, audience, place, starts_at, ends_at, zone, created_at) values (gen_random_uuid(), '{File}', '{instance}', '{Secret}', '{Secret}', '{Secret}', '{Secret}', 'internal', '{Secret}', now(), now() + interval '1 hour', 'UTC', now())",
            $"insert into clock (id, engagement_id, instance_id, name, started_at, time_limit, calendar, calendar_version, due_at, is_provisional) values (gen_random_uuid(), '{File}', '{instance}', '{Secret}', now(), 'PT1H', 'firm', '', now(), true)",
            $"insert into provisional_date (reference_id, kind, instance_id, engagement_id, calendar, version, begun_at, duration, due_at) select id, 'clock', '{instance}', '{File}', '{Secret}', '', now(), 'PT1H', now() from clock",
            $"insert into document_version (id, engagement_id, kind, number, definition_version_id, form_path, content, content_hash, proposed_at, instance_id) values (gen_random_uuid(), '{File}', 'review', 1, '{version}', 'forms/x.json', '{{\"a\":\"{Secret}\"}}', repeat('a', 64), now(), '{instance}')",
            $"insert into form_answer (id, source, engagement_id, person_id, definition_version_id, form_path, answered_at, answers) values (gen_random_uuid(), 'task', '{File}', '{Readers[0].PersonId}', '{version}', 'forms/x.json', now(), '{{\"a\":\"{Secret}\"}}')",
            $"insert into outbox (id, instance_id, kind, effect_key, state, due_at, payload, created_at, ended_at) values (gen_random_uuid(), '{instance}', 'http', 'secret-call', 'uncertain', now(), '{call}', now(), now())",
            $"update engagement set title = '{Secret}'",
            $"update task set comment = '{Secret}'",
            $"update mail set text = text || '{Secret}', html = html || '{Secret}'",
        ])
        {
            await Postgres.ExecuteAsync(sql);
        }
    }
}
