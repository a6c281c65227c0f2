using System.Security.Claims;
using EngagementFlows.Engagements.Clients;

namespace EngagementFlows.Server.Security;

/// <summary>Who makes this request: a person with a session, or a program with an API key.</summary>
/// <param name="Id">The person's id; <see cref="Guid.Empty"/> for a program.</param>
/// <param name="Name">The name that the audit and the pages show.</param>
/// <param name="Email">The mail address; empty for a program.</param>
/// <param name="Roles">The roles.</param>
/// <param name="Language"><c>en</c> or <c>zh-CN</c>; of the person, not of the page (see <c>UiLanguage</c>).</param>
/// <param name="Zone">IANA time zone.</param>
public sealed record CurrentPerson(Guid Id, string Name, string Email, IReadOnlyList<string> Roles, string Language, string Zone)
{
    private const string LanguageClaim = "language";
    private const string ZoneClaim = "zone";
    private const string ScopeClaim = "scope";
    private const string ActsForClaim = "acts-for";

    /// <summary>Gets the scopes of a key that was made in the console; empty for people, and for programs that have roles.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Gets the person whose tasks such a key may complete, or <see langword="null"/>.</summary>
    public Guid? ActsFor { get; init; }

    /// <summary>Gets whether it is a program with an API key.</summary>
    public bool IsProgram => Id == Guid.Empty;

    /// <summary>Gets as whom it reads what is open to its readers alone; <see langword="null"/> for a program, which is nobody's reader, not even acting for one.</summary>
    public Guid? Viewer => IsProgram ? null : Id;

    /// <summary>Gets who it is for the audit and for Idempotency-Keys: <c>person:…</c> or <c>key:…</c>.</summary>
    public string Caller => IsProgram ? $"key:{Name}" : $"person:{Id:D}";

    /// <summary>Tells whether the person has a role of <see cref="StaffRoles"/>.</summary>
    public bool Is(string role) => Roles.Contains(role, StringComparer.Ordinal);

    /// <summary>Tells whether a policy of <see cref="Policies"/> allows the person or the program.</summary>
    public bool May(string policy) => Policies.Allows(policy, Roles, Scopes);

    /// <summary>Returns who is signed in.</summary>
    /// <exception cref="InvalidOperationException">Nobody is; the endpoint should have asked for it.</exception>
    public static CurrentPerson Of(ClaimsPrincipal user) =>
        TryOf(user) ?? throw new InvalidOperationException("EngagementFlows bug: an endpoint without a policy asked who is signed in.");

    /// <summary>Returns who is signed in, or <see langword="null"/>.</summary>
    public static CurrentPerson? TryOf(ClaimsPrincipal user) =>
        user.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
            ? new CurrentPerson(
                Guid.Parse(id),
                user.FindFirstValue(ClaimTypes.Name) ?? "",
                user.FindFirstValue(ClaimTypes.Email) ?? "",
                [.. user.FindAll(ClaimTypes.Role).Select(role => role.Value)],
                user.FindFirstValue(LanguageClaim) ?? Languages.Language.English.Tag,
                user.FindFirstValue(ZoneClaim) ?? "UTC")
            {
                Scopes = [.. user.FindAll(ScopeClaim).Select(scope => scope.Value)],
                ActsFor = Guid.TryParse(user.FindFirstValue(ActsForClaim), out Guid actsFor) ? actsFor : null,
            }
            : null;

    /// <summary>Returns the claims of a signed-in identity.</summary>
    internal ClaimsIdentity ToIdentity(string scheme) => new(
        [
            new(ClaimTypes.NameIdentifier, Id.ToString("D")),
            new(ClaimTypes.Name, Name),
            new(ClaimTypes.Email, Email),
            new(LanguageClaim, Language),
            new(ZoneClaim, Zone),
            .. Roles.Select(role => new Claim(ClaimTypes.Role, role)),
            .. Scopes.Select(scope => new Claim(ScopeClaim, scope)),
            .. ActsFor is { } actsFor ? [new Claim(ActsForClaim, actsFor.ToString("D"))] : Array.Empty<Claim>(),
        ],
        scheme);
}
