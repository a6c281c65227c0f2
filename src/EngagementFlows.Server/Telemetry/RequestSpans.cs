using System.Diagnostics;
using EngagementFlows.Postgres.Telemetry;

namespace EngagementFlows.Server.Telemetry;

/// <summary>A span for each request, named by its route: addresses hold the tokens of links, and what people search for.</summary>
/// <remarks>Ours instead of the framework's for that reason. A caller's own trace (W3C <c>traceparent</c>) goes on in it.</remarks>
internal sealed class RequestSpans(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!FlowsTelemetry.Source.HasListeners())
        {
            await next(context);
            return;
        }

        ActivityContext.TryParse(context.Request.Headers.TraceParent, traceState: null, isRemote: true, out ActivityContext caller);
        Activity? outer = Activity.Current;
        Activity.Current = null;
        using Activity? span = FlowsTelemetry.Source.StartActivity("request", ActivityKind.Server, caller);
        try
        {
            await next(context);
        }
        finally
        {
            Describe(span, context);
            span?.Stop();
            Activity.Current = outer;
        }
    }

    private static void Describe(Activity? span, HttpContext context)
    {
        if (span is null)
            return;
        string route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } pattern ? "/" + pattern.Trim('/') : "none";
        string method = context.Request.Method is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "PATCH" or "OPTIONS" ? context.Request.Method : "_OTHER";
        span.DisplayName = $"{method} {route}";
        span.SetTag("http.request.method", method).SetTag("http.route", route).SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            span.SetStatus(ActivityStatusCode.Error);
    }
}
