using System.Text;
using EngagementFlows.Engagements.Mail.Mime;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Staff.Mailbox;

/// <summary>What goes with a mail, to be saved: its files and its invitation. Whatever a file calls itself, a browser keeps it and shows none.</summary>
internal static class MailFileEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(StaffUrls.Mailbox + "/{id:guid}/files/{position:int}", FileAsync).RequireAuthorization(Policies.Read).ExcludeFromDescription();
        routes.MapGet(StaffUrls.Mailbox + "/{id:guid}/" + MimeCalendar.DefaultFileName, CalendarAsync).RequireAuthorization(Policies.Read).ExcludeFromDescription();
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> FileAsync(Guid id, int position, [FromServices] GetMailAttachment files, CancellationToken cancellationToken) =>
        await files.ExecuteAsync(id, position, cancellationToken) is var (name, content)
            ? TypedResults.File(content, ContentTypes.Unknown, FileNames.Clean(name))
            : TypedResults.NotFound();

    private static async Task<Results<FileContentHttpResult, NotFound>> CalendarAsync(Guid id, [FromServices] GetMail mails, ShownMail shown, CancellationToken cancellationToken) =>
        await mails.ExecuteAsync(id, cancellationToken) is { Calendar: { } calendar } mail
            ? TypedResults.File(Encoding.UTF8.GetBytes(CalendarLines.Fold(shown.Of(calendar.Content, mail.LinkId, null))), ContentTypes.Unknown, MimeCalendar.DefaultFileName)
            : TypedResults.NotFound();
}
