using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace EngagementFlows.CrashDrill.Callers;

/// <summary>One caller: sends to whichever server, and repeats what got no answer or 5xx until it is answered.</summary>
/// <remarks>For one caller at a time: its chance is not shared.</remarks>
internal sealed class Caller(HttpClient http, IReadOnlyList<Uri> servers, string key, Chance chance, Grievances grievances)
{
    // Answers that no repetition changes are rare; a caller that gets nothing else gives up, and what he wanted counts as stuck.
    private const int MostRefusals = 20;

    /// <summary>Posts JSON under an Idempotency-Key until a 2xx comes, and returns its body; <see langword="null"/> if the caller gave up.</summary>
    public async Task<JsonElement?> PostAsync(string path, string idempotencyKey, object body, CancellationToken cancellationToken)
    {
        string json = JsonSerializer.Serialize(body, JsonSerializerOptions.Web);
        for (int refusals = 0; refusals < MostRefusals;)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, new Uri(AnyServer(), path)) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", idempotencyKey);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using HttpResponseMessage? answer = await SendAsync(request, cancellationToken);
            if (answer is { IsSuccessStatusCode: true } && await ReadAsync(answer, cancellationToken) is { } text)
                return JsonDocument.Parse(text).RootElement;
            if (answer is not null && (int)answer.StatusCode < 500)
            {
                refusals++;
                grievances.Add($"{path}: {(int)answer.StatusCode} {await ReadAsync(answer, cancellationToken)}");
            }

            await RestAsync(cancellationToken);
        }

        return null;
    }

    /// <summary>Reads JSON once; <see langword="null"/> if there is no 2xx.</summary>
    public async Task<JsonElement?> GetAsync(string path, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(AnyServer(), path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using HttpResponseMessage? answer = await SendAsync(request, cancellationToken);
        return answer is { IsSuccessStatusCode: true } && await ReadAsync(answer, cancellationToken) is { } text ? JsonDocument.Parse(text).RootElement : null;
    }

    /// <summary>Answers the form behind a link as a browser does, until the page says thank you; false if the caller gave up.</summary>
    /// <param name="token">The link's token, from the mail.</param>
    /// <param name="word">The answer.</param>
    /// <param name="isDoubled">Whether the button is pressed twice, at two servers at once.</param>
    /// <param name="cancellationToken">Ends the trying.</param>
    public async Task<bool> AnswerAsync(string token, string word, bool isDoubled, CancellationToken cancellationToken)
    {
        for (int refusals = 0; refusals < MostRefusals;)
        {
            ClientBrowser browser = new(http, AnyServer());
            BrowserResult result = await browser.AnswerAsync(token, word, isDoubled ? AnyServer() : null, cancellationToken);
            if (result.IsThanked)
                return true;
            if (result.Refusal is not null)
            {
                refusals++;
                grievances.Add($"the form: {result.Refusal}");
            }

            await RestAsync(cancellationToken);
        }

        return false;
    }

    private Uri AnyServer() => servers[chance.Next(0, servers.Count)];

    private Task RestAsync(CancellationToken cancellationToken) => Task.Delay(chance.Between(50, 400), cancellationToken);

    private async Task<HttpResponseMessage?> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, cancellationToken);
        }
        catch (Exception fault) when (IsNoAnswer(fault, cancellationToken))
        {
            return null;
        }
    }

    private static async Task<string?> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.Content.ReadAsStringAsync(cancellationToken);
        }
        catch (Exception fault) when (IsNoAnswer(fault, cancellationToken))
        {
            // Half an answer is none.
            return null;
        }
    }

    /// <summary>Tells whether a request came to nothing: the server was killed, frozen or not there.</summary>
    internal static bool IsNoAnswer(Exception fault, CancellationToken cancellationToken) =>
        fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
