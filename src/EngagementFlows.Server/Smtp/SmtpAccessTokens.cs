using System.Net;
using System.Text.Json;

namespace EngagementFlows.Server.Smtp;

/// <summary>Fetches access tokens by the refresh token and keeps one until shortly before it ends; safe for several connections at once.</summary>
/// <remarks>A refresh token that the provider replaces is kept for the life of the process; the setting stays the start of the chain.</remarks>
internal sealed class SmtpAccessTokens(SmtpOAuthOptions options, HttpClient http, TimeProvider clock) : IDisposable
{
    private const int MaxAnswerBytes = 64 * 1024;
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromMinutes(5);
    // A token that ends while the server looks at it helps nobody.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>Gets the client for token endpoints: these stand in the settings, so the allow-list for flows does not apply; where one redirects to is not told the secret.</summary>
    public static HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private string? _kept;
    private DateTimeOffset _keptUntil;
    private string? _replacedRefreshToken;

    /// <exception cref="SmtpBrokenException">The provider gave no token.</exception>
    public async Task<SmtpAccessToken> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _oneAtATime.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException fault)
        {
            throw Failed("no answer in time", fault);
        }

        try
        {
            if (_kept is not null && clock.GetUtcNow() < _keptUntil)
                return new SmtpAccessToken(_kept, IsNew: false);

            _kept = await FetchAsync(cancellationToken);
            return new SmtpAccessToken(_kept, IsNew: true);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Drops <paramref name="token"/>, which the mail server refused, unless a newer one took its place.</summary>
    public void Forget(SmtpAccessToken token) => Interlocked.CompareExchange(ref _kept, null, _kept == token.Value ? _kept : token.Value);

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<string> FetchAsync(CancellationToken cancellationToken)
    {
        string? refreshToken = _replacedRefreshToken
            ?? await SmtpSecret.ReadAsync(options.RefreshToken, options.RefreshTokenFile, "OAuth:RefreshTokenFile", cancellationToken);
        Dictionary<string, string> form = new()
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = refreshToken ?? "",
            ["client_id"] = options.ClientId,
        };
        if (await SmtpSecret.ReadAsync(options.ClientSecret, options.ClientSecretFile, "OAuth:ClientSecretFile", cancellationToken) is { } secret)
            form["client_secret"] = secret;
        if (options.Scope is not null)
            form["scope"] = options.Scope;

        try
        {
            using FormUrlEncodedContent content = new(form);
            using HttpRequestMessage request = new(HttpMethod.Post, options.TokenUrl) { Content = content };
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, cancellationToken);
            using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return Take(response.StatusCode, answer.RootElement);
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or OperationCanceledException or IOException)
        {
            throw Failed(fault is OperationCanceledException ? "no answer in time" : fault.Message, fault);
        }
    }

    private string Take(HttpStatusCode status, JsonElement answer)
    {
        string? token = Text(answer, "access_token");
        if (status != HttpStatusCode.OK || string.IsNullOrEmpty(token))
            throw Failed($"it answered {(int)status} '{Text(answer, "error")}' {Text(answer, "error_description")}".TrimEnd(), null);
        if (token.Any(c => c is <= ' ' or > '~'))
            throw Failed("its token holds characters that no token has", null);

        TimeSpan lifetime = answer.TryGetProperty("expires_in", out JsonElement seconds) && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetInt32(out int value)
            ? TimeSpan.FromSeconds(value)
            : DefaultLifetime;
        _keptUntil = clock.GetUtcNow() + lifetime - Margin;
        _replacedRefreshToken = Text(answer, "refresh_token") ?? _replacedRefreshToken;
        return token;
    }

    private static string? Text(JsonElement answer, string name) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private SmtpBrokenException Failed(string reason, Exception? fault) =>
        new($"No access token from '{options.TokenUrl}': {reason}. Check {SmtpOptions.Section}:OAuth.", fault);
}
