using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EngagementFlows.AcceptanceTests.Browser;
using EngagementFlows.Engagements.Clients;
using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Designer;

/// <summary>What is taken in from a file and given out again has lost nothing: by the Studio's own buttons for some, by what its buttons call for every case of the conformance suite.</summary>
[Collection(BrowserCollection.Name)]
public sealed class When_definitions_are_imported_in_the_designer(BrowserFixture browser, DesignerFirm firm) : BrowserTest(browser), IClassFixture<DesignerFirm>
{
    // A flowchart whose loop breaks out of a branch, and one with variables: as many as still stand on the list's first page beside the firm's own.
    private static readonly string[] ByHand = ["break-in-if-in-flow", "conv-array-items"];

    // Cases about files that nobody could run: they are refused with the reason, and nothing is stored.
    private static readonly string[] Unreadable = ["format-bad-input-type", "format-duplicate-ids", "format-type-missing"];

    // The server's to say, or nothing that runs.
    private static readonly HashSet<string> Identity = ["$schema", "id", "version", "isLatest", "isPublished", "createdAt", "toolVersion"];

    [Fact]
    public async Task Should_give_back_every_flow_as_it_was_given()
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator);
        Dictionary<string, JsonObject> files = Definitions();
        await designer.OpenDefinitionsAsync();

        await designer.Page.SetInputFilesAsync("#studio input[type=file]", ByHand.Select(name => new FilePayload { Name = name + ".json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(files[name].ToJsonString()) }));
        foreach (string name in ByHand)
            await designer.Rows.Filter(new() { HasTextString = IdOf(files[name]) }).WaitForAsync();
        await designer.Rows.Filter(new() { HasTextString = IdOf(files[ByHand[0]]) }).Locator("button").Last.ClickAsync();
        await designer.Page.Locator(".mud-popover-open .mud-menu-item", new() { HasTextString = "Export" }).ClickAsync();
        IDownload download = await designer.Page.RunAndWaitForDownloadAsync(() => designer.Page.Locator(".mud-dialog-actions button", new() { HasTextString = "Export" }).ClickAsync());

        download.SuggestedFilename.Should().Be(IdOf(files[ByHand[0]]) + ".json");
        Lost(files[ByHand[0]], await File.ReadAllTextAsync(await download.PathAsync())).Should().BeEmpty();
        Lost(files[ByHand[1]], await ExportAsync(designer.Page, IdOf(files[ByHand[1]]))).Should().BeEmpty();
        await ShouldReturnAllAsync(designer.Page, files.Where(file => !ByHand.Contains(file.Key)));
        designer.Complaints.Should().BeEmpty();
    }

    // As the Studio's import does with what it has read, in the session of the same browser.
    private static async Task ShouldReturnAllAsync(IPage page, IEnumerable<KeyValuePair<string, JsonObject>> files)
    {
        List<string> refused = [], lost = [];
        int returned = 0;
        foreach ((string name, JsonObject file) in files)
        {
            IAPIResponse answer = await page.Context.APIRequest.PostAsync("/elsa/api/workflow-definitions/import", new()
            {
                DataString = file.ToJsonString(),
                Headers = new Dictionary<string, string> { ["Content-Type"] = "application/json", ["X-EngagementFlows"] = "1", ["Origin"] = new Uri(page.Url).GetLeftPart(UriPartial.Authority), ["Sec-Fetch-Site"] = "same-origin" },
            });
            if (!answer.Ok)
            {
                refused.Add(name);
                continue;
            }

            lost.AddRange(Lost(file, await ExportAsync(page, IdOf(file))).Select(path => $"{name}: {path}"));
            returned++;
        }

        refused.Should().Equal(Unreadable);
        lost.Should().BeEmpty();
        returned.Should().BeGreaterThan(250);
    }

    private static async Task<string> ExportAsync(IPage page, string definitionId) =>
        await (await page.Context.APIRequest.GetAsync($"/elsa/api/workflow-definitions/{definitionId}/export?versionOptions=Latest&includeConsumingWorkflows=False")).TextAsync();

    private static IEnumerable<string> Lost(JsonObject given, string export)
    {
        JsonObject kept = JsonNode.Parse(export)!.AsObject();
        return given.Where(member => !Identity.Contains(member.Key)).SelectMany(member => Lost(member.Value, kept[member.Key], member.Key));
    }

    // Where there was something there must be the same; where there was nothing, the server may have written what goes without saying.
    private static IEnumerable<string> Lost(JsonNode? given, JsonNode? kept, string path) => (given, kept) switch
    {
        (null, _) => [],
        (JsonObject from, _) when kept is JsonObject or null => from.SelectMany(member => Lost(member.Value, (kept as JsonObject)?[member.Key], $"{path}.{member.Key}")),
        (JsonArray { Count: 0 }, null) => [],
        (JsonArray from, JsonArray to) when from.Count == to.Count => from.SelectMany((item, place) => Lost(item, to[place], $"{path}[{place}]")),
        // A flag that is off goes without saying; a value of somebody's input does not.
        (JsonValue flag, null) when flag.GetValueKind() is JsonValueKind.False && !path.EndsWith(".value", StringComparison.Ordinal) => [],
        _ => JsonNode.DeepEquals(given, kept) || IsSameAsText(given, kept, path) ? [] : [$"{path} was {given.ToJsonString()} and is {kept?.ToJsonString() ?? "gone"}"],
    };

    // An export writes the values of variables as texts, since the Studio's importer takes no others; the engine reads both alike.
    private static bool IsSameAsText(JsonNode given, JsonNode? kept, string path) =>
        path.StartsWith("variables[", StringComparison.Ordinal) && kept?.GetValueKind() is JsonValueKind.String && kept.GetValue<string>() == given.ToJsonString();

    private static string IdOf(JsonObject definition) => definition["definitionId"]!.GetValue<string>();

    // The definition of each case that has one in itself.
    private static Dictionary<string, JsonObject> Definitions() =>
        Directory.EnumerateFiles(Path.Combine(SampleFirm.Clone(), "tests", "conformance"), "*.json").Order(StringComparer.Ordinal)
            .Select(path => (Name: Path.GetFileNameWithoutExtension(path), Definition: JsonNode.Parse(File.ReadAllText(path))!["definition"] as JsonObject))
            .Where(one => one.Definition is not null)
            .ToDictionary(one => one.Name, one => one.Definition!);
}
