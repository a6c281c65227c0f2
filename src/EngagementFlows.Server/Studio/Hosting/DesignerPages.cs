using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff;
using EngagementFlows.Server.Studio.Definitions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Studio.Hosting;

/// <summary>The addresses of the designer's pages: those that the Studio itself writes into the browser's address line. All of them are one page.</summary>
internal static class DesignerPages
{
    // The Studio's program is WebAssembly, sets styles of elements from its own code and brings one script inside of the page, the hot keys of its editor and
    // of its viewer; each is let in by its hash. Nothing is evaluated, nothing comes from other hosts.
    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'sha256-snlP1jz0gjwc5cTz9ErZcliXuCK63+Mmf68RRCeptgc=' 'sha256-vu6sQrKXQHR4Yn3FMMihA/9TxxfIXnCxKwvLrTPJ5ts='; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void Map(IEndpointRouteBuilder routes)
    {
        StudioFiles.Map(routes);
        RouteGroupBuilder group = routes.MapGroup(StaffUrls.Designer).RequireAuthorization(Policies.SeeDesigner).ExcludeFromDescription();
        group.MapGet("", Show);
        group.MapGet("/workflows/definitions", Show);
        group.MapGet("/workflows/definitions/{id}/edit", EditAsync);
        group.MapGet("/workflows/instances", Show);
        group.MapGet("/workflows/instances/{id}/view", ViewAsync);
    }

    // The Studio would open an empty canvas for what there is not, and break.
    private static async Task<IResult> EditAsync(string id, HttpContext context, DesignActs acts) =>
        await acts.FindAsync(id, versionOptions: null, context.RequestAborted) is null ? TypedResults.NotFound() : Show(context);

    private static async Task<IResult> ViewAsync(string id, HttpContext context, CurrentPerson person, FlowsDatabase database, Confidentiality confidentiality) =>
        Guid.TryParse(id, out Guid instance) && await FindInstanceVersion.ExecuteAsync(database.Queries, instance, context.RequestAborted) is not null
        && await confidentiality.IsOpenAsync(person, [instance], context.RequestAborted)
            ? Show(context)
            : TypedResults.NotFound();

    private static RazorComponentResult<DesignerPage> Show(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        return new RazorComponentResult<DesignerPage>();
    }
}
