using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Webhooks;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Api;

/// <summary>Other systems that are told facts, signed: for administrators.</summary>
internal static class WebhooksApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/webhooks").WithTags("Webhooks").RequireAuthorization(Policies.ManageWebhooks);
        group.MapGet("", ListAsync).WithSummary("Lists webhooks in the order in which they were made, with how their deliveries stand.").ProducesProblem(400);
        group.MapPost("", AddAsync).WithMetadata(TakesIdempotencyKey.Secret).WithSummary("Makes a webhook and shows its secret, once; it is told what happens from now on.")
            .Produces<MadeWebhook>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(422);
        group.MapGet("/{id:guid}", GetAsync).WithSummary("Shows a webhook; its ETag is asked for by whoever changes it.");
        group.MapPut("/{id:guid}", ChangeAsync).WithMetadata(TakesIfMatch.Required).WithSummary("Changes a webhook, pauses or resumes it; what is left out stays.")
            .Produces<WebhookLine>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
        group.MapDelete("/{id:guid}", RemoveAsync).WithMetadata(TakesIfMatch.Required).WithSummary("Removes a webhook; what waits for it is given up.")
            .Produces(204).ProducesProblem(404);
        group.MapPost("/{id:guid}/secret", NewSecretAsync).WithMetadata(TakesIfMatch.Required).WithSummary("Gives a webhook a new secret and shows it, once; the old one signs nothing more.")
            .Produces<ShownSecret>().ProducesProblem(404);
        group.MapPost("/{id:guid}/test", TestAsync).WithMetadata(TakesIdempotencyKey.Instance).WithSummary("Sends a message of kind webhook.test.").Produces<SentMessage>(StatusCodes.Status202Accepted).ProducesProblem(404);
        group.MapGet("/{id:guid}/deliveries", ListDeliveriesAsync).WithSummary("Lists what was sent to a webhook and what it answered, newest first.").ProducesProblem(400);
        group.MapPost("/{id:guid}/deliveries/{deliveryId:guid}/redeliver", RedeliverAsync).WithMetadata(TakesIdempotencyKey.Instance)
            .WithSummary("Sends a delivery that has ended once more, under the same event id.").Produces(StatusCodes.Status202Accepted).ProducesProblem(404);
    }

    private static async Task<Ok<ListPage<WebhookLine>>> ListAsync(ListWebhooks list, string? after, int? limit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await list.ExecuteAsync(after, Paging.Limit(limit), cancellationToken));

    private static async Task<IResult> AddAsync(
        JsonBody<WebhookRequest> body, WebhookDesk desk, ListWebhooks list, CurrentPerson caller, RepeatedRequests repeated, HttpContext context)
    {
        WebhookRequest request = body.Value;
        TextRules.Require("name", request.Name, 200);
        TextRules.Require("url", request.Url, 2_000);
        if (request.Kinds is null)
            throw new BadHttpRequestException($"'kinds' is missing. It must name one or more of {string.Join(", ", WebhookKinds.All)}.");
        if (Faults(request, desk) is { } faulty)
            return faulty;
        return await repeated.OnceAsync(body.Key, context, async keeper =>
        {
            (Guid id, string secret) = await desk.AddAsync(
                request.Name!, request.Url!, [.. request.Kinds.Distinct()], caller.Caller, (transaction, made) => keeper.KeepWithoutSecretAsync(transaction, Made(made)), context.RequestAborted);
            WebhookLine line = (await list.FindAsync(id, context.RequestAborted))!;
            Precondition.Tell(context, Tag(line));
            context.Response.Headers.Location = Site.Of(context).Link(Address(id));
            return ApiAnswer.Of(StatusCodes.Status201Created, new MadeWebhook(line.Webhook, secret));
        });
    }

    private static async Task<Results<Ok<WebhookLine>, ProblemHttpResult>> GetAsync(Guid id, ListWebhooks list, HttpContext context)
    {
        if (await list.FindAsync(id, context.RequestAborted) is not { } webhook)
            return Refusal.NotFound("webhook", id);
        Precondition.Tell(context, Tag(webhook));
        return TypedResults.Ok(webhook);
    }

    private static async Task<IResult> ChangeAsync(
        Guid id, JsonBody<WebhookRequest> body, WebhookDesk desk, ListWebhooks list, CurrentPerson caller, Precondition precondition, HttpContext context)
    {
        WebhookRequest request = body.Value;
        TextRules.Limit("name", request.Name, 200);
        TextRules.Limit("url", request.Url, 2_000);
        if (request.State is not (null or Webhook.Active or Webhook.Paused))
            throw new BadHttpRequestException($"'state' is '{request.State}'. It must be {Webhook.Active} or {Webhook.Paused}.");
        if (request.Name is { } name && string.IsNullOrWhiteSpace(name))
            throw new BadHttpRequestException("'name' is blank. Leave it out to keep it.");
        if (Faults(request, desk) is { } faulty)
            return faulty;
        WebhookChange change = new(request.Name, request.Url, request.Kinds is null ? null : [.. request.Kinds.Distinct()], request.State);
        return await ActAsync(id, list, precondition, context, revision => desk.ChangeAsync(id, revision, change, caller.Caller, context.RequestAborted), async () =>
        {
            WebhookLine changed = (await list.FindAsync(id, context.RequestAborted))!;
            Precondition.Tell(context, Tag(changed));
            return TypedResults.Ok(changed);
        });
    }

    private static Task<IResult> RemoveAsync(Guid id, WebhookDesk desk, ListWebhooks list, CurrentPerson caller, Precondition precondition, HttpContext context) => ActAsync(
        id, list, precondition, context, revision => desk.RemoveAsync(id, revision, caller.Caller, context.RequestAborted), () => Task.FromResult<IResult>(TypedResults.NoContent()));

    private static async Task<IResult> NewSecretAsync(Guid id, WebhookDesk desk, ListWebhooks list, CurrentPerson caller, Precondition precondition, HttpContext context)
    {
        string? secret = null;
        return await ActAsync(
            id, list, precondition, context,
            async revision => (secret = await desk.NewSecretAsync(id, revision, caller.Caller, context.RequestAborted)) is not null,
            () => Task.FromResult<IResult>(TypedResults.Ok(new ShownSecret(secret!))));
    }

    private static async Task<IResult> TestAsync(Guid id, WebhookDesk desk, CurrentPerson caller, RepeatedRequests repeated, HttpContext context)
    {
        return await repeated.OnceAsync(await IdempotencyKey.ReadAsync(context), context, async keeper =>
            await desk.TestAsync(id, caller.Caller, (transaction, sent) => keeper.KeepAsync(transaction, Answer(sent)), context.RequestAborted) is { } sent
                ? Answer(sent)
                : Refusal.NotFound("webhook", id));

        static ApiAnswer Answer(Guid sent) => ApiAnswer.Of(StatusCodes.Status202Accepted, new SentMessage(sent));
    }

    private static async Task<Results<Ok<ListPage<WebhookDelivery>>, ProblemHttpResult>> ListDeliveriesAsync(
        Guid id, ListWebhooks webhooks, ListWebhookDeliveries list, string? after, int? limit, CancellationToken cancellationToken) =>
        await webhooks.FindAsync(id, cancellationToken) is null
            ? Refusal.NotFound("webhook", id)
            : TypedResults.Ok(await list.ExecuteAsync(id, after, Paging.Limit(limit), cancellationToken));

    private static async Task<IResult> RedeliverAsync(Guid id, Guid deliveryId, WebhookDesk desk, CurrentPerson caller, RepeatedRequests repeated, HttpContext context)
    {
        ApiAnswer accepted = ApiAnswer.Empty(StatusCodes.Status202Accepted);
        return await repeated.OnceAsync(await IdempotencyKey.ReadAsync(context), context, async keeper =>
            await desk.RedeliverAsync(id, deliveryId, caller.Caller, transaction => keeper.KeepAsync(transaction, accepted), context.RequestAborted)
                ? accepted
                : Refusal.NotFound("delivery that has ended", deliveryId));
    }

    private static async Task<IResult> ActAsync(
        Guid id, ListWebhooks list, Precondition precondition, HttpContext context, Func<long, Task<bool>> act, Func<Task<IResult>> done)
    {
        string subject = WebhookDesk.OwnerOf(id);
        if (await list.FindAsync(id, context.RequestAborted) is not { } seen)
            return Refusal.NotFound("webhook", id);
        if (await precondition.WhyNotAsync(context, Tag(seen), isRequired: true, AuditEntry.Administration, subject) is { } refused)
            return refused;
        return await act(seen.Webhook.Revision) ? await done() : await precondition.ChangedAsync(context, "", AuditEntry.Administration, subject);
    }

    private static ProblemHttpResult? Faults(WebhookRequest request, WebhookDesk desk)
    {
        if (request.Kinds is { } kinds && (kinds.Count == 0 || kinds.FirstOrDefault(kind => !WebhookKinds.All.Contains(kind)) is not null))
        {
            string found = kinds.FirstOrDefault(kind => !WebhookKinds.All.Contains(kind)) ?? "";
            return Refusal.Unprocessable("Unknown kind", $"'kinds' holds '{found}'. It must name one or more of {string.Join(", ", WebhookKinds.All)}.");
        }

        return request.Url is { } url && desk.WhyNot(url) is { } why ? Refusal.Unprocessable("Address refused", why) : null;
    }

    private static ShownOnce Made(Guid id) => new(
        $"This request made webhook '{id}' already, and its secret was shown in the first answer only. If that answer was lost, POST {Address(id)}/secret gives another.", Address(id));

    private static string Address(Guid id) => $"/api/webhooks/{id}";

    private static string Tag(WebhookLine line) => $"{line.Webhook.Revision}";
}

/// <summary>A webhook to make, or what changes of one.</summary>
internal sealed record WebhookRequest
{
    /// <summary>Gets the name for people.</summary>
    public string? Name { get; init; }

    /// <summary>Gets where facts go; its host must be allowed by EngagementFlows:Outbound:AllowedHosts.</summary>
    public string? Url { get; init; }

    /// <summary>Gets which facts.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>Gets whether facts go out (active) or wait (paused); for changes only.</summary>
    public string? State { get; init; }
}

/// <param name="Webhook">The webhook.</param>
/// <param name="Secret">What its messages are signed with; shown here only.</param>
internal sealed record MadeWebhook(Webhook Webhook, string Secret);

/// <param name="Secret">The secret; shown here only.</param>
internal sealed record ShownSecret(string Secret);

/// <param name="EventId">The id under which the receiver sees it.</param>
internal sealed record SentMessage(Guid EventId);
