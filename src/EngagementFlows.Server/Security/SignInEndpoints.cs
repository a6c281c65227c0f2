using EngagementFlows.Postgres.Telemetry;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security.Pages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Security;

/// <summary>Signing in and out, and the one-time link by which a person sets a password.</summary>
internal static class SignInEndpoints
{
    public const string WelcomePath = "/welcome";
    public const string SetPasswordPath = "/set-password";
    public const string RateLimit = "sign-in";

    // Holds the link's token between the mailed address and the form, so that the address in the browser is clean.
    private const string LinkCookie = "ef-welcome";

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        group.MapGet(Sessions.SignInPath, (string? returnTo, string? ended) => ShowSignIn(returnTo, "", hasFailed: false, hasEnded: ended is not null));
        group.MapPost(Sessions.SignInPath, SignInAsync).RequireRateLimiting(RateLimit);
        group.MapPost("/sign-out", SignOutAsync);
        group.MapPost("/sign-out/everywhere", SignOutEverywhereAsync);
        group.MapGet(WelcomePath + "/{token}", ExchangeLink);
        group.MapGet(SetPasswordPath, ShowSetPasswordAsync);
        group.MapPost(SetPasswordPath, SetPasswordAsync).RequireRateLimiting(RateLimit);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<SignInPage>>> SignInAsync(
        HttpContext context, SignIn signIn, Sessions sessions,
        [FromForm] string? email, [FromForm] string? password, [FromForm] string? returnTo, CancellationToken cancellationToken)
    {
        if (IsText(email, 320) && IsText(password, Passwords.MostLength)
            && await signIn.TryAsync(email!, password!, cancellationToken) is { } personId
            && await sessions.BeginAsync(context, personId))
        {
            return Site.BackTo(returnTo);
        }

        FlowsTelemetry.SignInFailures.Add(1);
        return ShowSignIn(returnTo, email ?? "", hasFailed: true);
    }

    // The form is asked for because with it comes the check of its anti-forgery token.
    private static async Task<RedirectHttpResult> SignOutAsync(HttpContext context, IFormCollection _)
    {
        await context.SignOutAsync(Sessions.Scheme);
        return Site.To(Sessions.SignInPath);
    }

    // Whoever is not signed in (any more) comes to the same end; a program has no sessions.
    private static async Task<RedirectHttpResult> SignOutEverywhereAsync(HttpContext context, PeopleDesk people, IFormCollection _, CancellationToken cancellationToken)
    {
        if (context.User.Identity?.IsAuthenticated == true && CurrentPerson.Of(context.User) is { IsProgram: false } person)
            await people.EndSessionsAsync(person.Id, person, cancellationToken);
        await context.SignOutAsync(Sessions.Scheme);
        return Site.To(Sessions.SignInPath);
    }

    // Nothing is used up here: mail scanners open links, too.
    private static RedirectHttpResult ExchangeLink(HttpContext context, IDataProtectionProvider protection, string token)
    {
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        string value = token.Length <= 100 ? Protector(protection).Protect(token) : "";
        context.Response.Cookies.Append(LinkCookie, value, SafeCookie.For(context, TimeSpan.FromHours(1), SetPasswordPath));
        return Site.To(SetPasswordPath);
    }

    private static async Task<RazorComponentResult<SetPasswordPage>> ShowSetPasswordAsync(
        HttpContext context, IDataProtectionProvider protection, AccountLinks links, CancellationToken cancellationToken)
    {
        (string Name, string Email)? person = TokenOf(context, protection) is { } token ? await links.FindAsync(token, cancellationToken) : null;
        return ShowSetPassword(person?.Email, fault: null);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult<SetPasswordPage>>> SetPasswordAsync(
        HttpContext context, IDataProtectionProvider protection, AccountLinks links, Sessions sessions, Reader reader,
        [FromForm] string? password, [FromForm] string? repeated, CancellationToken cancellationToken)
    {
        if (TokenOf(context, protection) is not { } token || await links.FindAsync(token, cancellationToken) is not var (name, email))
            return ShowSetPassword(email: null, fault: null);
        if (password != repeated)
            return ShowSetPassword(email, reader.Say(SignInTexts.Differ));
        if (!Passwords.IsGoodEnough(password ?? "", name, email))
            return ShowSetPassword(email, reader.Say(SignInTexts.TooEasy, Passwords.LeastLength, Passwords.MostLength));
        if (await links.UseAsync(token, password!, cancellationToken) is not { } personId || !await sessions.BeginAsync(context, personId))
            return ShowSetPassword(email: null, fault: null);
        context.Response.Cookies.Delete(LinkCookie, new CookieOptions { Path = Site.Of(context).Link(SetPasswordPath) });
        return Site.To("/");
    }

    private static RazorComponentResult<SignInPage> ShowSignIn(string? returnTo, string email, bool hasFailed, bool hasEnded = false) =>
        new(new Dictionary<string, object?>
        {
            [nameof(SignInPage.ReturnTo)] = returnTo,
            [nameof(SignInPage.Email)] = email,
            [nameof(SignInPage.HasFailed)] = hasFailed,
            [nameof(SignInPage.HasEnded)] = hasEnded,
        })
        {
            StatusCode = hasFailed ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };

    private static RazorComponentResult<SetPasswordPage> ShowSetPassword(string? email, string? fault) =>
        new(new Dictionary<string, object?> { [nameof(SetPasswordPage.Email)] = email, [nameof(SetPasswordPage.Fault)] = fault })
        {
            StatusCode = email is null || fault is not null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };

    private static string? TokenOf(HttpContext context, IDataProtectionProvider protection)
    {
        if (!context.Request.Cookies.TryGetValue(LinkCookie, out string? value) || value.Length == 0)
            return null;
        try
        {
            return Protector(protection).Unprotect(value);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Made up, or under a key that is gone: it opens nothing.
            return null;
        }
    }

    private static IDataProtector Protector(IDataProtectionProvider protection) => protection.CreateProtector("EngagementFlows.Welcome");

    private static bool IsText(string? text, int most) => text is { Length: > 0 } && text.Length <= most && !text.Contains('\0', StringComparison.Ordinal);
}
