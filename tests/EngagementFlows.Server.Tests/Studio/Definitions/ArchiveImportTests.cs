using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using EngagementFlows.Server.Tests.Architecture;
using static EngagementFlows.Server.Tests.Studio.Definitions.DesignFixture;

namespace EngagementFlows.Server.Tests.Studio.Definitions;

/// <summary>Archives that people drop into the Studio: its page sends them whole, so that mails and forms come along.</summary>
public sealed class ArchiveImportTests(DesignFixture server) : IClassFixture<DesignFixture>
{
    [Fact]
    public async Task Archive_OfAFlow_BringsItsMailsAndFormsAndComesBackTheSame()
    {
        byte[] file = await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "docs/guides/first-flow.zip"));
        using HttpResponseMessage first = await ImportAsync(file);
        JsonObject stored = await ReadAsync(first);
        using HttpResponseMessage exported = await server.Operator.PostAsync(
            "elsa/api/bulk-actions/export/workflow-definitions", Body(new JsonObject { ["ids"] = new JsonArray("first-flow-v1", await OtherAsync()) }));
        byte[] archive = await exported.Content.ReadAsByteArrayAsync();

        using HttpResponseMessage again = await ImportAsync(archive);
        using HttpResponseMessage alone = await server.Operator.GetAsync("elsa/api/workflow-definitions/first-flow/export?versionOptions=Latest");
        using HttpResponseMessage once = await ImportAsync(await alone.Content.ReadAsByteArrayAsync(), "?definitionId=first-flow");

        stored["definitions"]![0]!["outcome"]!.GetValue<string>().Should().Be("new");
        stored["message"]!.GetValue<string>().Should().Contain("first-flow (new)");
        (await server.Postgres.ScalarAsync<string>("select string_agg(path, ' ' order by path) from definition_asset where definition_version_id = 'first-flow-v1'"))
            .Should().Be("forms/wishes.json mail/hello.en.md mail/hello.sample.json mail/hello.zh-CN.md mail/wishes.en.md mail/wishes.sample.json mail/wishes.zh-CN.md");
        alone.Content.Headers.ContentDisposition!.FileName.Should().Be("first-flow.zip", "its mails and forms are part of it");
        (await ReadAsync(once))["definitions"]!.AsArray().Select(one => one!["outcome"]!.GetValue<string>()).Should().Equal("unchanged");
        (await ReadAsync(again))["definitions"]!.AsArray().Select(one => one!["outcome"]!.GetValue<string>()).Should().Equal("unchanged", "unchanged");
    }

    [Fact]
    public async Task Archive_IntoAnOpenFlow_HoldsThatFlowAlone()
    {
        byte[] file = await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "docs/guides/first-flow.zip"));

        using HttpResponseMessage other = await ImportAsync(file, "?definitionId=another-flow", "zh-CN");
        JsonObject draft = await server.DraftAsync("Of its own");
        using HttpResponseMessage exported = await server.Operator.GetAsync("elsa/api/workflow-definitions/of-its-own/export");
        using HttpResponseMessage own = await ImportAsync(Zip("of-its-own/of-its-own.json", await exported.Content.ReadAsStringAsync()), "?definitionId=of-its-own");

        (await RefusedAsync(other)).Should().StartWith("未导入").And.Contain("another-flow").And.Contain("first-flow");
        (await ReadAsync(own))["definitions"]![0]!["versionId"]!.GetValue<string>().Should().Be(draft["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Archive_OfSeveralVersions_BringsTheNewestAndTellsTheRest()
    {
        JsonObject published = await server.PublishedAsync("Two of it");
        await SavedAsync(server.Operator, Changed(published, "newer"));
        using HttpResponseMessage exported = await server.Operator.PostAsync(
            "elsa/api/bulk-actions/export/workflow-definitions", Body(new JsonObject { ["ids"] = new JsonArray("two-of-it-v1", "two-of-it-v2") }));
        byte[] archive = await exported.Content.ReadAsByteArrayAsync();
        await server.Postgres.ExecuteAsync("delete from definition where id = 'two-of-it-v2'");

        using HttpResponseMessage answer = await ImportAsync(archive, "?definitionId=two-of-it");
        using HttpResponseMessage chinese = await ImportAsync(archive, language: "zh-CN");

        JsonObject stored = await ReadAsync(answer);
        stored["definitions"]!.AsArray().Select(one => one!["outcome"]!.GetValue<string>()).Should().Equal("older", "new-version");
        stored["message"]!.GetValue<string>().Should().Contain("two-of-it (an older version, left out)").And.Contain("two-of-it (new version)");
        (await ReadAsync(chinese))["message"]!.GetValue<string>().Should().Contain("two-of-it（较旧版本，已略过）").And.Contain("two-of-it（无变化）");
        JsonObject newest = await GetAsync(server.Operator, "workflow-definitions/by-definition-id/two-of-it?versionOptions=Latest");
        StudioDouble.Activity(newest["root"], "aa")["text"]!.ToJsonString().Should().Contain("newer");
    }

    [Fact]
    public async Task Archive_ThatIsNone_IsRefusedInTheReadersLanguage()
    {
        using HttpResponseMessage english = await ImportAsync("no archive"u8.ToArray());
        using HttpResponseMessage chinese = await ImportAsync("no archive"u8.ToArray(), language: "zh-CN");

        (await RefusedAsync(english)).Should().Contain("cannot be read");
        (await RefusedAsync(chinese)).Should().Contain("无法读取压缩包");
    }

    private static byte[] Zip(string name, string content)
    {
        using MemoryStream bytes = new();
        using (ZipArchive archive = new(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using StreamWriter writer = new(archive.CreateEntry(name).Open());
            writer.Write(content);
        }

        return bytes.ToArray();
    }

    private async Task<string> OtherAsync() => (await server.DraftAsync("Beside it"))["id"]!.GetValue<string>();

    private async Task<HttpResponseMessage> ImportAsync(byte[] file, string query = "", string language = "en")
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "elsa/api/workflow-definitions/import-archive" + query) { Content = new ByteArrayContent(file) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        request.Headers.Add("Accept-Language", language);
        return await server.Operator.SendAsync(request);
    }
}
