using System.Collections.Frozen;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Languages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace EngagementFlows.Server.Security;

/// <summary>The programs that may call the API; their keys are kept as hashes only.</summary>
internal sealed class ApiKeys(IReadOnlyList<ApiKeyOptions> keys)
{
    private readonly FrozenDictionary<string, CurrentPerson> _byHash = keys.ToFrozenDictionary(
        key => Hash(key.Secret),
        key => new CurrentPerson(Guid.Empty, key.Name, "", key.Roles, Language.English.Tag, "UTC"),
        StringComparer.Ordinal);

    /// <summary>Returns the program that has this key, or <see langword="null"/>.</summary>
    public CurrentPerson? Find(string key) => _byHash.GetValueOrDefault(Hash(key));

    // Keys have 256 bits of chance: a plain hash cannot be turned back, and comparing hashes tells nothing about the key.
    private static string Hash(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}

/// <summary>Signs in a program by <c>Authorization: Bearer KEY</c>, <c>Authorization: ApiKey KEY</c> or <c>X-Api-Key: KEY</c>.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeys keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    private const string Header = "X-Api-Key";

    /// <summary>Tells whether a request presents a key, right or wrong.</summary>
    public static bool IsPresented(HttpRequest request) =>
        request.Headers.ContainsKey(Header) || request.Headers.Authorization.Count > 0;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (KeyOf(Request) is not { } key)
            return Task.FromResult(AuthenticateResult.NoResult());
        if (keys.Find(key) is not { } program)
            return Task.FromResult(AuthenticateResult.Fail("The API key is not known."));
        AuthenticationTicket ticket = new(new ClaimsPrincipal(program.ToIdentity(SchemeName)), SchemeName);
        return Task.FromResult(AuthenticateResult.Success(ticket));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    private static string? KeyOf(HttpRequest request)
    {
        if (request.Headers.TryGetValue(Header, out Microsoft.Extensions.Primitives.StringValues plain))
            return plain.ToString();
        string authorization = request.Headers.Authorization.ToString();
        int space = authorization.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && authorization[..space] is var scheme
            && (scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) || scheme.Equals(SchemeName, StringComparison.OrdinalIgnoreCase))
            ? authorization[(space + 1)..].Trim()
            : null;
    }
}
