using System.Net;
using System.Text;
using AngleSharp.Dom;
using EngagementFlows.Postgres.Imports;
using EngagementFlows.Server.Tests.Api;
using EngagementFlows.Server.Tests.Definitions;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Staff;

/// <summary>Files of definitions in the console: uploaded, looked at, stored as drafts once or dropped.</summary>
public sealed class DefinitionImportTests(HouseFixture house) : IClassFixture<HouseFixture>
{
    private const string Faulty = """
        {"definitionId":"page-faulty","id":"page-faulty-1","version":1,"name":"Faulty","root":{"id":"Flow","type":"Elsa.Sequence","activities":[{"id":"Shout","type":"Elsa.Nonsense","customProperties":{"displayName":{"en":"Cry out","zh-CN":"大喊"}}}]}}
        """;

    [Fact]
    public async Task Archive_IsPreviewedAndStoredOnceAsDrafts()
    {
        byte[] zip = DefinitionArchiveTests.Zip(
            ("page-a/page-a.json", ApiFixture.Ending("page-a")), ("page-a/mail/hello.en.md", "---\nsubject: Hi\n---\nHello"), ("page-a/cases/good.json", "{}"), ("page-b/page-b.json", ApiFixture.Ending("page-b")));

        string page = await UploadAsync("flows.zip", zip);
        IDocument preview = await house.ReadAsync(page);
        IDocument chinese = await house.ReadAsync(page, "zh-CN");
        long before = await CountAsync("page-%");
        using HttpResponseMessage confirmed = await ServerFixture.PostFormAsync(house.Staff, page, page + "/confirm", []);
        using HttpResponseMessage again = await ServerFixture.PostFormAsync(house.Staff, "/definitions/import", page + "/confirm", []);
        IDocument stored = await house.ReadAsync(page);

        preview.Body!.TextContent.Should().ContainAll("page-a", "page-b", "New", "Store 2 as drafts", "mail/hello.sample.json", "has no sample model");
        chinese.Body!.TextContent.Should().ContainAll("新增", "将 2 个保存为草稿", "待确认");
        before.Should().Be(0);
        (await CountAsync("page-%")).Should().Be(2);
        (await house.Postgres.ScalarAsync<long>("select count(*) from definition where definition_id like 'page-%' and state <> 'draft'")).Should().Be(0, "four eyes publish");
        stored.QuerySelectorAll("h2 a[href^='/definitions/']").Should().HaveCount(2);
        stored.QuerySelector("form[action$=confirm]").Should().BeNull();
        (await ActsAsync(page)).Should().Be("DefinitionImportUploaded DefinitionImportConfirmed");
        (await house.Postgres.ScalarAsync<long>("select count(*) from audit where act = 'DefinitionsImported' and detail->'definitions'->0->>'definitionId' = 'page-a'")).Should().Be(1);
        (await house.Postgres.ScalarAsync<bool>("select content is null from definition_import where id = $1", IdOf(page))).Should().BeTrue();
    }

    [Fact]
    public async Task Json_WithFaults_ShowsEachAtItsActivity_AndIsADraftAllTheSame()
    {
        string page = await UploadAsync("page-faulty.json", Encoding.UTF8.GetBytes(Faulty));

        IDocument chinese = await house.ReadAsync(page, "zh-CN");
        IElement fault = (await house.ReadAsync(page)).QuerySelectorAll("h3.tone-broken + table td").First(cell => cell.TextContent.Contains("Shout", StringComparison.Ordinal));
        (await ServerFixture.PostFormAsync(house.Staff, page, page + "/confirm", [])).Dispose();

        fault.NextElementSibling!.TextContent.Should().Contain("'Cry out' (Shout)").And.Contain("Elsa.Nonsense");
        chinese.Body!.TextContent.Should().Contain("活动“大喊”（Shout）的类型“Elsa.Nonsense”未知").And.NotContain("问题说明以英文给出");
        (await house.Postgres.ScalarAsync<string>("select state from definition where definition_id = 'page-faulty'")).Should().Be("draft");
    }

    [Theory]
    [InlineData("{ no json", "不是")]
    [InlineData("{\"definitionId\":\"page-nul\",\"id\":\"x\",\"version\":1,\"name\":\"\\u0000\",\"root\":{\"id\":\"M\",\"type\":\"Elsa.WriteLine\"}}", "无法作为文本保存")]
    public async Task Json_ThatIsRefused_CannotBeConfirmed(string json, string inChinese)
    {
        string page = await UploadAsync("../../page-refused.json", Encoding.UTF8.GetBytes(json));
        IDocument refused = await house.ReadAsync(page);
        IDocument chinese = await house.ReadAsync(page, "zh-CN");

        using HttpResponseMessage confirmed = await ServerFixture.PostFormAsync(house.Staff, page, page + "/confirm", []);

        refused.QuerySelector("h1")!.TextContent.Should().Be("page-refused.json");
        refused.QuerySelector(".fault")!.TextContent.Should().Contain("Nothing can be stored");
        refused.QuerySelector("form[action$=confirm]").Should().BeNull();
        chinese.Body!.TextContent.Should().ContainAny(inChinese, "问题说明以英文给出");
        (await StateAsync(page)).Should().Be("faulty");
        (await CountAsync("page-nul")).Should().Be(0);
    }

    [Fact]
    public async Task ZipSlip_IsRefusedInTheReadersLanguage()
    {
        string page = await UploadAsync("slip.zip", DefinitionArchiveTests.Zip(("../../etc/cron.json", "{}")));

        (await house.ReadAsync(page)).Body!.TextContent.Should().Contain("leads out of its folder");
        (await house.ReadAsync(page, "zh-CN")).Body!.TextContent.Should().Contain("指向文件夹之外");
    }

    [Fact]
    public async Task Drop_LeavesNothing()
    {
        string page = await UploadAsync("page-dropped.json", Encoding.UTF8.GetBytes(ApiFixture.Ending("page-dropped")));

        foreach (string act in new[] { "/cancel", "/cancel", "/confirm" })
            (await ServerFixture.PostFormAsync(house.Staff, "/definitions/import", page + act, [])).Dispose();

        (await StateAsync(page)).Should().Be("cancelled");
        (await ActsAsync(page)).Should().Be("DefinitionImportUploaded DefinitionImportCancelled");
        (await CountAsync("page-dropped")).Should().Be(0);
        (await house.ReadAsync("/definitions/import")).Body!.TextContent.Should().Contain("page-dropped.json");
    }

    [Fact]
    public async Task Upload_NobodyDecidedAbout_SaysThatItIsGone()
    {
        string page = await UploadAsync("page-gone.json", Encoding.UTF8.GetBytes(ApiFixture.Ending("page-gone")));
        string waiting = (await house.ReadAsync(page)).Body!.TextContent;
        await house.Postgres.ExecuteAsync("update definition_import set uploaded_at = now() - interval '8 days' where id = $1", IdOf(page));
        await ExpireUploads.ExecuteAsync(house.Postgres.DataSource, TimeSpan.FromDays(7), default);

        using HttpResponseMessage confirmed = await ServerFixture.PostFormAsync(house.Staff, "/definitions/import", page + "/confirm", []);
        IDocument gone = await house.ReadAsync(page);

        waiting.Should().Contain("If nobody decides about it, the file is removed on");
        gone.Body!.TextContent.Should().ContainAll("Nobody decided about this file", "no longer waits for a decision");
        gone.QuerySelectorAll("form[action$=confirm], form[action$=cancel]").Should().BeEmpty("nothing is left to decide");
        (await house.ReadAsync(page, "zh-CN")).Body!.TextContent.Should().Contain("该文件无人处理");
        (await StateAsync(page)).Should().Be("expired");
        (await CountAsync("page-gone")).Should().Be(0);
    }

    [Fact]
    public async Task Unknown_IsNotFound() =>
        (await house.ReadAsync("/definitions/imports/0198c0de-0000-7000-8000-00000000a002", expected: HttpStatusCode.NotFound)).QuerySelector("h1").Should().NotBeNull();

    private async Task<string> UploadAsync(string name, byte[] file)
    {
        IDocument form = await house.ReadAsync("/definitions/import");
        using MultipartFormDataContent content = new();
        using StringContent token = new(form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!);
        using ByteArrayContent bytes = new(file);
        content.Add(token, "__RequestVerificationToken");
        content.Add(bytes, "file", name);
        using HttpResponseMessage answer = await house.Staff.PostAsync("/definitions/import/upload", content);
        answer.StatusCode.Should().Be(HttpStatusCode.Found, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.OriginalString;
    }

    private static Guid IdOf(string page) => Guid.Parse(page.Split('/')[^1]);

    private Task<string?> StateAsync(string page) => house.Postgres.ScalarAsync<string>("select state from definition_import where id = $1", IdOf(page));

    private Task<string?> ActsAsync(string page) =>
        house.Postgres.ScalarAsync<string>("select string_agg(act, ' ' order by sequence) from audit where chain = 'administration' and subject = $1", $"definition-import/{IdOf(page)}");

    private Task<long> CountAsync(string definition) => house.Postgres.ScalarAsync<long>("select count(*) from definition where definition_id like $1", definition);
}
