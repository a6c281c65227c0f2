using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EngagementFlows.Engagements.Clients;
using static EngagementFlows.Server.Tests.Studio.Definitions.DesignFixture;

namespace EngagementFlows.Server.Tests.Studio.Definitions;

/// <summary>Publishing, taking back, deleting and files, as the Studio asks for them.</summary>
public sealed class DesignActTests(DesignFixture server) : IClassFixture<DesignFixture>
{
    [Fact]
    public async Task Publish_FromTheEditor_HandsItIn()
    {
        JsonObject draft = await server.DraftAsync("Handed in");
        using HttpResponseMessage answer = await SaveAsync(server.Operator, Changed(draft, "two"), publish: true);
        JsonObject saved = await ReadAsync(answer);

        Notice(answer).Should().Be("submitted");
        saved["alreadyPublished"]!.GetValue<bool>().Should().BeFalse();
        saved["workflowDefinition"]!["isPublished"]!.GetValue<bool>().Should().BeFalse();
        (await StatesAsync("handed-in")).Should().Be("1 submitted");
        // Who drew it does not publish it, by whatever door; who did not, does.
        (await server.Administrator.PostAsync("api/definitions/versions/handed-in-v1/publish", null)).StatusCode.Should().Be(HttpStatusCode.NoContent);
        using HttpResponseMessage again = await SaveAsync(server.Operator, StudioDouble.ModelOf(await OpenAsync("handed-in")), publish: true);
        (await ReadAsync(again))["alreadyPublished"]!.GetValue<bool>().Should().BeTrue();
    }

    [Fact]
    public async Task Publish_ByAnAuthorWhoNeitherMadeNorSubmittedIt_IsRefused()
    {
        JsonObject draft = await server.DraftAsync("Three authors");
        JsonObject second = await SavedAsync(server.Administrator, Changed(draft, "the administrator's"));
        await SavedAsync(server.Operator, StudioDouble.ModelOf(second), publish: true);

        using HttpResponseMessage own = await server.Administrator.PostAsync("api/definitions/versions/three-authors-v1/publish", null);
        using HttpResponseMessage other = await server.Architect.PostAsync("api/definitions/versions/three-authors-v1/publish", null);

        own.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        other.StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Publish_WithFaults_TellsAllOfThemAndKeepsTheSave()
    {
        JsonObject draft = await server.DraftAsync("Faulty twice");
        JsonObject model = StudioDouble.ModelOf(draft);
        JsonObject bad = Line("bb", "x");
        bad["type"] = "Acme.Missing";
        bad["metadata"]!["displayText"] = "The odd one";
        JsonObject worse = Line("cc", "x");
        worse["text"] = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "1 +" } };
        ((JsonArray)model["root"]!["activities"]!).Add(bad);
        ((JsonArray)model["root"]!["activities"]!).Add(worse);
        using HttpResponseMessage answer = await SaveAsync(server.Operator, model, publish: true);

        string faults = await RefusedAsync(answer);
        faults.Should().Contain("The odd one: ").And.Contain("Acme.Missing").And.Contain("Write line 2: ").And.Contain("Activity 'Write line 2', field").And.NotContain("cc");
        faults.Split('\n').Should().HaveCountGreaterThan(1);
        (await StatesAsync("faulty-twice")).Should().Be("1 draft");
        (await server.Postgres.ScalarAsync<string>("select json from definition where id = 'faulty-twice-v1'")).Should().Contain("Acme.Missing");
    }

    [Fact]
    public async Task Publish_FromTheList_AndManyAtOnce()
    {
        await server.DraftAsync("Listed one");
        await server.DraftAsync("Listed two");
        JsonObject live = await server.PublishedAsync("Listed live");

        using HttpResponseMessage one = await server.Operator.PostAsync("elsa/api/workflow-definitions/listed-one/publish", Body(new JsonObject()));
        (await ReadAsync(one))["workflowDefinition"]!["definitionId"]!.GetValue<string>().Should().Be("listed-one");
        using HttpResponseMessage many = await server.Operator.PostAsync(
            "elsa/api/bulk-actions/publish/workflow-definitions/by-definition-ids", Body(new JsonObject { ["definitionIds"] = new JsonArray("listed-two", "listed-live", "nowhere") }));

        (await ReadAsync(many)).ToJsonString().Should().Be("""{"published":["listed-two"],"alreadyPublished":["listed-live"],"notFound":["nowhere"],"updatedConsumers":[]}""");
        (await StatesAsync("listed-two")).Should().Be("1 submitted");
        live["isPublished"]!.GetValue<bool>().Should().BeTrue();
    }

    [Fact]
    public async Task Retract_TakesBackWhatIsPublished_AndItCanBePublishedAgain()
    {
        await server.PublishedAsync("Taken off");

        using HttpResponseMessage answer = await server.Operator.PostAsync("elsa/api/workflow-definitions/taken-off/retract", Body(new JsonObject()));
        JsonObject retracted = await ReadAsync(answer);
        using HttpResponseMessage nothing = await server.Operator.PostAsync("elsa/api/workflow-definitions/taken-off/retract", Body(new JsonObject()));
        using HttpResponseMessage again = await server.Operator.PostAsync("elsa/api/workflow-definitions/taken-off/publish", Body(new JsonObject()));

        retracted["isPublished"]!.GetValue<bool>().Should().BeFalse();
        (await RefusedAsync(nothing)).Should().Contain("No version");
        again.StatusCode.Should().Be(HttpStatusCode.OK);
        (await StatesAsync("taken-off")).Should().Be("1 retired, 2 submitted");
        using HttpResponseMessage many = await server.Operator.PostAsync(
            "elsa/api/bulk-actions/retract/workflow-definitions/by-definition-ids", Body(new JsonObject { ["definitionIds"] = new JsonArray("taken-off", "nowhere") }));
        (await ReadAsync(many)).ToJsonString().Should().Be("""{"retracted":["taken-off"],"alreadyRetracted":[],"notFound":["nowhere"]}""");
        (await StatesAsync("taken-off")).Should().Be("1 retired, 2 draft");
    }

    [Fact]
    public async Task Revert_MakesADraftAndKeepsTheOneThatWasThere()
    {
        JsonObject published = await server.PublishedAsync("Rolled back");
        await SavedAsync(server.Operator, Changed(published, "work of today"));

        using HttpResponseMessage answer = await server.Operator.PostAsync("elsa/api/workflow-definitions/rolled-back/revert/1", null);
        JsonObject summary = await ReadAsync(answer);

        summary["version"]!.GetValue<int>().Should().Be(3);
        (await server.Postgres.ScalarAsync<string>("select json from definition where id = 'rolled-back-v2'")).Should().Contain("work of today");
        JsonObject opened = await GetAsync(server.Operator, $"workflow-definitions/by-id/{summary["id"]}");
        StudioDouble.Activity(opened["root"], "aa")["text"]!.ToJsonString().Should().Contain("one");
        (await SavedAsync(server.Operator, Changed(opened, "and on")))["id"]!.GetValue<string>().Should().Be("rolled-back-v3");
    }

    [Theory]
    [InlineData(1, "could not be read again")]
    [InlineData(7, "Version 7 has been deleted")]
    public async Task Revert_ToWhatCannotBeGoneBackTo_OpensTheNewestAndSaysWhy(int version, string why)
    {
        string flow = $"not-back-to-{version}";
        await SavedAsync(server.Operator, Changed(await server.PublishedAsync(flow), "work of today"));
        // As a server of older days may have stored it.
        await server.Postgres.ExecuteAsync("update definition set json = '{\"root\":{\"id\":\"r\",\"type\":\"Elsa.Flowchart\",\"activities\":[{\"id\":\"a\"}]}}' where id = $1", $"{flow}-v1");

        using HttpResponseMessage answer = await server.Operator.PostAsync($"elsa/api/workflow-definitions/{flow}/revert/{version}", null);
        using HttpResponseMessage nowhere = await server.Operator.PostAsync("elsa/api/workflow-definitions/nowhere/revert/1", null);

        (await ReadAsync(answer))["id"]!.GetValue<string>().Should().Be($"{flow}-v2");
        Notice(answer).Should().Be("refused");
        Told(answer).Should().Contain(why);
        (await StatesAsync(flow)).Should().Be("1 published, 2 draft");
        nowhere.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Delete_LeavesWhatIsPublishedOrHasRun()
    {
        await server.PublishedAsync("Kept alive");
        await server.RunAsync("kept-alive");
        using HttpResponseMessage published = await server.Operator.DeleteAsync("elsa/api/workflow-definitions/kept-alive");
        Told(published).Should().Contain("published");
        await server.Operator.PostAsync("elsa/api/workflow-definitions/kept-alive/retract", Body(new JsonObject()));
        using HttpResponseMessage ran = await server.Operator.DeleteAsync("elsa/api/workflow-definition-versions/kept-alive-v1");

        Told(ran).Should().Contain("instances ran");
        Notice(ran).Should().Be("refused");
        (await StatesAsync("kept-alive")).Should().Be("1 retired");
        using HttpResponseMessage missing = await server.Operator.DeleteAsync("elsa/api/workflow-definitions/nowhere");
        missing.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Delete_OfAVersion_NeverGivesItsNumberAgain()
    {
        JsonObject published = await server.PublishedAsync("Numbered");
        await SavedAsync(server.Operator, Changed(published, "two"));
        using HttpResponseMessage bulk = await server.Operator.PostAsync("elsa/api/bulk-actions/delete/workflow-definitions/by-id", Body(new JsonObject { ["ids"] = new JsonArray("numbered-v2") }));
        (await ReadAsync(bulk))["deleted"]!.GetValue<int>().Should().Be(1);

        JsonObject next = await SavedAsync(server.Operator, Changed(await OpenAsync("numbered"), "three"));

        next["id"]!.GetValue<string>().Should().Be("numbered-v3");
    }

    [Fact]
    public async Task Delete_OfManyFlows_TellsWhichStayAndWhy()
    {
        await server.DraftAsync("Goes away");
        await server.PublishedAsync("Stays here");
        StringContent both = Body(new JsonObject { ["definitionIds"] = new JsonArray("goes-away", "stays-here", "nowhere") });

        using HttpResponseMessage answer = await server.Operator.PostAsync("elsa/api/bulk-actions/delete/workflow-definitions/by-definition-id", both);

        (await ReadAsync(answer)).ToJsonString().Should().Be("""{"deleted":1}""");
        Notice(answer).Should().Be("refused");
        Told(answer).Should().Contain("“stays-here” is published");
        (await StatesAsync("goes-away")).Should().BeNull();
        (await StatesAsync("stays-here")).Should().Be("1 published");
    }

    [Fact]
    public async Task Export_AndImport_GiveTheSameFlow()
    {
        JsonObject published = await server.PublishedAsync("Carried");
        using HttpResponseMessage file = await server.Operator.GetAsync("elsa/api/workflow-definitions/carried/export?versionOptions=1&includeConsumingWorkflows=False");
        JsonObject exported = await ReadAsync(file);
        file.Content.Headers.ContentDisposition!.FileName.Should().Be("carried.json");
        exported["customProperties"]?.ToJsonString().Should().NotContain("engagementFlows");
        exported["id"]!.GetValue<string>().Should().Be("carried-v1");

        // As the Studio posts a file that it read: in its own shape, with nulls.
        using HttpResponseMessage same = await server.Operator.PostAsync("elsa/api/workflow-definitions/import", Body(exported.DeepClone()));
        exported["definitionId"] = "carried-over";
        exported["links"] = null;
        using HttpResponseMessage fresh = await server.Operator.PostAsync("elsa/api/workflow-definitions/import", Body(exported));

        Notice(same).Should().Be("unchanged");
        JsonObject imported = await ReadAsync(fresh);
        imported["id"]!.GetValue<string>().Should().Be("carried-over-v1");
        StudioDouble.Activity(imported["root"], "aa")["text"]!.ToJsonString().Should().Be(StudioDouble.Activity(published["root"], "aa")["text"]!.ToJsonString());
    }

    [Fact]
    public async Task Import_OntoAFlowThatIsDrawnOn_KeepsWhatWasDrawn()
    {
        JsonObject draft = await server.DraftAsync("Overwritten", "drawn by hand");
        JsonObject file = StudioDouble.ModelOf(draft);
        StudioDouble.Activity(file["root"], "aa")["text"] = StudioDouble.Literal("from the file");
        using HttpResponseMessage answer = await server.Administrator.PostAsync("elsa/api/workflow-definitions/import", Body(file));
        (await ReadAsync(answer))["version"]!.GetValue<int>().Should().Be(2);

        using HttpResponseMessage late = await SaveAsync(server.Operator, Changed(draft, "drawn on"));

        (await RefusedAsync(late)).Should().Contain("version 2");
        (await server.Postgres.ScalarAsync<string>("select json from definition where id = 'overwritten-v1'")).Should().Contain("drawn by hand");
    }

    [Fact]
    public async Task Zip_HoldsTheFlowsWithTheirTextsAndUsers()
    {
        using HttpResponseMessage inner = await server.Operator.PostAsync("elsa/api/workflow-definitions/import", Body(JsonNode.Parse("""
            { "definitionId": "used-part", "id": "used-part-v1", "name": "Used part", "options": { "usableAsActivity": true },
              "root": { "id": "Main", "type": "Elsa.Flowchart", "version": 1, "activities": [ { "id": "a", "type": "Elsa.WriteLine", "version": 1 } ] } }
            """)!));
        inner.EnsureSuccessStatusCode();
        await server.Postgres.ExecuteAsync("insert into definition_asset (definition_version_id, path, content) values ('used-part-v1', 'mail/hello.en.md', 'Hello'::bytea)");
        await PublishAsync("used-part");
        using HttpResponseMessage outer = await server.Operator.PostAsync("elsa/api/workflow-definitions/import", Body(JsonNode.Parse("""
            { "definitionId": "user-of-it", "id": "user-of-it-v1", "name": "User of it",
              "root": { "id": "Main", "type": "Elsa.Flowchart", "version": 1, "activities": [ { "id": "a", "type": "UsedPart", "version": 1 } ] } }
            """)!));
        outer.EnsureSuccessStatusCode();
        await PublishAsync("user-of-it");

        using ZipArchive withUsers = await ZipAsync(await server.Operator.GetAsync("elsa/api/workflow-definitions/used-part/export?includeConsumingWorkflows=True"));
        using ZipArchive chosen = await ZipAsync(await server.Operator.PostAsync(
            "elsa/api/bulk-actions/export/workflow-definitions", Body(new JsonObject { ["ids"] = new JsonArray("used-part-v1", "user-of-it-v1"), ["includeConsumingWorkflows"] = false })));
        JsonObject saved = await SavedBodyAsync("used-part");

        withUsers.Entries.Select(entry => entry.FullName).Should().BeEquivalentTo("used-part/used-part.json", "used-part/mail/hello.en.md", "user-of-it/user-of-it.json");
        chosen.Entries.Should().HaveCount(3);
        saved["consumingWorkflowCount"]!.GetValue<int>().Should().Be(1);
        JsonObject opened = await OpenAsync("user-of-it");
        StudioDouble.Activity(opened["root"], "a")["type"]!.GetValue<string>().Should().Be("UsedPart");
    }

    [Fact]
    public async Task Cookies_NeedOurHeader()
    {
        (HttpClient person, _) = await server.SignInAsync(StaffRoles.Operator);
        (await SavedAsync(person, NewModel("By a person"), publish: null))["definitionId"]!.GetValue<string>().Should().Be("by-a-person");
        person.DefaultRequestHeaders.Remove("X-EngagementFlows");

        using HttpResponseMessage foreign = await SaveAsync(person, NewModel("From elsewhere"));

        foreign.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    private async Task<string?> StatesAsync(string definitionId) =>
        await server.Postgres.ScalarAsync<string>("select string_agg(version || ' ' || state, ', ' order by version) from definition where definition_id = $1 and state <> 'trial'", definitionId);

    private Task<JsonObject> OpenAsync(string definitionId) => GetAsync(server.Operator, $"workflow-definitions/by-definition-id/{definitionId}?versionOptions=Latest");

    private async Task PublishAsync(string definitionId)
    {
        using HttpResponseMessage submitted = await server.Operator.PostAsync($"elsa/api/workflow-definitions/{definitionId}/publish", Body(new JsonObject()));
        submitted.StatusCode.Should().Be(HttpStatusCode.OK, await submitted.Content.ReadAsStringAsync());
        (await server.Administrator.PostAsync($"api/definitions/versions/{definitionId}-v1/publish", null)).StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    private async Task<JsonObject> SavedBodyAsync(string definitionId)
    {
        using HttpResponseMessage answer = await SaveAsync(server.Operator, StudioDouble.ModelOf(await OpenAsync(definitionId)), publish: true);
        return await ReadAsync(answer);
    }

    private static async Task<ZipArchive> ZipAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/zip");
        return new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync()), ZipArchiveMode.Read, leaveOpen: false, Encoding.UTF8);
    }
}
