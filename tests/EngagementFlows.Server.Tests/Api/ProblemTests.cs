using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Tests.Webhooks;
using static EngagementFlows.Server.Tests.Api.ApiFixture;

namespace EngagementFlows.Server.Tests.Api;

/// <summary>Every error that a caller can make is one that the document names, in the form that it promises; and the document's examples are what a server says.</summary>
public sealed class ProblemTests(WebhookFixture house) : IClassFixture<WebhookFixture>
{
    private const string Nobody = "01990000-0000-7000-8000-000000000999";

    private HttpClient Administrator => house.Program(StaffRoles.Administrator);

    [Fact]
    public async Task EveryOperation_AskedWrongly_AnswersWithAProblemThatTheDocumentNames()
    {
        JsonElement document = JsonDocument.Parse(await house.Anonymous().GetStringAsync("openapi/v1.json")).RootElement;
        JsonSchema schemas = new(document);
        JsonElement problem = document.GetProperty("components").GetProperty("schemas").GetProperty("ProblemDetails");
        List<string> faults = [];
        HashSet<int> seen = [];
        (Guid webhook, _, _) = await house.SubscribeAsync("there", "mail.rejected");
        foreach (JsonProperty path in document.GetProperty("paths").EnumerateObject().Where(path => !path.Name.StartsWith("/health/", StringComparison.Ordinal)))
        {
            foreach (JsonProperty operation in path.Value.EnumerateObject())
            {
                foreach ((string mistake, HttpRequestMessage request, HttpClient client) in Mistakes(path.Name, operation, webhook))
                {
                    using HttpResponseMessage answer = await client.SendAsync(request);
                    int status = (int)answer.StatusCode;
                    seen.Add(status);
                    string name = $"{operation.Name} {path.Name}, {mistake}: {status}";
                    if (status < 400)
                        continue;
                    if (!operation.Value.GetProperty("responses").TryGetProperty($"{status}", out _))
                        faults.Add($"{name} is not documented: {await answer.Content.ReadAsStringAsync()}");
                    if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
                        faults.Add($"{name} is no problem: {answer.Content.Headers.ContentType}");
                    else
                        faults.AddRange(FaultsOf(schemas, problem, await ReadAsync(answer), status).Select(fault => $"{name}: {fault}"));
                }
            }
        }

        string.Join('\n', faults).Should().BeEmpty();
        seen.Should().Contain([400, 401, 403, 404, 412, 413, 415, 422, 428]);
    }

    [Fact]
    public async Task EveryErrorOfTheDocument_HasAnExampleThatFits()
    {
        JsonElement document = JsonDocument.Parse(await house.Anonymous().GetStringAsync("openapi/v1.json")).RootElement;
        JsonSchema schemas = new(document);
        JsonElement examples = document.GetProperty("components").GetProperty("examples");
        JsonElement problem = document.GetProperty("components").GetProperty("schemas").GetProperty("ProblemDetails");
        List<string> faults = [];
        foreach (JsonProperty response in
            from path in document.GetProperty("paths").EnumerateObject()
            where !path.Name.StartsWith("/health/", StringComparison.Ordinal)
            from operation in path.Value.EnumerateObject()
            from response in operation.Value.GetProperty("responses").EnumerateObject()
            where string.CompareOrdinal(response.Name, "400") >= 0
            select response)
        {
            JsonElement referred = response.Value.GetProperty("content").GetProperty("application/problem+json").GetProperty("examples").GetProperty(response.Name);
            string name = referred.GetProperty("$ref").GetString()!.Split('/')[^1];
            if (!examples.TryGetProperty(name, out JsonElement example))
                faults.Add($"there is no example '{name}'");
            else
                faults.AddRange(FaultsOf(schemas, problem, example.GetProperty("value"), int.Parse(response.Name, System.Globalization.CultureInfo.InvariantCulture)).Select(fault => $"{name}: {fault}"));
        }

        string.Join('\n', faults.Distinct()).Should().BeEmpty();
    }

    [Fact]
    public async Task ExamplesOfErrors_AreWhatAServerAnswers()
    {
        Guid ended = await house.StartAsync("ending");
        (Guid webhook, _, string tag) = await house.SubscribeAsync("problems", "mail.rejected");
        (await Administrator.SendAsync(Change(webhook, tag))).EnsureSuccessStatusCode();

        await SaysAsync(400, await Administrator.GetAsync("api/instances?limit=0"));
        await SaysAsync(401, await house.Anonymous().GetAsync("api/instances"));
        await SaysAsync(403, await house.Program(StaffRoles.Auditor).PostAsync($"api/instances/{ended}/cancel", Json("{}")));
        await SaysAsync(404, await Administrator.GetAsync($"api/instances/{Nobody}"));
        await SaysAsync(409, await Administrator.PostAsync($"api/instances/{ended}/cancel", Json("{}")));
        await SaysAsync(412, await Administrator.SendAsync(Change(webhook, tag)));
        await SaysAsync(413, await house.Anonymous().SendAsync(AskingFirst(new(HttpMethod.Post, "hooks/web-site") { Content = Json(new string(' ', 300_000)) })));
        await SaysAsync(415, await Administrator.PostAsync("api/instances", new StringContent("definitionId=intake", Encoding.UTF8, "text/plain")));
        await SaysAsync(422, await Administrator.PostAsync("api/instances", Json("""{"definitionId":"clinet-intake"}""")));
        await SaysAsync(428, await Administrator.SendAsync(Change(webhook, null)));
    }

    // Sends the body only when the server wants it: one that refuses it closes the line, and what is still on its way may take the answer along.
    private static HttpRequestMessage AskingFirst(HttpRequestMessage request)
    {
        request.Headers.ExpectContinue = true;
        return request;
    }

    private static HttpRequestMessage Change(Guid webhook, string? tag)
    {
        HttpRequestMessage request = new(HttpMethod.Put, $"api/webhooks/{webhook}") { Content = Json("""{"state":"paused"}""") };
        if (tag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        return request;
    }

    private static async Task SaysAsync(int status, HttpResponseMessage answer)
    {
        answer.StatusCode.Should().Be((HttpStatusCode)status);
        await ProblemExamples.CheckAsync(status, await answer.Content.ReadAsStringAsync());
        answer.Dispose();
    }

    private static IEnumerable<string> FaultsOf(JsonSchema schemas, JsonElement schema, JsonElement problem, int status)
    {
        foreach (string fault in schemas.FaultsOf(schema, problem, "$problem"))
            yield return fault;
        if (problem.GetProperty("status").GetInt32() != status)
            yield return $"says the status {problem.GetProperty("status")}";
        if (string.IsNullOrEmpty(problem.GetProperty("title").GetString()))
            yield return "has no title";
        if (!problem.TryGetProperty("detail", out JsonElement detail) || detail.GetString()?.EndsWith('.') != true)
            yield return $"its detail is no sentence: {problem}";
        if (!problem.TryGetProperty("traceId", out _))
            yield return "has no traceId";
    }

    /// <summary>Returns what a careless caller does with an operation.</summary>
    private IEnumerable<(string Mistake, HttpRequestMessage Request, HttpClient Client)> Mistakes(string path, JsonProperty operation, Guid webhook)
    {
        bool isOpen = path.StartsWith("/hooks/", StringComparison.Ordinal);
        string type = operation.Value.TryGetProperty("requestBody", out JsonElement body) ? body.GetProperty("content").EnumerateObject().First().Name : "";
        string[] parameters = operation.Value.TryGetProperty("parameters", out JsonElement all) ? [.. all.EnumerateArray().Select(one => one.GetProperty("name").GetString()!)] : [];
        HttpClient client = Administrator;

        if (!isOpen)
        {
            yield return ("without a key", Request("{}", type), house.Anonymous());
            yield return ("by an auditor", Request("{}", type), house.Program(StaffRoles.Auditor));
        }

        yield return ("of what is not there", Request("{}", type), client);
        if (type.Length > 0)
        {
            yield return ("with broken JSON", Request("{", type), client);
            yield return ("with a member that is none", Request("""{"noSuchMember":1}""", type), client);
            yield return ("without a body", Request("", type), client);
            yield return ("with a large body", AskingFirst(Request(new string(' ', 300_000), type)), client);
            yield return ("as another type", Request("<a/>", "application/xml"), client);
        }

        if (parameters.Contains("limit"))
        {
            yield return ("with the limit 0", Request("", "", "?limit=0"), client);
            yield return ("with a limit that is none", Request("", "", "?limit=many"), client);
            yield return ("at a place that is none", Request("", "", "?after=%01"), client);
        }

        if (parameters.Contains("Idempotency-Key"))
        {
            HttpRequestMessage keyed = Request("{}", type);
            keyed.Headers.TryAddWithoutValidation("Idempotency-Key", "two words");
            yield return ("with a key that is none", keyed, client);
        }

        if (parameters.Contains("If-Match"))
        {
            HttpRequestMessage guarded = Request("{}", type);
            guarded.Headers.TryAddWithoutValidation("If-Match", "\"other\"");
            yield return ("with another ETag", guarded, client);
            if (path.StartsWith("/api/webhooks/{id}", StringComparison.Ordinal))
            {
                yield return ("of what is there, without If-Match", To(Request("{}", type)), client);
                HttpRequestMessage late = To(Request("{}", type));
                late.Headers.TryAddWithoutValidation("If-Match", "\"other\"");
                yield return ("of what is there, with another ETag", late, client);
            }
        }

        HttpRequestMessage To(HttpRequestMessage request)
        {
            request.RequestUri = new Uri(request.RequestUri!.OriginalString.Replace(Nobody, $"{webhook}", StringComparison.Ordinal), UriKind.Relative);
            return request;
        }

        HttpRequestMessage Request(string text, string contentType, string query = "") => new(new HttpMethod(operation.Name.ToUpperInvariant()), Address(path) + query)
        {
            Content = contentType.Length > 0 ? new StringContent(text) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } } : null,
        };
    }

    private static string Address(string path) => path.TrimStart('/')
        .Replace("{name}", "nobody", StringComparison.Ordinal)
        .Replace("{definitionId}", "nobody", StringComparison.Ordinal)
        .Replace("{versionId}", "nobody-v1", StringComparison.Ordinal)
        .Replace("{id}", Nobody, StringComparison.Ordinal)
        .Replace("{incidentId}", Nobody, StringComparison.Ordinal)
        .Replace("{callId}", Nobody, StringComparison.Ordinal)
        .Replace("{deliveryId}", Nobody, StringComparison.Ordinal)
        .Replace("{position}", "7", StringComparison.Ordinal);
}
