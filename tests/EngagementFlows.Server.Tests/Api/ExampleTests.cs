using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EngagementFlows.Server.Tests.Architecture;
using EngagementFlows.Server.Tests.Webhooks;
using EngagementFlows.Server.Webhooks;
using EngagementFlows.Testing;

namespace EngagementFlows.Server.Tests.Api;

/// <summary>Every example of the OpenAPI document is sent to a real server, and what it answers fits what the document promises.</summary>
/// <remarks>The answers in <c>examples.json</c> are what a server said: <c>EF_WRITE_EXAMPLES=1 dotnet test … --filter ExampleTests</c> writes them, a reviewer reads them.</remarks>
public sealed partial class ExampleTests(WebhookFixture house) : IClassFixture<WebhookFixture>
{
    private static readonly string ExamplesPath = Path.Combine(Repository.Root, "src/EngagementFlows.Server/Api/examples.json");
    private static readonly JsonSerializerOptions Writing = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] IfMatchActs = ["/secret", "/reassign", "/pause", "/resume", "/move"];

    private readonly Dictionary<string, string> _real = new(StringComparer.Ordinal);

    [Fact]
    public async Task EveryExample_SentToAServer_IsAnsweredAsTheDocumentSays()
    {
        JsonElement document = await DocumentAsync();
        JsonSchema schemas = new(document);
        JsonObject examples = JsonNode.Parse(await File.ReadAllTextAsync(ExamplesPath))!.AsObject();
        List<string> faults = [];
        foreach ((string operation, JsonNode? example) in examples)
        {
            await PrepareAsync(operation);
            using HttpResponseMessage answer = await SendAsync(operation, example!.AsObject());
            string body = await answer.Content.ReadAsStringAsync();
            int status = (int)answer.StatusCode;
            if (status >= 300)
                faults.Add($"{operation}: {status} {body}");
            Learn(operation, body);
            foreach (string fault in FaultsOf(document, schemas, operation, answer, body))
                faults.Add($"{operation}: {status}: {fault}");
            if (Environment.GetEnvironmentVariable("EF_WRITE_EXAMPLES") == "1")
            {
                example["status"] = status;
                example["response"] = body.Length == 0 ? null : IsJson(answer) ? Shown(JsonNode.Parse(body)!) : Shown(body);
            }
            else if (example["status"]?.GetValue<int>() != status)
            {
                faults.Add($"{operation}: answered {status}, the example says {example["status"]}");
            }
        }

        if (Environment.GetEnvironmentVariable("EF_WRITE_EXAMPLES") == "1")
            await File.WriteAllTextAsync(ExamplesPath, examples.ToJsonString(Writing) + "\n");
        faults.Should().BeEmpty();
    }

    [Fact]
    public async Task EveryOperation_HasExamplesThatFitItsSchemas()
    {
        JsonElement document = await DocumentAsync();
        JsonSchema schemas = new(document);
        List<string> faults = [];
        foreach ((string name, JsonElement operation) in Operations(document))
        {
            if (operation.TryGetProperty("requestBody", out JsonElement request))
                faults.AddRange(FaultsOf(schemas, request.GetProperty("content"), $"{name} request"));
            foreach (JsonProperty response in operation.GetProperty("responses").EnumerateObject().Where(one => one.Name.StartsWith('2')))
            {
                if (response.Value.TryGetProperty("content", out JsonElement content) && !(response.Name == "200" && name == "POST /api/definitions/import"))
                    faults.AddRange(FaultsOf(schemas, content, $"{name} {response.Name}"));
            }
        }

        faults.Should().BeEmpty();
    }

    [Fact]
    public async Task EveryOperation_SaysWhichErrorsItMayAnswerWith()
    {
        foreach ((string name, JsonElement operation) in Operations(await DocumentAsync()))
        {
            JsonElement responses = operation.GetProperty("responses");
            foreach (JsonProperty response in responses.EnumerateObject())
            {
                response.Value.GetProperty("description").GetString().Should().EndWith(".", $"{name} {response.Name}");
                if (int.Parse(response.Name, System.Globalization.CultureInfo.InvariantCulture) >= 400 && !name.Contains("/health/", StringComparison.Ordinal))
                    response.Value.GetProperty("content").TryGetProperty("application/problem+json", out _).Should().BeTrue($"{name} {response.Name}");
            }

            if (name.Contains("/api/", StringComparison.Ordinal))
                responses.EnumerateObject().Select(response => response.Name).Should().Contain(["401", "403", "503", "504"], name);
        }
    }

    [Fact]
    public async Task EveryList_IsReadPageByPage()
    {
        JsonElement document = await DocumentAsync();
        int lists = 0;
        foreach ((string name, JsonElement operation) in Operations(document).Where(one => one.Name.StartsWith("GET ", StringComparison.Ordinal)))
        {
            if (!operation.GetProperty("responses").TryGetProperty("200", out JsonElement ok) || !ok.TryGetProperty("content", out JsonElement content)
                || !content.EnumerateObject().First().Value.TryGetProperty("schema", out JsonElement schema))
                continue;
            JsonElement shape = schema.TryGetProperty("$ref", out JsonElement reference) ? document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]) : schema;
            (shape.TryGetProperty("type", out JsonElement type) && type.ToString() == "array").Should().BeFalse($"{name} answers with a bare array, which cannot be read page by page");
            if (!shape.TryGetProperty("properties", out JsonElement properties) || !properties.TryGetProperty("items", out _))
                continue;
            lists++;
            properties.TryGetProperty("next", out _).Should().BeTrue($"{name} has a next");
            operation.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()).Should().Contain(["after", "limit"], name);
        }

        lists.Should().BeGreaterThanOrEqualTo(12);
    }

    private static IEnumerable<(string Name, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select ($"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value);

    private static IEnumerable<string> FaultsOf(JsonSchema schemas, JsonElement content, string name)
    {
        // Files are what somebody put there.
        foreach (JsonProperty type in content.EnumerateObject().Where(type => type.Name != "application/octet-stream"))
        {
            if (!type.Value.TryGetProperty("example", out JsonElement example))
            {
                if (type.Value.TryGetProperty("schema", out _))
                    yield return $"{name}: no example";
                continue;
            }

            if (type.Value.TryGetProperty("schema", out JsonElement schema))
            {
                foreach (string fault in schemas.FaultsOf(schema, example))
                    yield return $"{name}: {fault}";
            }
        }
    }

    private static IEnumerable<string> FaultsOf(JsonElement document, JsonSchema schemas, string operation, HttpResponseMessage answer, string body)
    {
        int status = (int)answer.StatusCode;
        string[] parts = operation.Split(' ');
        if (!document.GetProperty("paths").TryGetProperty(parts[1], out JsonElement path) || !path.TryGetProperty(parts[0].ToLowerInvariant(), out JsonElement described))
            return ["the document does not name it"];
        if (!described.GetProperty("responses").TryGetProperty($"{status}", out JsonElement response))
            return ["the document does not name this status"];
        if (!response.TryGetProperty("content", out JsonElement content))
            return body.Length == 0 ? [] : ["a body came that the document does not name"];
        if (body.Length == 0)
            return ["no body came"];
        if (!content.TryGetProperty(answer.Content.Headers.ContentType!.MediaType!, out JsonElement type))
            return [$"the document does not name the type {answer.Content.Headers.ContentType.MediaType}"];
        JsonElement value = IsJson(answer) ? JsonDocument.Parse(body).RootElement : JsonSerializer.SerializeToElement(body);
        return type.TryGetProperty("schema", out JsonElement schema) ? schemas.FaultsOf(schema, value) : [];
    }

    private async Task<HttpResponseMessage> SendAsync(string operation, JsonObject example)
    {
        string[] parts = operation.Split(' ');
        string path = parts[1].TrimStart('/');
        List<string> query = [];
        foreach ((string name, JsonNode? value) in example["parameters"]?.AsObject() ?? [])
        {
            string text = Real(value!.ToString());
            if (path.Contains($"{{{name}}}", StringComparison.Ordinal))
                path = path.Replace($"{{{name}}}", text, StringComparison.Ordinal);
            else
                query.Add($"{name}={Uri.EscapeDataString(value.GetValueKind() == JsonValueKind.True ? "true" : text)}");
        }

        using HttpRequestMessage request = new(new HttpMethod(parts[0]), query.Count == 0 ? path : $"{path}?{string.Join('&', query)}");
        if (example["request"] is { } body)
        {
            string text = Real(body.GetValueKind() == JsonValueKind.String ? body.GetValue<string>() : body.ToJsonString());
            request.Content = operation == "POST /api/definitions/import-archive"
                ? new ByteArrayContent(Convert.FromBase64String(text)) { Headers = { ContentType = new("application/zip") } }
                : new StringContent(text, Encoding.UTF8, body.GetValueKind() != JsonValueKind.String ? "application/json" : operation.Contains("/calendars/", StringComparison.Ordinal) ? "text/calendar" : "text/csv");
            if (operation == "POST /hooks/{name}")
                Sign(request, text);
        }

        HttpClient client = ClientOf(operation);
        if (parts[0] is "PUT" or "DELETE" || IfMatchActs.Any(act => path.EndsWith(act, StringComparison.Ordinal)) || operation is "POST /api/meetings/{id}/cancel" or "POST /api/meetings/{id}/answer")
        {
            string seen = operation is "POST /api/meetings/{id}/cancel" or "POST /api/meetings/{id}/answer" ? path[..path.LastIndexOf('/')] : IfMatchActs.Aggregate(path, (address, act) => address.EndsWith(act, StringComparison.Ordinal) ? address[..^act.Length] : address);
            using HttpResponseMessage read = await client.GetAsync(seen);
            request.Headers.IfMatch.Add(read.Headers.ETag ?? throw new InvalidOperationException($"GET {seen} told no ETag: {read.StatusCode}."));
        }

        return await client.SendAsync(request);
    }

    private void Sign(HttpRequestMessage request, string body)
    {
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        request.Headers.Add("webhook-id", "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W");
        request.Headers.Add("webhook-timestamp", $"{now}");
        request.Headers.Add("webhook-signature", WebhookSignature.Sign(WebhookSignature.KeyOf(_real["hook-secret"])!, "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W", now, Encoding.UTF8.GetBytes(body)));
    }

    private static bool IsJson(HttpResponseMessage answer) => answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;

    private string Real(string text)
    {
        foreach ((string known, string real) in _real)
            text = text.Replace(known, real, StringComparison.Ordinal);
        return text.Replace("https://books.example.com", house.Receiver.Url("").TrimEnd('/'), StringComparison.Ordinal);
    }

    private async Task<JsonElement> DocumentAsync() => JsonDocument.Parse(await house.Anonymous().GetStringAsync("openapi/v1.json")).RootElement;
}
