using System.Security.Claims;
using EngagementFlows.Postgres.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace EngagementFlows.Server.Security;

/// <summary>Sessions of people: a signed cookie that names the person; who he is and what he may do is read again at each request.</summary>
internal sealed class Sessions(GetSessionPerson getSessionPerson) : CookieAuthenticationEvents
{
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;
    public const string CookieName = "ef-session";
    public const string SignInPath = "/sign-in";

    private const string StampClaim = "stamp";

    /// <summary>Begins a session; false if the person may not sign in any more.</summary>
    public async Task<bool> BeginAsync(HttpContext context, Guid personId)
    {
        if (await getSessionPerson.ExecuteAsync(personId, context.RequestAborted) is not { Roles.Count: > 0 } person)
            return false;
        await context.SignInAsync(Scheme, PrincipalOf(person));
        return true;
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        SessionPerson? person;
        try
        {
            person = Guid.TryParse(context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier), out Guid id)
                ? await getSessionPerson.ExecuteAsync(id, context.HttpContext.RequestAborted)
                : null;
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException && context.HttpContext.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            // The page that says that the database is away is drawn for whoever asks; the session lives on.
            context.RejectPrincipal();
            return;
        }

        if (person is null || !IsSame(context.Principal!, person))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(Scheme);
            return;
        }

        // Name, language and zone are those of now; they do not end a session.
        context.ReplacePrincipal(PrincipalOf(person));
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (AnswersWithProblem(context.HttpContext))
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else
            // Without the host: a request may claim any.
            context.Response.Redirect(new Uri(context.RedirectUri).PathAndQuery);
        return Task.CompletedTask;
    }

    // The body comes from the status-code pages: Problem Details or a page, as the caller can read.
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>Tells whether a request is a program's: it is answered with a status, never sent to a page.</summary>
    public static bool AnswersWithProblem(HttpContext context)
    {
        // While a failure is handled, the request's own path is that of the page that explains it.
        PathString path = context.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? context.Request.Path;
        return IsForPrograms(path) || !(HttpMethods.IsGet(context.Request.Method) || context.Request.HasFormContentType);
    }

    /// <summary>Tells whether programs and not people read what stands at an address.</summary>
    public static bool IsForPrograms(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/elsa") || path.StartsWithSegments("/http")
        || path.StartsWithSegments("/openapi") || path.StartsWithSegments("/hooks") || path.StartsWithSegments("/health");

    /// <summary>Tells whether a session is still that of the person: same password, same roles.</summary>
    public static bool IsSame(ClaimsPrincipal principal, SessionPerson person) =>
        principal.FindFirstValue(StampClaim) == Stamp(person)
        && principal.FindAll(ClaimTypes.Role).Select(claim => claim.Value).Order(StringComparer.Ordinal).SequenceEqual(person.Roles.Order(StringComparer.Ordinal));

    private static ClaimsPrincipal PrincipalOf(SessionPerson person)
    {
        CurrentPerson current = new(person.Id, person.Name, person.Email, person.Roles, person.Language, person.Zone);
        ClaimsIdentity identity = current.ToIdentity(Scheme);
        identity.AddClaim(new Claim(StampClaim, Stamp(person)));
        return new ClaimsPrincipal(identity);
    }

    private static string Stamp(SessionPerson person) => Convert.ToHexString(person.Stamp.Span);
}
