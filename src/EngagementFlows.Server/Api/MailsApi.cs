using EngagementFlows.Engagements.Mail.Mime;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Api;

/// <summary>Mails as they were written. Links in them stay masked: an API answer must not open a client's page.</summary>
internal static class MailsApi
{
    private static readonly string[] States = ["pending", "claimed", "sending", "accepted", "rejected", "uncertain", "held"];

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/mails").WithTags("Mails");
        group.MapGet("", ListAsync).WithSummary("Lists mails, latest first.").ProducesProblem(400);
        group.MapGet("/{id:guid}", GetAsync).WithSummary("Shows a mail; its links are masked.");
        group.MapGet("/{id:guid}/attachments/{position:int}", AttachmentAsync).WithSummary("Downloads a file that goes with a mail.")
            .Produces<byte[]>(200, ContentTypes.Unknown);
    }

    private static async Task<Results<Ok<ListPage<MailLine>>, ProblemHttpResult>> ListAsync(
        CurrentPerson caller, ListMails list, string? state, Guid? engagementId, Guid? clientId, Guid? instanceId, string? search, string? after, int? limit, CancellationToken cancellationToken)
    {
        if (state is not null && !States.Contains(state))
            return Refusal.BadRequest($"'state' is '{state}'. It must be one of {string.Join(", ", States)}.");
        MailFilter filter = new() { Viewer = caller.Viewer, State = state, EngagementId = engagementId, ClientId = clientId, InstanceId = instanceId, Search = search };
        return TypedResults.Ok(await list.ExecuteAsync(filter, after, Paging.Limit(limit), cancellationToken));
    }

    private static async Task<Results<Ok<MailDetail>, ProblemHttpResult>> GetAsync(Guid id, GetMail get, CancellationToken cancellationToken) =>
        await get.ExecuteAsync(id, cancellationToken) is { } mail ? TypedResults.Ok(mail) : Refusal.NotFound("mail", id);

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> AttachmentAsync(Guid id, int position, GetMailAttachment get, CancellationToken cancellationToken) =>
        await get.ExecuteAsync(id, position, cancellationToken) is var (name, content)
            ? TypedResults.File(content, ContentTypes.Unknown, FileNames.Clean(name))
            : Refusal.NotFound("attachment", $"{id:D}/{position}");
}
