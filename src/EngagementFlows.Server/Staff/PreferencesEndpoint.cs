using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Staff;

/// <summary>Keeps how a person wants to read, in the browser: language, light or dark.</summary>
internal static class PreferencesEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(StaffUrls.Preferences, Keep).AllowAnonymous().ExcludeFromDescription();

    private static RedirectHttpResult Keep(HttpContext context, [FromForm] string? language, [FromForm] string? theme, [FromForm] string? returnTo)
    {
        CookieOptions options = SafeCookie.For(context, TimeSpan.FromDays(365));
        if (language is not null)
            context.Response.Cookies.Append(PageReading.LanguageCookie, Language.Of(language).Tag, options);
        if (theme is "light" or "dark")
            context.Response.Cookies.Append(PageReading.ThemeCookie, theme, options);
        return Site.BackTo(returnTo);
    }
}
