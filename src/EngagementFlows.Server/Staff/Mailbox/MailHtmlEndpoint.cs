using EngagementFlows.Postgres.Mail;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Staff.Mailbox;

/// <summary>The HTML part of a mail, for a frame that can do nothing but show it.</summary>
internal static class MailHtmlEndpoint
{
    // A mail brings its styles in its elements; anything else in it is kept from loading or running, whoever wrote the words.
    private const string ContentSecurityPolicy =
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'self'; form-action 'none'; frame-ancestors 'self'";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(StaffUrls.Mailbox + "/{id:guid}/html", ShowAsync).RequireAuthorization(Policies.Read).ExcludeFromDescription();

    private static async Task<Results<ContentHttpResult, NotFound>> ShowAsync(Guid id, HttpContext context, [FromServices] GetMail mails, ShownMail shown, CancellationToken cancellationToken)
    {
        if (await mails.ExecuteAsync(id, cancellationToken) is not { } mail)
            return TypedResults.NotFound();
        Guard(context.Response);
        return TypedResults.Content(Framed(shown.Of(mail.Html, mail.LinkId, mail.Code)), "text/html; charset=utf-8");
    }

    /// <summary>Keeps the answer from doing anything but being shown in a frame of the console.</summary>
    public static void Guard(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        response.Headers.XFrameOptions = "SAMEORIGIN";
    }

    /// <summary>Returns a mail's HTML with links that open beside the console, never inside the frame.</summary>
    public static string Framed(string html)
    {
        int head = html.IndexOf("<head>", StringComparison.OrdinalIgnoreCase);
        return head < 0 ? "<base target=\"_blank\">" + html : html.Insert(head + "<head>".Length, "<base target=\"_blank\">");
    }
}
