using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using EngagementFlows.Postgres.Keys;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Languages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace EngagementFlows.Server.Security;

/// <summary>The programs that may call the API: keys of the settings, and keys made in the console. Both are kept as hashes only.</summary>
internal sealed class ApiKeys(ServerOptions options, UseApiKey use)
{
    /// <summary>What a key made in the console begins with, so that people and scanners of source text know it for one.</summary>
    public const string Prefix = "ef_";

    private const int SecretBytes = 32;

    private readonly FrozenDictionary<string, CurrentPerson> _bySettings = options.Api.Keys.ToFrozenDictionary(
        key => Convert.ToHexString(Hash(key.Secret)),
        key => Program(key.Name) with { Roles = key.Roles },
        StringComparer.Ordinal);

    /// <summary>Returns a new secret: 256 bits of chance.</summary>
    public static string NewSecret() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    // Keys have 256 bits of chance: a plain hash cannot be turned back, and comparing hashes tells nothing about the key.
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>Tells whether the settings name a program so.</summary>
    public bool IsNamedInSettings(string name) => options.Api.Keys.Any(key => key.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the program that has this key, or <see langword="null"/>.</summary>
    public async Task<CurrentPerson?> FindAsync(string key, CancellationToken cancellationToken)
    {
        byte[] hash = Hash(key);
        if (_bySettings.TryGetValue(Convert.ToHexString(hash), out CurrentPerson? named))
            return named;
        // What is no key of ours costs no question to the database.
        return key.StartsWith(Prefix, StringComparison.Ordinal) && await use.ExecuteAsync(hash, cancellationToken) is { } made
            ? Program(made.Name) with { Scopes = made.Scopes, ActsFor = made.ActsFor }
            : null;
    }

    private static CurrentPerson Program(string name) => new(Guid.Empty, name, "", [], Language.English.Tag, "UTC");
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

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (KeyOf(Request) is not { } key)
            return AuthenticateResult.NoResult();
        if (await keys.FindAsync(key, Context.RequestAborted) is not { } program)
            return AuthenticateResult.Fail("The API key is not known.");
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(program.ToIdentity(SchemeName)), SchemeName));
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
