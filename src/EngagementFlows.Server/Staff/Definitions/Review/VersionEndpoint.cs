using System.Net;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.Definitions;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Mailbox;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Staff.Definitions.Review;

/// <summary>What the pages of a version post, and the mails that they show.</summary>
internal static class VersionEndpoint
{
    private const int MostComment = 2000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder version = routes.MapGroup(StaffUrls.Definitions + "/{versionId}").ExcludeFromDescription();
        version.MapGet("/mails/{name}/{language}", ShowMailAsync).RequireAuthorization(Policies.Read);
        version.MapPost("/submit", (string versionId, Act act, IFormCollection _) => act.DoAsync(versionId, act.Desk.SubmitAsync, ReviewTexts.Submitted)).RequireAuthorization(Policies.ManageDefinitions);
        version.MapPost("/withdraw", (string versionId, Act act, IFormCollection _) => act.DoAsync(versionId, act.Desk.RetractAsync, ReviewTexts.Withdrawn)).RequireAuthorization(Policies.ManageDefinitions);
        version.MapPost("/approve", (string versionId, Act act, IFormCollection _) => act.DoAsync(versionId, act.Desk.PublishAsync, ReviewTexts.Published)).RequireAuthorization(Policies.ApproveDefinitions);
        version.MapPost("/export", ExportAsync).RequireAuthorization(Policies.ManageDefinitions);
        version.MapPost("/return", ReturnAsync).RequireAuthorization(Policies.ApproveDefinitions);
    }

    private static async Task<RedirectHttpResult> ReturnAsync(string versionId, Act act, [FromForm] string? comment)
    {
        if (PageInput.Text(comment, MostComment) is { } said)
            return await act.DoAsync(versionId, (version, by, cancellation) => act.Desk.ReturnAsync(version, by, said, cancellation), ReviewTexts.Returned);
        return act.Refuse(versionId, ReviewTexts.CommentMissing);
    }

    private static async Task<RedirectHttpResult> ExportAsync(string versionId, Act act, FlowFiles files, HttpContext context, IFormCollection _)
    {
        if (await act.Desk.FindAsync(versionId, context.RequestAborted) is not { State: "published" } version)
            return act.Refuse(versionId, ReviewTexts.NotNow);
        try
        {
            FlowExport export = await files.WriteAsync(version, folder: null, context.RequestAborted);
            await act.Desk.NoteExportAsync(version, CurrentPerson.Of(context.User).Caller, export, context.RequestAborted);
            string told = act.Say(export.Written.Count == 0 ? DefinitionTexts.FileUnchanged : DefinitionTexts.FileWritten, string.Join(", ", export.Written));
            return act.Tell(versionId, export.Extra.Count == 0 ? told : $"{told} {act.Say(DefinitionTexts.FileExtra, string.Join(", ", export.Extra))}", isFault: false);
        }
        catch (Exception failure) when (failure is FlowFileException or IOException or UnauthorizedAccessException)
        {
            return act.Tell(versionId, act.Say(DefinitionTexts.FileFailed, failure.Message), isFault: true);
        }
    }

    private static async Task<ContentHttpResult> ShowMailAsync(
        string versionId, string name, string language, HttpContext context, FlowsDatabase database, Firm firm, Reader reader, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, byte[]> files = await ListAssets.ExecuteAsync(database.Queries, versionId, cancellationToken);
        (ComposedMail? mail, IReadOnlyList<MailFault> faults) = VersionTexts.Compose(files, name, language, firm, reader.Zone, reader.Now);
        string html = mail?.Html ?? Paragraph(faults.Count > 0 ? reader.Say(ReviewTexts.BrokenMail, faults[0]) : reader.Say(ReviewTexts.NoMail));
        MailHtmlEndpoint.Guard(context.Response);
        return TypedResults.Content(mail is null ? html : MailHtmlEndpoint.Framed(WithSubject(html, mail.Subject)), "text/html; charset=utf-8");
    }

    private static string Paragraph(string text) => $"<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body><p>{WebUtility.HtmlEncode(text)}</p></body></html>";

    // The subject belongs to what the reader sees first.
    private static string WithSubject(string html, string subject)
    {
        int body = html.IndexOf("<body", StringComparison.OrdinalIgnoreCase);
        int end = body < 0 ? -1 : html.IndexOf('>', body);
        return end < 0 ? html : html.Insert(end + 1, $"<p style=\"margin:0;padding:8px 16px;font:600 14px sans-serif;background:#eceef1;color:#1d2530\">{WebUtility.HtmlEncode(subject)}</p>");
    }

    /// <summary>One act on a version by the person of the request, told on the page that follows.</summary>
    internal sealed class Act(HttpContext context, DefinitionDesk desk, Notices notices, Reader reader)
    {
        public DefinitionDesk Desk => desk;

        public static ValueTask<Act> BindAsync(HttpContext context)
        {
            IServiceProvider services = context.RequestServices;
            return ValueTask.FromResult(new Act(context, services.GetRequiredService<DefinitionDesk>(), services.GetRequiredService<Notices>(), services.GetRequiredService<Reader>()));
        }

        public async Task<RedirectHttpResult> DoAsync(string versionId, Func<string, string, CancellationToken, Task<DeskAnswer>> act, LocalizedText done)
        {
            DeskAnswer answer = await act(versionId, CurrentPerson.Of(context.User).Caller, context.RequestAborted);
            return answer.Outcome switch
            {
                DeskOutcome.Done => Tell(versionId, reader.Say(done), isFault: false),
                DeskOutcome.OwnRequest => Refuse(versionId, ReviewTexts.Own),
                DeskOutcome.Faulty => Tell(versionId, $"{reader.Say(ReviewTexts.Faulty)} {await SayAsync(versionId, answer.Faults[0])}", isFault: true),
                _ => Refuse(versionId, ReviewTexts.NotNow),
            };
        }

        private async Task<string> SayAsync(string versionId, DefinitionFault fault) =>
            new ActivityNames(await desk.FindAsync(versionId, context.RequestAborted) is { } stored ? desk.Read(stored) : null, reader).Say(fault);

        public RedirectHttpResult Refuse(string versionId, LocalizedText why) => Tell(versionId, reader.Say(why), isFault: true);

        public string Say(LocalizedText text, params object?[] values) => reader.Say(text, values);

        public RedirectHttpResult Tell(string versionId, string text, bool isFault)
        {
            notices.Tell(context, text, isFault);
            return Site.To(StaffUrls.Definition(versionId));
        }
    }
}
