using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Staff.Layout;

namespace EngagementFlows.Server.Staff;

/// <summary>Makes of a request who reads the page and what stands around it.</summary>
internal static class PageReading
{
    /// <summary>The cookie that keeps light or dark.</summary>
    public const string ThemeCookie = "ef-theme";

    /// <summary>The cookie that keeps the language of a reader who is not signed in.</summary>
    public const string LanguageCookie = "ef-language";

    public static Reader ReaderOf(HttpContext context, TimeProvider time)
    {
        string? chosen = context.Request.Cookies[LanguageCookie];
        Language language = chosen is null ? Language.Preferred(context.Request.Headers.AcceptLanguage) : Language.Of(chosen);
        return new Reader(language, TimeZoneInfo.Utc, time.GetUtcNow());
    }

    public static PageFrame FrameOf(HttpContext context) => new()
    {
        FirmName = "EngagementFlows",
        Path = context.Request.Path.Value ?? "/",
        PathAndQuery = context.Request.Path + context.Request.QueryString,
        Theme = context.Request.Cookies[ThemeCookie] switch { "light" => "light", "dark" => "dark", _ => null },
        SearchText = context.Request.Path == StaffUrls.Search ? context.Request.Query["q"].ToString() : null,
    };
}
