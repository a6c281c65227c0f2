using System.Net;
using EngagementFlows.Server.Smtp;

namespace EngagementFlows.Server.Tests.Smtp;

/// <summary>An OAuth provider's token endpoint without a network: gives the tokens in turn, the last one for ever.</summary>
internal sealed class TokenEndpoint : IDisposable
{
    private readonly Handler _handler;

    public TokenEndpoint(params string[] tokens)
        : this(request => (HttpStatusCode.OK, $$"""{"access_token":"{{tokens[Math.Min(request, tokens.Length) - 1]}}","expires_in":3600,"token_type":"Bearer"}"""))
    {
    }

    /// <summary>Answers the nth request (from 1) as told.</summary>
    public TokenEndpoint(Func<int, (HttpStatusCode Status, string Body)> answer)
    {
        _handler = new Handler(answer);
        Http = new HttpClient(_handler);
    }

    public HttpClient Http { get; }

    /// <summary>Gets the forms posted.</summary>
    public List<string> Requests => _handler.Requests;

    public SmtpOptions Options(int port) => SmtpSetup.Plain(port) with
    {
        UserName = "flows@firm.example",
        OAuth = new SmtpOAuthOptions { TokenUrl = new Uri("https://login.provider.example/token"), ClientId = "id 1", ClientSecret = "s&cret", RefreshToken = "refresh-1", Scope = "mail.send" },
    };

    public void Dispose() => Http.Dispose();

    private sealed class Handler(Func<int, (HttpStatusCode Status, string Body)> answer) : HttpMessageHandler
    {
        public List<string> Requests { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
            (HttpStatusCode status, string body) = answer(Requests.Count);
            return new HttpResponseMessage(status) { Content = new StringContent(body) };
        }
    }
}
