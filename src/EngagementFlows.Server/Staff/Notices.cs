using System.Security.Cryptography;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.DataProtection;

namespace EngagementFlows.Server.Staff;

/// <summary>What an act came to, told once on the page that follows it.</summary>
/// <param name="Text">The sentence, in the reader's language.</param>
/// <param name="IsFault">Whether nothing was done.</param>
public sealed record Notice(string Text, bool IsFault);

/// <summary>Carries a notice over the redirect after an act.</summary>
/// <remarks>In a protected cookie: a foreign page cannot put words into the console's mouth.</remarks>
internal sealed class Notices(IDataProtectionProvider protection)
{
    private const string CookieName = "ef-notice";

    // Longer texts (a fault's details) are cut: a cookie must stay small, and the whole stands where it belongs.
    private const int MostCharacters = 600;

    private readonly IDataProtector _protector = protection.CreateProtector("EngagementFlows.Notice");

    public void Tell(HttpContext context, string text, bool isFault = false)
    {
        string kept = text.Length <= MostCharacters ? text : text[..MostCharacters] + "…";
        context.Response.Cookies.Append(CookieName, _protector.Protect((isFault ? "!" : ".") + kept), SafeCookie.For(context, TimeSpan.FromMinutes(1)));
    }

    public Notice? Take(HttpContext context)
    {
        if (!context.Request.Cookies.TryGetValue(CookieName, out string? kept) || context.Response.HasStarted)
            return null;
        context.Response.Cookies.Delete(CookieName);
        try
        {
            string text = _protector.Unprotect(kept);
            return new Notice(text[1..], text[0] == '!');
        }
        catch (CryptographicException)
        {
            // Made up, or under a key that is gone: nothing to tell.
            return null;
        }
    }
}
