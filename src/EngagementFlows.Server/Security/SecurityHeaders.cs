using EngagementFlows.Server.Configuration;

namespace EngagementFlows.Server.Security;

/// <summary>Adds to every answer what keeps a browser from doing more than the page means.</summary>
internal sealed class SecurityHeaders(RequestDelegate next, ServerOptions options)
{
    // Scripts and styles come from our own files only; what stands in an element of a page is text, whoever wrote it.
    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; "
        + "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    // Half a year: long enough to protect, short enough for a firm that gives up a host name.
    private const string OnlyTls = "max-age=15552000";

    private readonly bool _isBehindTls = (options.ConsoleUrl ?? options.PublicUrl)?.Scheme == Uri.UriSchemeHttps;

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(AddTo, context.Response);
        return next(context);
    }

    private Task AddTo(object state)
    {
        IHeaderDictionary headers = ((HttpResponse)state).Headers;
        if (_isBehindTls)
            headers.TryAdd("Strict-Transport-Security", OnlyTls);
        headers.TryAdd("Content-Security-Policy", ContentSecurityPolicy);
        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("X-Frame-Options", "DENY");
        // Not no-referrer for all: browsers then leave the origin out of our own forms' posts. Addresses with a token ask for it themselves.
        headers.TryAdd("Referrer-Policy", "same-origin");
        headers.TryAdd("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
        // Files with a fingerprint in their name set their own; everything else is somebody's data.
        headers.TryAdd("Cache-Control", "no-store");
        return Task.CompletedTask;
    }
}
