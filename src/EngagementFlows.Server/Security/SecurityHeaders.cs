namespace EngagementFlows.Server.Security;

/// <summary>Adds to every answer what keeps a browser from doing more than the page means.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    // Styles may stand in elements: the form library sets them so. Scripts come from our own files only.
    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(AddTo, context.Response);
        return next(context);
    }

    private static Task AddTo(object state)
    {
        IHeaderDictionary headers = ((HttpResponse)state).Headers;
        headers.TryAdd("Content-Security-Policy", ContentSecurityPolicy);
        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("X-Frame-Options", "SAMEORIGIN");
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
