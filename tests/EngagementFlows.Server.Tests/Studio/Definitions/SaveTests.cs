using System.Net;
using System.Text.Json.Nodes;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Definitions;
using Microsoft.Extensions.DependencyInjection;
using static EngagementFlows.Server.Tests.Studio.Definitions.DesignFixture;

namespace EngagementFlows.Server.Tests.Studio.Definitions;

/// <summary>No work is ever lost in the designer.</summary>
public sealed class SaveTests(DesignFixture server) : IClassFixture<DesignFixture>
{
    [Fact]
    public async Task Create_GivesAReadableIdThatNobodyHas()
    {
        JsonObject first = await SavedAsync(server.Operator, NewModel("Coupon approval"), publish: null);
        JsonObject second = await SavedAsync(server.Administrator, NewModel("Coupon approval"), publish: null);
        JsonObject chinese = await SavedAsync(server.Operator, NewModel("优惠券审批"), publish: null);

        first["definitionId"]!.GetValue<string>().Should().Be("coupon-approval");
        first["id"]!.GetValue<string>().Should().Be("coupon-approval-v1");
        first["links"]!.ToJsonString().Should().Contain("\"rel\":\"publish\"");
        second["definitionId"]!.GetValue<string>().Should().Be("coupon-approval-2");
        chinese["definitionId"]!.GetValue<string>().Should().MatchRegex("^flow-[0-9a-f]{8}$");
    }

    [Fact]
    public async Task Create_SentAgain_MakesNoSecondFlow()
    {
        JsonObject[] made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SavedAsync(server.Operator, NewModel("Made once"), publish: null)));

        made.Select(one => one["id"]!.GetValue<string>()).Distinct().Should().Equal("made-once-v1");
        (await server.Postgres.ScalarAsync<long>("select count(*) from definition where name = 'Made once'")).Should().Be(1);
    }

    [Fact]
    public async Task Save_OfADraft_IsInPlaceAndCounted()
    {
        JsonObject draft = await server.DraftAsync("In place");
        JsonObject saved = await SavedAsync(server.Operator, Changed(draft, "two"));

        saved["id"]!.GetValue<string>().Should().Be("in-place-v1");
        saved["customProperties"]!["engagementFlows"]!["revision"]!.GetValue<int>().Should().Be(3);
        StudioDouble.Activity(saved["root"], "aa")["text"]!.ToJsonString().Should().Be("""{"typeName":"String","expression":{"type":"Literal","value":"two"}}""");
        (await server.Postgres.ScalarAsync<string>("select json from definition where id = 'in-place-v1'")).Should().NotContain("engagementFlows\"").And.NotContain("links");
        (await server.Postgres.ScalarAsync<string>("select string_agg(act, ' ' order by sequence) from audit where chain = 'definition/in-place'")).Should().Be("DefinitionCreated DefinitionSaved DefinitionSaved");
    }

    [Fact]
    public async Task Save_WithoutAChange_StoresNothing()
    {
        JsonObject draft = await server.DraftAsync("Opened only");
        long before = await server.Postgres.ScalarAsync<long>("select count(*) from audit where chain = 'definition/opened-only'");

        using HttpResponseMessage answer = await SaveAsync(server.Operator, StudioDouble.ModelOf(draft));

        Notice(answer).Should().Be("unchanged");
        (await server.Postgres.ScalarAsync<int>("select revision from definition where id = 'opened-only-v1'")).Should().Be(2);
        (await server.Postgres.ScalarAsync<long>("select count(*) from audit where chain = 'definition/opened-only'")).Should().Be(before);
    }

    [Fact]
    public async Task Save_ByASecondEditorWhoIsBehind_IsToldWhoAndWhen()
    {
        JsonObject draft = await server.DraftAsync("Two editors");
        (HttpClient anna, Guid annaId) = await server.SignInAsync(StaffRoles.Operator);
        await SavedAsync(anna, Changed(draft, "Anna's"));

        using HttpResponseMessage late = await SaveAsync(server.Administrator, Changed(draft, "mine"));

        (await RefusedAsync(late)).Should().Contain($"Person {annaId:N} saved this flow on ").And.Contain("reload the page");
        Notice(late).Should().Be("conflict");
        (await server.Postgres.ScalarAsync<string>("select json from definition where id = 'two-editors-v1'")).Should().Contain("Anna's").And.NotContain("mine");
        using HttpRequestMessage chinese = new(HttpMethod.Post, "elsa/api/workflow-definitions") { Content = Body(StudioDouble.SaveOf(Changed(draft, "mine"))) };
        chinese.Headers.AcceptLanguage.ParseAdd("zh-CN");
        using HttpResponseMessage told = await server.Administrator.SendAsync(chinese);
        (await RefusedAsync(told)).Should().Contain("保存了此流程");
    }

    [Fact]
    public async Task Save_SentAgainAfterALostAnswer_IsAnsweredAsTheFirst()
    {
        JsonObject draft = await server.DraftAsync("Sent again");
        JsonObject model = Changed(draft, "two");

        JsonObject first = await SavedAsync(server.Operator, model);
        JsonObject again = await SavedAsync(server.Operator, model);

        again.ToJsonString().Should().Be(first.ToJsonString());
        (await server.Postgres.ScalarAsync<int>("select revision from definition where id = 'sent-again-v1'")).Should().Be(3);
    }

    [Fact]
    public async Task Save_OfManyAtOnce_OneWinsAndTheOthersAreTold()
    {
        JsonObject draft = await server.DraftAsync("All at once");

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => SaveAsync(server.Operator, Changed(draft, $"writer {i}"))));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).Should().Be(1);
        foreach (HttpResponseMessage refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
            (await RefusedAsync(refused)).Should().Contain("saved this flow");
        (await server.Postgres.ScalarAsync<int>("select revision from definition where id = 'all-at-once-v1'")).Should().Be(3);
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Save_OfManyOntoAPublishedVersion_MakesOneDraft()
    {
        JsonObject published = await server.PublishedAsync("One draft");

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => SaveAsync(server.Operator, Changed(published, $"writer {i}"))));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).Should().Be(1);
        (await server.Postgres.ScalarAsync<string>("select string_agg(version || ' ' || state, ', ' order by version) from definition where definition_id = 'one-draft'")).Should().Be("1 published, 2 draft");
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Save_OfTheSameBodyAtOnce_IsStoredOnce()
    {
        JsonObject draft = await server.DraftAsync("Doubled");
        JsonObject model = Changed(draft, "two");

        JsonObject[] saved = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SavedAsync(server.Operator, model)));

        saved.Select(one => one.ToJsonString()).Distinct().Should().ContainSingle();
        (await server.Postgres.ScalarAsync<int>("select revision from definition where id = 'doubled-v1'")).Should().Be(3);
    }

    [Fact]
    public async Task Save_OfOnePage_MayOvertakeItsAnswersButNotItself()
    {
        JsonObject draft = await server.DraftAsync("One page");
        using HttpResponseMessage first = await SaveAsync(server.Operator, Changed(draft, "one, two"), editor: "page-1", save: 1);
        using HttpResponseMessage third = await SaveAsync(server.Operator, Changed(draft, "one, two, three"), editor: "page-1", save: 3);
        using HttpResponseMessage second = await SaveAsync(server.Operator, Changed(draft, "late"), editor: "page-1", save: 2);
        using HttpResponseMessage other = await SaveAsync(server.Operator, Changed(draft, "elsewhere"), editor: "page-2", save: 9);

        first.StatusCode.Should().Be(HttpStatusCode.OK);
        third.StatusCode.Should().Be(HttpStatusCode.OK);
        Notice(second).Should().Be("late");
        other.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await server.Postgres.ScalarAsync<string>("select json from definition where id = 'one-page-v1'")).Should().Contain("one, two, three");
    }

    [Fact]
    public async Task Save_ThatTookAChangeBack_KeepsAnOlderOneFromComingAfterIt()
    {
        JsonObject draft = await server.DraftAsync("Taken back");
        using HttpResponseMessage undone = await SaveAsync(server.Operator, StudioDouble.ModelOf(draft), editor: "page-1", save: 2);
        using HttpResponseMessage slow = await SaveAsync(server.Operator, Changed(draft, "undone"), editor: "page-1", save: 1);

        Notice(undone).Should().Be("unchanged");
        Notice(slow).Should().Be("late");
        (await server.Postgres.ScalarAsync<string>("select json from definition where id = 'taken-back-v1'")).Should().NotContain("undone");
    }

    [Fact]
    public async Task Save_WithoutAStamp_IsRefused()
    {
        JsonObject draft = await server.DraftAsync("No stamp");
        JsonObject model = Changed(draft, "two");
        model["customProperties"] = new JsonObject();

        using HttpResponseMessage answer = await SaveAsync(server.Operator, model);

        (await RefusedAsync(answer)).Should().Contain("customProperties");
    }

    [Fact]
    public async Task Save_OfADeletedFlow_SaysHowToKeepIt()
    {
        JsonObject draft = await server.DraftAsync("Deleted meanwhile");
        (await server.Administrator.DeleteAsync("elsa/api/workflow-definitions/deleted-meanwhile")).StatusCode.Should().Be(HttpStatusCode.NoContent);

        using HttpResponseMessage answer = await SaveAsync(server.Operator, Changed(draft, "two"));

        (await RefusedAsync(answer)).Should().Contain("deleted").And.Contain("another name");
    }

    [Fact]
    public async Task Save_ThatWouldEmptyThePicture_IsRefused()
    {
        JsonObject draft = await server.DraftAsync("Emptied");
        JsonObject model = StudioDouble.ModelOf(draft);
        ((JsonArray)model["root"]!["activities"]!).Add(Line("bb", "second"));
        JsonObject two = await SavedAsync(server.Operator, model);
        JsonObject blank = StudioDouble.ModelOf(two);
        blank["root"]!["activities"] = new JsonArray();

        using HttpResponseMessage answer = await SaveAsync(server.Operator, blank);

        (await RefusedAsync(answer)).Should().Contain("all 2 activities");
    }

    [Fact]
    public async Task Layout_OfAPublishedVersion_IsMovedInPlace()
    {
        JsonObject published = await server.PublishedAsync("Moved");
        string file = await server.Operator.GetStringAsync("api/definitions/moved/export");
        JsonObject model = StudioDouble.ModelOf(published);
        StudioDouble.Activity(model["root"], "aa")["metadata"]!["designer"]!["position"]!["x"] = 777;
        JsonObject moved = await SavedAsync(server.Operator, model);

        moved["version"]!.GetValue<int>().Should().Be(1);
        moved["isPublished"]!.GetValue<bool>().Should().BeTrue();
        (await server.Postgres.ScalarAsync<string>("select json from definition where id = 'moved-v1'")).Should().Contain("777");
        (await server.Postgres.ScalarAsync<long>("select count(*) from audit where chain = 'definition/moved' and act = 'DefinitionPictureMoved'")).Should().Be(1);
        // The file that it came from is still the same content.
        using HttpResponseMessage again = await server.Operator.PostAsync("api/definitions/import", Body(JsonNode.Parse(file)!));
        (await ReadAsync(again))["isNew"]!.GetValue<bool>().Should().BeFalse();
    }

    [Fact]
    public async Task Logic_OfAPublishedVersion_GoesOnInADraftWithItsTexts()
    {
        JsonObject published = await server.PublishedAsync("Goes on");
        await server.Postgres.ExecuteAsync("insert into definition_asset (definition_version_id, path, content) values ('goes-on-v1', 'mail/hello.en.md', 'Hello'::bytea)");
        JsonObject draft = await SavedAsync(server.Operator, Changed(published, "two"));

        draft["id"]!.GetValue<string>().Should().Be("goes-on-v2");
        draft["isLatest"]!.GetValue<bool>().Should().BeTrue();
        draft["isPublished"]!.GetValue<bool>().Should().BeFalse();
        (await server.Postgres.ScalarAsync<long>("select count(*) from definition_asset where definition_version_id = 'goes-on-v2'")).Should().Be(1);
        JsonObject old = await GetAsync(server.Operator, "workflow-definitions/by-id/goes-on-v1");
        old["isLatest"]!.GetValue<bool>().Should().BeFalse();
        old["isPublished"]!.GetValue<bool>().Should().BeTrue();
    }

    [Fact]
    public async Task Copy_KeepsWhatTheStudioDoesNotShow()
    {
        using HttpResponseMessage imported = await server.Operator.PostAsync("api/definitions/import", Body(JsonNode.Parse("""
            { "definitionId": "with-more", "name": "With more", "tenantId": "north", "customProperties": { "displayName": { "en": "With more", "zh-CN": "更多" } },
              "root": { "id": "Main", "type": "Elsa.Flowchart", "activities": [ { "id": "a", "type": "Elsa.WriteLine", "text": "x" } ] } }
            """)!));
        imported.StatusCode.Should().Be(HttpStatusCode.Created);
        await server.Postgres.ExecuteAsync("insert into definition_asset (definition_version_id, path, content) values ('with-more-v1', 'forms/a.json', '{}'::bytea)");
        JsonObject model = StudioDouble.ModelOf(await GetAsync(server.Operator, "workflow-definitions/by-definition-id/with-more?versionOptions=Latest"));
        model["definitionId"] = null;
        model["id"] = null;
        model["name"] = "Copy of it";
        JsonObject copy = await SavedAsync(server.Operator, model, publish: null);

        copy["definitionId"]!.GetValue<string>().Should().Be("copy-of-it");
        copy["name"]!.GetValue<string>().Should().Be("Copy of it");
        (await server.Postgres.ScalarAsync<string>("select json from definition where id = 'copy-of-it-v1'")).Should().Contain("north").And.NotContain("更多");
        (await server.Postgres.ScalarAsync<long>("select count(*) from definition_asset where definition_version_id = 'copy-of-it-v1'")).Should().Be(1);
    }

    [Fact]
    public async Task Draft_ThatIsDrawnOn_ReloadsNoCatalogue()
    {
        JsonObject draft = await server.DraftAsync("Quiet");
        await SavedAsync(server.Operator, Changed(draft, "two"));

        LiveCatalogue catalogue = server.Services.GetRequiredService<LiveCatalogue>();
        await catalogue.RefreshAsync(CancellationToken.None);
        await SavedAsync(server.Operator, Changed(await GetAsync(server.Operator, "workflow-definitions/by-id/quiet-v1"), "three"));

        catalogue.Current.Version("quiet-v1").Should().BeNull();
        (await catalogue.RefreshAsync(CancellationToken.None)).Should().BeFalse();
    }
}
