using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;

namespace EngagementFlows.CrashDrill.Callers;

/// <summary>What an attempt to answer a form came to.</summary>
/// <param name="IsThanked">Whether the server said that it has the answer.</param>
/// <param name="Refusal">What it said otherwise; <see langword="null"/> with no thanks = no answer or 5xx.</param>
internal sealed record BrowserResult(bool IsThanked, string? Refusal = null);

/// <summary>A client's browser without scripts: opens the link, keeps cookies, fills in the form and sends it. For one attempt.</summary>
internal sealed partial class ClientBrowser(HttpClient http, Uri server)
{
    private readonly ConcurrentDictionary<string, string> _cookies = new(StringComparer.Ordinal);

    /// <summary>Opens the link and sends the word; twice at once if <paramref name="second"/> is given.</summary>
    public async Task<BrowserResult> AnswerAsync(string token, string word, Uri? second, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage opened = await SendAsync(HttpMethod.Get, server, $"/c/{token}", null, cancellationToken);
            if (opened.Headers.Location is not { } form)
                return Judge(opened, await opened.Content.ReadAsStringAsync(cancellationToken));
            using HttpResponseMessage shown = await SendAsync(HttpMethod.Get, server, form.OriginalString, null, cancellationToken);
            string page = await shown.Content.ReadAsStringAsync(cancellationToken);
            if (!shown.IsSuccessStatusCode)
                return Judge(shown, page);
            Dictionary<string, string> fields = Hidden().Matches(page).ToDictionary(field => field.Groups[1].Value, field => WebUtility.HtmlDecode(field.Groups[2].Value), StringComparer.Ordinal);
            // A page without a form thanks for the answer that it has already.
            if (!fields.ContainsKey("__RequestVerificationToken"))
                return new(IsThanked: true);
            fields["q.word"] = word;
            fields["go"] = "send";
            BrowserResult[] results = await Task.WhenAll(new[] { server, second }.OfType<Uri>().Select(to => PostAsync(to, form.OriginalString, fields, cancellationToken)));
            return results.FirstOrDefault(result => result.IsThanked) ?? results[0];
        }
        catch (Exception fault) when (Caller.IsNoAnswer(fault, cancellationToken))
        {
            return new(IsThanked: false);
        }
    }

    private async Task<BrowserResult> PostAsync(Uri to, string path, Dictionary<string, string> fields, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage sent = await SendAsync(HttpMethod.Post, to, path, fields, cancellationToken);
            string page = await sent.Content.ReadAsStringAsync(cancellationToken);
            bool isThanked = sent.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther || (sent.IsSuccessStatusCode && !page.Contains("__RequestVerificationToken", StringComparison.Ordinal));
            return isThanked ? new(IsThanked: true) : Judge(sent, page);
        }
        catch (Exception fault) when (Caller.IsNoAnswer(fault, cancellationToken))
        {
            return new(IsThanked: false);
        }
    }

    private static BrowserResult Judge(HttpResponseMessage answer, string page) =>
        (int)answer.StatusCode >= 500 ? new(IsThanked: false) : new(IsThanked: false, $"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri?.AbsolutePath}: {(int)answer.StatusCode} '{Heading().Match(page).Groups[1].Value.Trim()}'");

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri to, string path, Dictionary<string, string>? fields, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(method, new Uri(to, path));
        if (!_cookies.IsEmpty)
            request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        if (fields is not null)
        {
            request.Headers.Add("Origin", to.GetLeftPart(UriPartial.Authority));
            request.Content = new FormUrlEncodedContent(fields);
        }

        HttpResponseMessage answer = await http.SendAsync(request, cancellationToken);
        if (answer.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies))
        {
            foreach (string[] cookie in cookies.Select(text => text.Split(';')[0].Split('=', 2)))
                _cookies[cookie[0]] = cookie[1];
        }

        return answer;
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("<h1[^>]*>(.*?)</h1>", RegexOptions.Singleline)]
    private static partial Regex Heading();
}
