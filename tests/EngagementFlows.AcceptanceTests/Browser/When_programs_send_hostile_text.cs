using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Testing;
using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Browser;

/// <summary>Script in what programs and files bring: bodies of the API, uploads of every kind with their names, definitions, webhooks and hooks. It stays text on every page, and no formula in a file for spreadsheets.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class When_programs_send_hostile_text(BrowserFixture browser, When_programs_send_hostile_text.HostileFirm firm) : BrowserTest(browser), IClassFixture<When_programs_send_hostile_text.HostileFirm>
{
    private const string Payload = HostileText.Payload;

    // A file's name cannot hold the slashes that end elements.
    private const string FileName = "\"'><img src=x onerror=alert(5)><svg onload=alert(6)>.csv";

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public async Task Should_show_it_as_text_and_run_nothing(string language)
    {
        await firm.PoisonAsync();
        List<string> fired = [];
        IPage staff = await Browser.OpenAsync(firm.Address.AbsoluteUri, language, 1280);
        HostileText.Watch(staff, fired);
        await firm.Postgres.ExecuteAsync("update person set roles = '{operator,architect,account-manager,administrator,auditor}' where email = 'samuel.osei@linden.example'");
        await firm.SignInAsync(staff, "samuel.osei@linden.example");
        if (language != "en")
        {
            await staff.ClickAsync("button[name=language]");
            await staff.WaitForSelectorAsync($"html[lang='{language}']");
        }

        string shown = await HostileText.CrawlAsync(
            staff,
            [
                .. firm.Pages, "/webhooks", "/definitions", "/definitions/import", "/clients/import", "/incidents", "/instances", "/api-keys", "/people",
                $"/definitions/{Uri.EscapeDataString(Payload)}", $"/webhooks/hooks/{Uri.EscapeDataString(Payload)}",
            ],
            most: 45);

        foreach (string brought in new[] { Payload, "<img src=x onerror=alert(5)>", "<img src=x onerror=alert(7)>", "<img src=x onerror=alert(8)>" })
            shown.Contains(brought, StringComparison.Ordinal).Should().BeTrue($"{brought} is shown somewhere, as text");
        fired.Should().BeEmpty();
    }

    [Fact]
    public async Task Should_write_no_formula_into_a_file_for_spreadsheets()
    {
        string[] formulas = ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1"];
        StringBuilder file = new("external_id,client,contact,email,language,zone,engagement,owner\n");
        foreach (string formula in formulas)
            file.Append(CultureInfo.InvariantCulture, $"{formula},{formula},{formula},{formula},{formula},{formula},{formula},{formula}\n");
        HttpClient program = firm.Program(StaffRoles.Operator);

        string columns = await FaultsAsync(program, "=1+1,@x,client\na,b,c\n");
        string values = await FaultsAsync(program, file.ToString());

        foreach (string csv in new[] { columns, values })
        {
            List<ImportFault> faults = [];
            IReadOnlyList<CsvRecord> records = CsvReader.Read(csv.TrimStart('\uFEFF'), faults);
            faults.Should().BeEmpty();
            records.Count.Should().BeGreaterThan(2);
            records.SelectMany(record => record.Fields).Should().NotContain(field => field.Length > 0 && "=+-@\t\r".Contains(field[0], StringComparison.Ordinal));
        }
    }

    private static async Task<string> FaultsAsync(HttpClient program, string file)
    {
        using StringContent body = new(file, Encoding.UTF8, "text/csv");
        using HttpResponseMessage uploaded = await program.PostAsync("api/clients/imports", body);
        string id = JsonDocument.Parse(await uploaded.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
        return await program.GetStringAsync($"api/clients/imports/{id}/faults.csv");
    }

    /// <summary>The sample firm with flows whose every word is hostile.</summary>
    public sealed partial class HostileFirm : SampleFirm
    {
        private readonly List<string> _pages = [];

        /// <summary>Gets the pages of what the programs made.</summary>
        public IReadOnlyList<string> Pages => _pages;

        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["EngagementFlows:Outbound:AllowedHosts"] = "hooks.example" };

        /// <summary>Brings the payload in by every door that a program has; once for all tests.</summary>
        public async Task PoisonAsync()
        {
            if (_pages.Count > 0)
                return;
            HttpClient operators = Program(StaffRoles.Operator);
            HttpClient administrators = Program(StaffRoles.Administrator);
            foreach (string definition in new[] { "hostile-wait", "hostile-fault" })
            {
                JsonElement started = await OkAsync(await operators.PostAsJsonAsync(
                    "api/instances", new { definitionId = definition, name = Payload, correlationId = Payload, input = new Dictionary<string, object> { ["Text"] = Payload, [Payload] = new[] { Payload } } }));
                _pages.Add($"/instances/{started.GetProperty("instance").GetProperty("id").GetString()}");
            }

            await OkAsync(await operators.PostAsJsonAsync("api/events", new { name = Payload, correlationId = Payload, payload = new { text = Payload } }));
            using (MultipartFormDataContent upload = new() { { new StringContent(Payload), "field" } })
            {
                ByteArrayContent file = new(Encoding.UTF8.GetBytes(Payload)) { Headers = { ContentType = new MediaTypeHeaderValue("text/html") } };
                file.Headers.TryAddWithoutValidation("Content-Disposition", "form-data; name=\"file\"; filename=\"<img src=x onerror=alert(7)>.html\"");
                upload.Add(file);
                JsonElement accepted = await OkAsync(await operators.PostAsync("http/hostile", upload));
                _pages.Add($"/instances/{accepted.GetProperty("id").GetString()}");
            }

            JsonElement webhook = await OkAsync(await administrators.PostAsJsonAsync(
                "api/webhooks", new { name = Payload, url = $"https://hooks.example/<script>alert(1)</script>?q={Payload}", kinds = new[] { "instance.finished" } }));
            _pages.Add($"/webhooks/{webhook.GetProperty("webhook").GetProperty("id").GetString()}");
            await OkAsync(await administrators.PostAsJsonAsync("api/hooks", new { name = "hostile", eventName = Payload }));
            _pages.Add("/webhooks/hooks/hostile");
            await UploadAsync();
        }

        protected override void WriteFiles(string folder)
        {
            base.WriteFiles(folder);
            Write(folder, "hostile-wait", """{ "id": "Wait", "type": "Elsa.Event", "eventName": "Never" }""");
            Write(folder, "hostile-fault", $$"""{ "id": "Give up", "type": "Elsa.Fault", "message": {{Json(Payload)}} }""");
            Write(folder, "hostile", """{ "id": "Endpoint", "type": "Elsa.HttpEndpoint", "path": "hostile", "supportedMethods": ["POST"], "customProperties": { "canStartWorkflow": true } }, { "id": "Tell", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "JavaScript", "value": "getOutputFrom('Endpoint', 'File').fileName" } } }, { "id": "After", "type": "Elsa.Event", "eventName": "Never" }""");
        }

        // Files come through the pages, as staff would upload them.
        private async Task UploadAsync()
        {
            (HttpClient staff, _) = await SignInAsync([.. StaffRoles.All]);
            string clients = $"external_id,client,contact,email,language,zone,engagement,owner\n{Csv(Payload)},{Csv(Payload)},{Csv(Payload)},{Csv(Payload)},{Csv(Payload)},{Csv(Payload)},{Csv(Payload)},{Csv(Payload)}\n";
            _pages.Add(await UploadAsync(staff, "/clients/import", FileName, Encoding.UTF8.GetBytes(clients)));
            _pages.Add(await UploadAsync(staff, "/clients/import", FileName, Encoding.UTF8.GetBytes(Csv(Payload) + ",client\n1,2\n")));
            _pages.Add(await UploadAsync(staff, "/definitions/import", FileName, Encoding.UTF8.GetBytes(Definition("hostile-page", """{ "id": "Odd", "type": "<script>alert(1)</script>" }"""))));
            _pages.Add(await UploadAsync(staff, "/definitions/import", FileName, Encoding.UTF8.GetBytes(Payload)));
            using MemoryStream zip = new();
            using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach ((string name, string text) in new[] { ("hostile-zip/<script>alert(1)<-script>.json", Definition("hostile-zip", "")), ("hostile-zip/mail/<img src=x onerror=alert(8)>.md", Payload), ("hostile-zip/forms/f.json", Payload) })
                {
                    using Stream entry = archive.CreateEntry(name).Open();
                    entry.Write(Encoding.UTF8.GetBytes(text));
                }
            }

            _pages.Add(await UploadAsync(staff, "/definitions/import", FileName, zip.ToArray()));
        }

        private static async Task<string> UploadAsync(HttpClient staff, string page, string name, byte[] file)
        {
            string html = await staff.GetStringAsync(page);
            using MultipartFormDataContent form = new() { { new StringContent(Token().Match(html).Groups[1].Value), "__RequestVerificationToken" } };
            ByteArrayContent content = new(file);
            content.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename=\"{name.Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
            form.Add(content);
            using HttpResponseMessage answer = await staff.PostAsync($"{page}/upload", form);
            answer.Headers.Location.Should().NotBeNull(await answer.Content.ReadAsStringAsync());
            return answer.Headers.Location!.OriginalString;
        }

        private static async Task<JsonElement> OkAsync(HttpResponseMessage answer)
        {
            string text = await answer.Content.ReadAsStringAsync();
            answer.IsSuccessStatusCode.Should().BeTrue(text);
            answer.Dispose();
            return JsonDocument.Parse(text).RootElement;
        }

        // Its name, its display names in both languages, those of its activities, their ids, its variables and what they hold.
        private static string Definition(string id, string activities) => $$"""
            { "definitionId": "{{id}}", "id": "{{id}}-v1", "name": {{Json(Payload)}}, "description": {{Json(Payload)}}, "version": 1, "isLatest": true, "isPublished": true,
              "customProperties": { "displayName": { "en": {{Json(Payload)}}, "zh-CN": {{Json("中文" + Payload)}} } },
              "variables": [ { "id": "v1", "name": "Text", "typeName": "String", "value": {{Json(Payload)}}, "storageDriverTypeName": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" } ],
              "inputs": [ { "name": "Text", "type": "String", "displayName": {{Json(Payload)}} } ],
              "root": { "id": "Main", "type": "Elsa.Sequence", "customProperties": { "displayName": { "en": {{Json(Payload)}}, "zh-CN": {{Json("中文" + Payload)}} } },
                "metadata": { "displayText": {{Json(Payload)}}, "description": {{Json(Payload)}} },
                "activities": [ { "id": {{Json(Payload)}}, "type": "Elsa.WriteLine", "text": {{Json(Payload)}}, "metadata": { "displayText": {{Json(Payload)}} } }{{(activities.Length == 0 ? "" : ", " + activities)}} ] } }
            """;

        private static void Write(string folder, string id, string activities)
        {
            string process = Directory.CreateDirectory(Path.Combine(folder, "workflows", id)).FullName;
            File.WriteAllText(Path.Combine(process, $"{id}.json"), Definition(id, activities));
        }

        private static string Json(string text) => JsonSerializer.Serialize(text);

        private static string Csv(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

        [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
        private static partial Regex Token();
    }
}
