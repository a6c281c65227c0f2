using System.Security.Cryptography;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.DataProtection;

namespace EngagementFlows.Server.ClientPages;

/// <summary>Keeps in the browser that a genuine link was opened there: a signed cookie for the clean address, so that the token stands in it no longer.</summary>
internal sealed class LinkSession(IDataProtectionProvider protection)
{
    private const string CookieName = "ef-link";

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("EngagementFlows.Link").ToTimeLimitedDataProtector();

    // As long as a long form on a bad day takes; afterwards the link in the mail opens it again.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>Lets the browser see the link's page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="link">The link.</param>
    /// <param name="address">Its clean address.</param>
    public void Begin(HttpContext context, Guid link, string address) =>
        // One link's cookie is never sent to another's page.
        context.Response.Cookies.Append(CookieName, _protector.Protect(link.ToString("N"), Lifetime), SafeCookie.For(context, Lifetime, address));

    /// <summary>Tells whether the browser has opened this link.</summary>
    public bool Holds(HttpContext context, Guid link)
    {
        if (!context.Request.Cookies.TryGetValue(CookieName, out string? kept))
            return false;
        try
        {
            return _protector.Unprotect(kept) == link.ToString("N");
        }
        catch (CryptographicException)
        {
            // Made up, too old, or under a key that is gone.
            return false;
        }
    }
}
