using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Staff.Layout;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Extensions;

namespace EngagementFlows.Server.Staff;

/// <summary>Leads somebody whose address names a place that the list does not have to the list's beginning, and says so there.</summary>
internal static class LostPlace
{
    public static void ShowBeginning(HttpContext context, string field)
    {
        context.RequestServices.GetRequiredService<Notices>().Tell(context, context.RequestServices.GetRequiredService<Reader>().Say(FrameTexts.NoSuchPlace), isFault: true);
        // While a failure is handled, the request's own path is that of the page that explains it.
        string path = context.Features.Get<IExceptionHandlerPathFeature>()!.Path;
        QueryBuilder query = new(context.Request.Query.Where(parameter => !parameter.Key.Equals(field, StringComparison.OrdinalIgnoreCase)));
        // A path that begins with two slashes would name another host.
        context.Response.Redirect(Site.Of(context).Link($"/{path.TrimStart('/')}{query.ToQueryString()}"));
    }
}
