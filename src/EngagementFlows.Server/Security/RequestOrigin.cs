using EngagementFlows.Server.Configuration;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Security;

/// <summary>Refuses unsafe requests that a foreign page could have sent with somebody's cookie.</summary>
/// <remarks>
/// Two locks: the browser's own word about where the request comes from, and something that only our pages add: the header
/// <c>X-EngagementFlows</c> (scripts) or the anti-forgery token (forms; checked by the endpoint's own middleware).
/// Programs with an API key bring no cookie and pass.
/// </remarks>
internal sealed class RequestOrigin(RequestDelegate next, ServerOptions options)
{
    public const string Header = "X-EngagementFlows";

    public async Task InvokeAsync(HttpContext context)
    {
        // A foreign page can open a socket with somebody's cookie, and read what comes; browsers always say which page opens one, and none can add a header.
        if (IsSocket(context.Request) && BringsCookie(context.Request) && !ApiKeyHandler.IsPresented(context.Request))
        {
            if (IsOurOrigin(context.Request, context.Request.Headers.Origin.ToString()))
                await next(context);
            else
                await RefuseAsync(context);
            return;
        }

        if (IsSafe(context.Request.Method) || IsExplained(context) || ApiKeyHandler.IsPresented(context.Request) || !BringsCookie(context.Request) || IsOurs(context))
        {
            await next(context);
            return;
        }

        await RefuseAsync(context);
    }

    private static Task RefuseAsync(HttpContext context)
    {
        ProblemHttpResult problem = TypedResults.Problem(
            $"The request comes from another site, or lacks the header '{Header}' and an anti-forgery token. Send it from the console itself, or use an API key.",
            statusCode: StatusCodes.Status403Forbidden,
            title: "Request from elsewhere");
        return problem.ExecuteAsync(context);
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    // HTTP/1.1 upgrades a GET; HTTP/2 has an extended CONNECT.
    private static bool IsSocket(HttpRequest request) => request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase) || HttpMethods.IsConnect(request.Method);

    // A request that failed comes by again, as it was, for the page that explains why; that page has no form of its own.
    private static bool IsExplained(HttpContext context) =>
        context.Features.Get<IExceptionHandlerFeature>() is not null || context.Features.Get<IStatusCodeReExecuteFeature>() is not null;

    private static bool BringsCookie(HttpRequest request) => request.Cookies.Count > 0;

    private bool IsOurs(HttpContext context)
    {
        string site = context.Request.Headers["Sec-Fetch-Site"].ToString();
        string origin = context.Request.Headers.Origin.ToString();
        bool isForm = context.Request.HasFormContentType && context.GetEndpoint()?.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: true };
        if (site.Length > 0)
            return site == "same-origin" && (isForm || context.Request.Headers.ContainsKey(Header));
        // A browser that says nothing at all (plain HTTP on another name than localhost, and something that takes the origin away) leaves one lock:
        // the form's token, which no other site can know.
        if (origin is "" or "null")
            return isForm;
        return IsOurOrigin(context.Request, origin) && (isForm || context.Request.Headers.ContainsKey(Header));
    }

    // Older browsers, and pages without TLS on other hosts than localhost, send the origin only.
    // Behind a proxy the request's own scheme is not the browser's: the configured addresses count as well.
    private bool IsOurOrigin(HttpRequest request, string origin) =>
        origin == $"{request.Scheme}://{request.Host}"
        || origin == options.PublicUrl?.GetLeftPart(UriPartial.Authority)
        || origin == options.ConsoleUrl?.GetLeftPart(UriPartial.Authority);
}
