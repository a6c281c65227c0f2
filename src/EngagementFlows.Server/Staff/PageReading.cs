using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Layout;

namespace EngagementFlows.Server.Staff;

/// <summary>Makes of a request who reads the page and what stands around it.</summary>
internal static class PageReading
{
    /// <summary>The cookie that keeps light or dark.</summary>
    public const string ThemeCookie = "ef-theme";

    /// <summary>The cookie that keeps a language picked on a page.</summary>
    public const string LanguageCookie = "ef-language";

    /// <summary>Returns who reads: as an endpoint has set it (a client's contact), else the language picked on a page, else the person's, else the browser's.</summary>
    public static Reader ReaderOf(HttpContext context, TimeProvider time, ServerOptions options)
    {
        if (context.Features.Get<Reader>() is { } known)
            return known;
        CurrentPerson? person = PersonOf(context);
        string? tag = context.Request.Cookies[LanguageCookie] ?? person?.Language;
        Language language = tag is null ? Language.Preferred(context.Request.Headers.AcceptLanguage) : Language.Of(tag);
        return new Reader(language, ZoneOf(person?.Zone, options.Firm.Zone), time.GetUtcNow());
    }

    public static PageFrame FrameOf(HttpContext context, ServerOptions options, Reader reader, Notices notices)
    {
        CurrentPerson? person = PersonOf(context);
        return new PageFrame
        {
            FirmName = options.Firm.Name,
            Path = context.Request.Path.Value ?? "/",
            PathAndQuery = context.Request.PathBase + context.Request.Path + context.Request.QueryString,
            Theme = context.Request.Cookies[ThemeCookie] switch { "light" => "light", "dark" => "dark", _ => null },
            SearchText = context.Request.Path == StaffUrls.Search ? context.Request.Query["q"].ToString() : null,
            Notice = person is null ? null : notices.Take(context),
            Flows = person?.May(Policies.SeeDesigner) == true ? Navigation.FlowsWithDesigner : Navigation.Flows,
            Firm = person?.May(Policies.SeeAccounts) != true ? [] : person.May(Policies.ManageWebhooks) ? [.. Navigation.Firm, Navigation.Webhooks] : Navigation.Firm,
            PersonName = person?.Name ?? "",
            PersonEmail = person?.Email ?? "",
            RoleNames = string.Join(reader.Language == Language.Chinese ? "、" : ", ", (person?.Roles ?? []).Select(role => reader.Say(StaffRoles.NameOf(role)))),
        };
    }

    /// <summary>Returns the zone of that name, or the other one where this machine does not know it.</summary>
    public static TimeZoneInfo ZoneOf(string? id, TimeZoneInfo otherwise) =>
        id is not null && TimeZoneInfo.TryFindSystemTimeZoneById(id, out TimeZoneInfo? zone) ? zone : otherwise;

    private static CurrentPerson? PersonOf(HttpContext context) => CurrentPerson.TryOf(context.User) is { IsProgram: false } person ? person : null;
}
