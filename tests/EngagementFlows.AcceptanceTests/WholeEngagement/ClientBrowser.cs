using System.Net;
using System.Text.RegularExpressions;

namespace EngagementFlows.AcceptanceTests.WholeEngagement;

/// <summary>A client's browser without scripts, for one link at one server: keeps cookies, fills in page after page and presses the first button of each.</summary>
internal sealed partial class ClientBrowser : IDisposable
{
    private readonly HttpClient _http;
    private string _form = "";
    private string _page = "";

    public ClientBrowser(Uri server) => _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server };

    /// <summary>Opens the link of a mail.</summary>
    public async Task OpenAsync(string token)
    {
        using HttpResponseMessage opened = await _http.GetAsync($"c/{token}");
        opened.StatusCode.Should().Be(HttpStatusCode.Redirect, await opened.Content.ReadAsStringAsync());
        _form = opened.Headers.Location!.OriginalString;
        _page = await _http.GetStringAsync(_form);
    }

    /// <summary>Fills the form in and sends it; returns whether it ended with the client's thanks, or else asks for a code.</summary>
    public async Task<bool> SendAsync(IReadOnlyDictionary<string, string[]> answers)
    {
        for (int pages = 0; pages < 10; pages++)
        {
            List<KeyValuePair<string, string>> fields = [.. Hidden(_page).Where(field => field.Key is "__RequestVerificationToken" or "page" or "shown")];
            fields.AddRange(answers.SelectMany(answer => answer.Value.Select(value => new KeyValuePair<string, string>($"q.{answer.Key}", value))));
            if (await PressAsync(fields))
                return true;
            if (Button().Match(_page).Groups[1].Value == "code")
                return false;
        }

        throw new InvalidOperationException("The form never came to its end.");
    }

    /// <summary>Asks for the code that makes the answer count.</summary>
    public async Task AskForCodeAsync() => (await PressAsync(Hidden(_page))).Should().BeFalse("a code is not yet an answer");

    /// <summary>Types the code and sends the answer.</summary>
    public async Task ConfirmAsync(string code) => (await PressAsync([.. Hidden(_page), new("code", code)])).Should().BeTrue(_page);

    public void Dispose() => _http.Dispose();

    private async Task<bool> PressAsync(IEnumerable<KeyValuePair<string, string>> fields)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, _form) { Content = new FormUrlEncodedContent([.. fields, new("go", Button().Match(_page).Groups[1].Value)]) };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Headers.Add("Origin", _http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        using HttpResponseMessage answer = await _http.SendAsync(request);
        if (answer.StatusCode == HttpStatusCode.Redirect)
        {
            (await _http.GetStringAsync(answer.Headers.Location!.OriginalString)).Should().NotContain("__RequestVerificationToken", "the client is thanked");
            return true;
        }

        _page = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? false : throw new HttpRequestException($"{(int)answer.StatusCode}: {_page}");
    }

    private static IEnumerable<KeyValuePair<string, string>> Hidden(string page) =>
        HiddenField().Matches(page).Select(field => new KeyValuePair<string, string>(WebUtility.HtmlDecode(field.Groups[1].Value), WebUtility.HtmlDecode(field.Groups[2].Value)));

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();

    [GeneratedRegex("<button class=\"primary\" name=\"go\" value=\"([^\"]+)\"")]
    private static partial Regex Button();
}
