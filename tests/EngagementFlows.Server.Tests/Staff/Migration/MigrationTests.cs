using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Tests.Api;
using EngagementFlows.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Staff.Migration;

/// <summary>Instances that wait at a task, at a client's link and at a timer are moved to a new version and go on there.</summary>
public sealed class MigrationTests(MigrationTests.Fixture house) : IClassFixture<MigrationTests.Fixture>
{
    [Fact]
    public async Task InstanceAtTaskLinkAndTimer_IsMovedAndGoesOnInTheNewVersion()
    {
        (Guid id, _) = await house.StartAsync("mover");
        (Guid lost, _) = await house.StartAsync("mover-cut");
        string version = await house.PublishAsync("mover", Fixture.Flow("mover", 2, "Later"));
        string cut = await house.PublishAsync("mover-cut", ApiFixture.Ending("mover-cut"));

        JsonElement preview = await house.GetAsync($"api/definitions/versions/{version}/migration");
        JsonElement stuck = await house.GetAsync($"api/definitions/versions/{cut}/migration");
        using HttpResponseMessage moved = await house.Program(StaffRoles.Operator).PostAsJsonAsync($"api/definitions/versions/{version}/migration", new { ids = new[] { id }, reason = "The new ending." });
        using HttpResponseMessage refused = await house.Program(StaffRoles.Operator).PostAsJsonAsync($"api/definitions/versions/{cut}/migration", new { ids = new[] { lost, Guid.Empty }, reason = "It should not." });

        (preview.GetProperty("canMove").GetInt32(), preview.GetProperty("stay").GetInt32(), preview.GetProperty("isPublished").GetBoolean()).Should().Be((1, 0, true));
        preview.GetProperty("instances")[0].GetProperty("standsAt").EnumerateArray().Select(place => place.GetString()).Should().BeEquivalentTo(["Ask", "Task", "Timer"]);
        stuck.GetProperty("instances")[0].GetProperty("obstacles")[0].GetString().Should().Contain("'Main'");
        (await ApiFixture.ReadAsync(moved)).GetProperty("moved").GetInt32().Should().Be(1, await moved.Content.ReadAsStringAsync());
        JsonElement answer = await ApiFixture.ReadAsync(refused);
        answer.GetProperty("moved").GetInt32().Should().Be(0);
        answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("detail").GetString()).Should().OnlyContain(detail => detail!.EndsWith('.'));
        (await VersionOfAsync(lost)).Should().Be("mover-cut-v1");
        (await VersionOfAsync(id)).Should().Be(version);
        (await house.Postgres.ScalarAsync<string>("select detail ->> 'reason' from audit where act = 'InstanceMoved' and subject = $1", $"instance/{id}")).Should().Be("The new ending.");

        await FinishAsync(id);
        (await LinesAsync(id)).Should().Equal("Later", "version 2");
        IDocument page = await house.ReadAsync($"/instances/{id}");
        page.QuerySelector("main")!.TextContent.Should().Contain("Moved from version 1 to version 2. The new ending.");
    }

    [Fact]
    public async Task Page_ShowsWhereInstancesStand_AndMovesTheChosen()
    {
        (Guid first, string name) = await house.StartAsync("page-mover");
        (Guid second, _) = await house.StartAsync("page-mover");
        string version = await house.PublishAsync("page-mover", Fixture.Flow("page-mover", 2, "Later"));

        IDocument page = await house.ReadAsync($"/definitions/{version}/migration");
        IDocument chinese = await house.ReadAsync($"/definitions/{version}/migration", "zh-CN");
        IDocument old = await house.ReadAsync("/definitions/page-mover-v1/migration");
        using HttpResponseMessage none = await ServerFixture.PostFormAsync(house.Staff, $"/definitions/{version}/migration", $"/definitions/{version}/migration", new() { ["reason"] = "Nobody." });
        using HttpResponseMessage moved = await ServerFixture.PostFormAsync(house.Staff, $"/definitions/{version}/migration", $"/definitions/{version}/migration", new() { ["ids"] = first.ToString(), ["reason"] = "By hand." });
        IDocument after = await house.ReadAsync($"/definitions/{version}/migration");

        string text = page.QuerySelector("main")!.TextContent;
        text.Should().Contain("2 running instances are on other versions: 2 could go on in this one as they are, 0 could not").And.Contain(name).And.Contain("Assign task");
        page.QuerySelectorAll("input[name=ids]").Select(box => box.GetAttribute("value")).Should().BeEquivalentTo([first.ToString(), second.ToString()]);
        chinese.QuerySelector("main")!.TextContent.Should().Contain("有 2 个运行中的实例使用其他版本");
        old.QuerySelector("main")!.TextContent.Should().Contain("No instance runs on another version.");
        none.StatusCode.Should().Be(HttpStatusCode.Found);
        moved.StatusCode.Should().Be(HttpStatusCode.Found);
        (await VersionOfAsync(first)).Should().Be(version);
        (await VersionOfAsync(second)).Should().Be("page-mover-v1");
        after.Body!.TextContent.Should().Contain("1 instances were moved.").And.Contain("1 running instances");
        (await house.ReadAsync("/definitions/nothing/migration", expected: HttpStatusCode.NotFound)).Should().NotBeNull();
    }

    [Fact]
    public async Task Version_ThatIsStillDrawn_IsJudgedAndTakesNobodyYet()
    {
        (Guid id, _) = await house.StartAsync("drawn-mover");
        using HttpResponseMessage imported = await house.Program(StaffRoles.Operator).PostAsync("api/definitions/import", ApiFixture.Json(Fixture.Flow("drawn-mover", 2, "Later")));
        string version = (await ApiFixture.ReadAsync(imported)).GetProperty("versionId").GetString()!;
        await house.Postgres.ExecuteAsync("update definition set is_drawn = true where id = $1", version);

        JsonElement preview = await house.GetAsync($"api/definitions/versions/{version}/migration");
        IDocument page = await house.ReadAsync($"/definitions/{version}/migration");
        using HttpResponseMessage moved = await house.Program(StaffRoles.Operator).PostAsJsonAsync($"api/definitions/versions/{version}/migration", new { ids = new[] { id }, reason = "Too early." });

        (preview.GetProperty("canMove").GetInt32(), preview.GetProperty("isPublished").GetBoolean()).Should().Be((1, false));
        page.QuerySelector("main")!.TextContent.Should().Contain("Instances can be moved once this version is published.");
        page.QuerySelectorAll("input[name=ids]").Should().BeEmpty();
        (await ApiFixture.ReadAsync(moved)).GetProperty("moved").GetInt32().Should().Be(0);
        (await VersionOfAsync(id)).Should().Be("drawn-mover-v1");
    }

    [Fact]
    public async Task Request_ThatMeansNothing_IsRefused()
    {
        HttpClient client = house.Program(StaffRoles.Operator);
        foreach ((string body, HttpStatusCode status) in new[] { ("{}", HttpStatusCode.BadRequest), ("""{"ids":[]}""", HttpStatusCode.BadRequest), ($$"""{"ids":["{{Guid.Empty}}"]}""", HttpStatusCode.BadRequest), ($$"""{"ids":["{{Guid.Empty}}"],"reason":"x"}""", HttpStatusCode.NotFound) })
        {
            using HttpResponseMessage answer = await client.PostAsync("api/definitions/versions/nothing/migration", ApiFixture.Json(body));
            answer.StatusCode.Should().Be(status, body);
            await ApiFixture.ProblemAsync(answer);
        }

        using HttpResponseMessage auditor = await house.Program(StaffRoles.Auditor).PostAsync("api/definitions/versions/nothing/migration", ApiFixture.Json("{}"));
        auditor.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    private Task<string?> VersionOfAsync(Guid id) => house.Postgres.ScalarAsync<string>("select definition_version_id from instance where id = $1", id);

    private async Task<List<string>> LinesAsync(Guid id) =>
        [.. (await house.Postgres.ScalarAsync<string[]>("select coalesce(array_agg(e ->> 'm' order by j.revision, n), '{}') from journal j, json_array_elements(j.entries) with ordinality x(e, n) where j.instance_id = $1 and e ->> 'e' = 'Line'", id))!];

    // The task is done, the client answers, the timer falls due: each in the version to which the instance was moved.
    private async Task FinishAsync(Guid id)
    {
        Guid task = await house.Postgres.ScalarAsync<Guid>("select id from task where instance_id = $1 and state = 'open'", id);
        using HttpResponseMessage done = await house.Staff.PostAsJsonAsync($"api/tasks/{task}/complete", new { outcome = "Done" });
        done.StatusCode.Should().Be(HttpStatusCode.OK, await done.Content.ReadAsStringAsync());
        Guid link = await house.Postgres.ScalarAsync<Guid>("select id from link where instance_id = $1 and state = 'open'", id);
        (HttpClient browser, string form, string html) = await house.OpenLinkAsync(house.Services.GetRequiredService<Func<MailAddresses>>()().LinkOf(link));
        using HttpResponseMessage answered = await HouseFixture.AnswerAsync(browser, form, html);
        answered.StatusCode.Should().Be(HttpStatusCode.Found);
        await house.Postgres.ExecuteAsync("update inbox set due_at = now() where instance_id = $1 and kind = 'timer'", id);
        house.Services.GetRequiredService<FlowsEngine>().Signals.HeldReleased();
        await Eventually.BecomesAsync(() => house.Postgres.ScalarAsync<string>("select status from instance where id = $1", id), "finished");
    }

    /// <summary>The sample firm with flows that wait at a task, at a link and at a timer at once.</summary>
    public sealed class Fixture : HouseFixture, IAsyncLifetime
    {
        private int _started;

        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
        {
            ["EngagementFlows:Links:RequestsPerMinute"] = "10000",
            ["EngagementFlows:Links:RequestsPerMinuteAndLink"] = "10000",
        };

        public static string Flow(string id, int version, string? added = null)
        {
            string Line(string activity, string text) => $$"""{ "id": "{{activity}}", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "Literal", "value": "{{text}}" } } }""";
            string Text(string name, string text) => $$""" "{{name}}": { "typeName": "String", "expression": { "type": "Literal", "value": "{{text}}" } }""";
            return $$"""
                { "definitionId": "{{id}}", "id": "{{id}}-v{{version}}", "name": "{{id}}", "version": {{version}}, "isLatest": true, "isPublished": true,
                  "root": { "id": "Main", "type": "Elsa.Sequence", "activities": [
                    { "id": "All", "type": "Elsa.Parallel", "activities": [
                      { "id": "Task", "type": "EngagementFlows.AssignTask", {{Text("assignee", "role:operator")}}, {{Text("title", "Look")}}, {{Text("titleZh", "查看")}}, {{Text("dueIn", "20 working days")}}, "outcomes": ["Done"] },
                      { "id": "Ask", "type": "EngagementFlows.AskClient", {{Text("form", "forms/intake.json")}}, {{Text("mail", "ask")}}, {{Text("dueIn", "14.00:00:00")}} },
                      { "id": "Timer", "type": "Elsa.Delay", "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "10:00:00" } } } ] },
                    {{(added is null ? "" : Line("Added", added) + ",")}}
                    {{Line("End", $"version {version}")}} ] } }
                """;
        }

        /// <summary>Starts a flow for the next engagement; returns the instance and its name.</summary>
        public async Task<(Guid Id, string Name)> StartAsync(string definition)
        {
            int number = Interlocked.Increment(ref _started);
            Guid engagement = await Postgres.ScalarAsync<Guid>($"select id from engagement order by id offset {number} limit 1");
            string name = $"Run {number} of {definition}";
            using HttpResponseMessage started = await Staff.PostAsJsonAsync("api/instances", new { definitionId = definition, name, correlationId = engagement.ToString("D") });
            started.StatusCode.Should().Be(HttpStatusCode.Created, await started.Content.ReadAsStringAsync());
            JsonElement instance = (await ApiFixture.ReadAsync(started)).GetProperty("instance");
            instance.GetProperty("openIncidents").GetInt32().Should().Be(0);
            return (instance.GetProperty("id").GetGuid(), name);
        }

        /// <summary>Imports and publishes the next version and returns its id.</summary>
        public async Task<string> PublishAsync(string definition, string json)
        {
            using HttpResponseMessage imported = await Program(StaffRoles.Operator).PostAsync("api/definitions/import", ApiFixture.Json(json.Replace($"\"{definition}-v1\"", $"\"{definition}-v2\"", StringComparison.Ordinal)));
            string version = (await ApiFixture.ReadAsync(imported)).GetProperty("versionId").GetString()!;
            foreach ((string role, string act) in new[] { (StaffRoles.Operator, "submit"), (StaffRoles.Administrator, "publish") })
            {
                using HttpResponseMessage answer = await Program(role).PostAsync($"api/definitions/versions/{version}/{act}", null);
                answer.IsSuccessStatusCode.Should().BeTrue(await answer.Content.ReadAsStringAsync());
            }

            return version;
        }

        public async Task<JsonElement> GetAsync(string path)
        {
            using HttpResponseMessage answer = await Program(StaffRoles.Operator).GetAsync(path);
            answer.StatusCode.Should().Be(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
            return await ApiFixture.ReadAsync(answer);
        }

        protected override void WriteFiles(string folder)
        {
            base.WriteFiles(folder);
            foreach (string id in (string[])["mover", "mover-cut", "page-mover", "drawn-mover"])
            {
                string process = Path.Combine(folder, "workflows", id);
                Directory.CreateDirectory(Path.Combine(process, "forms"));
                Directory.CreateDirectory(Path.Combine(process, "mail"));
                File.Copy(Path.Combine(folder, "workflows", "client-intake", "forms", "intake.json"), Path.Combine(process, "forms", "intake.json"));
                File.WriteAllText(Path.Combine(process, $"{id}.json"), Flow(id, 1));
                File.WriteAllText(Path.Combine(process, "mail", "ask.en.md"), "---\nsubject: Your needs\n---\nPlease look at them: [Open the form]({{ Link }})");
                File.WriteAllText(Path.Combine(process, "mail", "ask.zh-CN.md"), "---\nsubject: 您的需求\n---\n请查看：[打开表单]({{ Link }})");
                File.WriteAllText(Path.Combine(process, "mail", "ask.sample.json"), """{"Link":"https://clients.example/c/1"}""");
            }
        }
    }
}
