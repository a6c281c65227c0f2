using EngagementFlows.Server.Configuration;

namespace EngagementFlows.Server.Security;

/// <summary>The rules that all of our cookies share: no script reads them, no other site sends them, and none goes over an open line where TLS is to be had.</summary>
internal static class SafeCookie
{
    /// <summary>Returns the rules for a cookie of this request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="lifetime">How long the browser keeps it.</param>
    /// <param name="path">The only address of ours to which it is sent; <see langword="null"/> = all of the host.</param>
    public static CookieOptions For(HttpContext context, TimeSpan lifetime, string? path = null)
    {
        ServerOptions options = context.RequestServices.GetRequiredService<ServerOptions>();
        return new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            // Behind a proxy that ends TLS the request itself is not secure, but the browser's is.
            Secure = context.Request.IsHttps || (options.ConsoleUrl ?? options.PublicUrl)?.Scheme == Uri.UriSchemeHttps,
            MaxAge = lifetime,
            Path = path is null ? "/" : Site.Of(context).Link(path),
            IsEssential = true,
        };
    }
}

/// <summary>The cookie half of the anti-forgery token, by the same rules.</summary>
/// <remarks>Not by <c>SecurePolicy = Always</c>: the framework then refuses to work on a request that a proxy hands over without TLS.</remarks>
internal sealed class FormCookie : CookieBuilder
{
    private readonly bool _isReachedByTls;

    public FormCookie(ServerOptions options)
    {
        _isReachedByTls = (options.ConsoleUrl ?? options.PublicUrl)?.Scheme == Uri.UriSchemeHttps;
        Name = "ef-form";
        HttpOnly = true;
        SameSite = SameSiteMode.Lax;
        SecurePolicy = CookieSecurePolicy.SameAsRequest;
        IsEssential = true;
    }

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        CookieOptions options = base.Build(context, expiresFrom);
        options.Secure |= _isReachedByTls;
        return options;
    }
}
