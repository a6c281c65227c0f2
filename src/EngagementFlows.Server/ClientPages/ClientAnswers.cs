using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engine;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Staff;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.ClientPages;

/// <summary>Makes the pages behind a link: the form, its end, and those that open nothing.</summary>
internal sealed class ClientAnswers(Firm firm, ServerOptions options, TimeProvider time)
{
    // The form library of the browser sets no styles of its own here: the page is plain.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public FirmCard Firm { get; } = new(firm.Name, firm.Email, firm.Phone);

    /// <summary>Sets what every page behind a link carries: nobody learns its address, frames it, or keeps it.</summary>
    public void Protect(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XFrameOptions = "DENY";
        // Other sites learn nothing. Our own hear the clean address only: without it a browser on plain HTTP could not say where a form was posted from.
        headers["Referrer-Policy"] = "same-origin";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        headers.CacheControl = "no-store";
    }

    /// <summary>Lets the page speak the contact's language and show the contact's time.</summary>
    public void ReadAs(HttpContext context, LinkDetail detail) => ReadAs(context, detail.Engagement.Contact.Language, detail.Engagement.Contact.Zone);

    /// <summary>Lets the page speak a language and show the time of a zone.</summary>
    public void ReadAs(HttpContext context, string language, string zone) =>
        context.Features.Set(new Reader(Language.Of(language), PageReading.ZoneOf(zone, options.Firm.Zone), time.GetUtcNow()));

    /// <summary>Returns what stands around the questions.</summary>
    public Ask AskOf(LinkDetail detail) => new(
        Firm, ClientUrls.Form(detail.Link.Id), detail.Engagement.Contact.Name, detail.Engagement.Owner.Name, detail.Link.MayDecline, detail.Link.ExpiresAt, detail.Link.Message)
    {
        Document = detail.Link.DocumentVersionId is { } version ? (version, detail.Link.Id) : null,
        Seen = LinkAnswer.MarkOf(detail.Link),
    };

    /// <summary>Returns the page for somebody who asks too often.</summary>
    public RazorComponentResult Hurried(HttpContext context) => Closed(context, StatusCodes.Status429TooManyRequests, ClientTexts.Hurried, ClientTexts.HurriedLine);

    /// <summary>Returns the page for an address that opens nothing; it is the same for every reason.</summary>
    public RazorComponentResult Unknown(HttpContext context) => Closed(context, StatusCodes.Status404NotFound, ClientTexts.Unknown, ClientTexts.UnknownLine);

    /// <summary>Returns the page of a link that is not open any more.</summary>
    public RazorComponentResult NotOpen(HttpContext context, LinkDetail detail, LinkVerdict verdict, bool isJustNow)
    {
        // What was there is gone, and whoever has the link is told no more than any stranger.
        if (detail.Engagement.Client.ErasedAt is not null)
            return Closed(context, StatusCodes.Status410Gone, ClientTexts.Ended, ClientTexts.EndedLine);
        if (verdict != LinkVerdict.AlreadyAnswered)
        {
            return verdict switch
            {
                LinkVerdict.Expired => Closed(context, StatusCodes.Status410Gone, ClientTexts.Expired, ClientTexts.ExpiredLine),
                LinkVerdict.Revoked => Closed(context, StatusCodes.Status410Gone, ClientTexts.Expired, ClientTexts.RevokedLine),
                _ => Closed(context, StatusCodes.Status410Gone, ClientTexts.Ended, ClientTexts.EndedLine),
            };
        }

        return Page<EndPage>(StatusCodes.Status200OK, new()
        {
            [nameof(EndPage.Firm)] = Firm,
            [nameof(EndPage.OwnerName)] = detail.Engagement.Owner.Name,
            [nameof(EndPage.At)] = detail.Link.ClosedAt ?? detail.Link.IssuedAt,
            [nameof(EndPage.IsDeclined)] = detail.Link.Outcome == LinkDecision.Declined,
            [nameof(EndPage.IsJustNow)] = isJustNow,
        });
    }

    /// <summary>Returns the page of a standing link that starts nothing any more, or not now; whoever holds it reads it in the contact's language, and nobody is named.</summary>
    public RazorComponentResult StandingClosed(HttpContext context, int status, LocalizedText title, LocalizedText line, bool isErased = false) =>
        isErased ? Closed(context, StatusCodes.Status410Gone, ClientTexts.Ended, ClientTexts.EndedLine) : Closed(status, title, line);

    /// <summary>Returns a page with its parameters.</summary>
    public static RazorComponentResult Page<TPage>(int status, Dictionary<string, object?> parameters)
        where TPage : IComponent => new RazorComponentResult<TPage>(parameters) { StatusCode = status };

    private RazorComponentResult Closed(HttpContext context, int status, LocalizedText title, LocalizedText line)
    {
        // A stranger is told in his own browser's language, not in the contact's.
        context.Features.Set<Reader>(null);
        return Closed(status, title, line);
    }

    private RazorComponentResult Closed(int status, LocalizedText title, LocalizedText line) =>
        Page<ClosedPage>(status, new() { [nameof(ClosedPage.Firm)] = Firm, [nameof(ClosedPage.Title)] = title, [nameof(ClosedPage.Line)] = line });
}
