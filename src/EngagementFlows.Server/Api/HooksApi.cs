using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Hooks;
using EngagementFlows.Postgres.Webhooks;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Api;

/// <summary>Doors through which other systems tell us something, signed: for administrators.</summary>
internal static class HooksApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/hooks").WithTags("Hooks").RequireAuthorization(Policies.ManageWebhooks);
        group.MapGet("", ListAsync).WithSummary("Lists hooks by name.").ProducesProblem(400);
        group.MapPost("", AddAsync).WithMetadata(TakesIdempotencyKey.Secret).WithSummary("Makes a hook and shows its secret and address, once.")
            .Produces<MadeHook>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(409);
        group.MapGet("/{name}", GetAsync).WithSummary("Shows a hook; its ETag is asked for by whoever changes it.");
        group.MapPut("/{name}", ChangeAsync).WithMetadata(TakesIfMatch.Required).WithSummary("Changes a hook, pauses or resumes it.")
            .Produces<Hook>().ProducesProblem(400).ProducesProblem(404);
        group.MapDelete("/{name}", RemoveAsync).WithMetadata(TakesIfMatch.Required).WithSummary("Removes a hook; messages to it are refused from now on.")
            .Produces(204).ProducesProblem(404);
        group.MapPost("/{name}/secret", NewSecretAsync).WithMetadata(TakesIfMatch.Required).WithSummary("Gives a hook another secret and shows it, once; the old one opens nothing more.")
            .Produces<ShownSecret>().ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<Ok<ListPage<Hook>>> ListAsync(ListHooks list, string? after, int? limit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await list.ExecuteAsync(after, Paging.Limit(limit), cancellationToken));

    private static async Task<IResult> AddAsync(
        JsonBody<HookRequest> body, HookDesk desk, ListHooks list, PublicAddresses addresses, CurrentPerson caller, RepeatedRequests repeated, HttpContext context)
    {
        HookRequest request = body.Value;
        if (!HookRules.IsName(request.Name))
            throw new BadHttpRequestException($"'name' is '{request.Name}'. It must be 1 to 63 small letters, digits and dashes, and begin with a letter or digit.");
        TextRules.Require("eventName", request.EventName, HookRules.LongestEventName);
        CheckPath(request.CorrelationPath);
        string secret = SecretOf(request.Secret);
        return await repeated.OnceAsync(body.Key, context, async keeper =>
        {
            bool isMade = await desk.AddAsync(
                request.Name!, request.EventName!, request.CorrelationPath, secret, caller.Caller,
                transaction => keeper.KeepWithoutSecretAsync(transaction, Made(request.Name!)), context.RequestAborted);
            if (!isMade)
                return Refusal.Conflict($"There is a hook '{request.Name}' already. Choose another name.");
            Hook hook = (await list.FindAsync(request.Name!, context.RequestAborted))!.Value.Hook;
            Precondition.Tell(context, $"{hook.Revision}");
            context.Response.Headers.Location = Site.Of(context).Link(Address(hook.Name));
            return ApiAnswer.Of(StatusCodes.Status201Created, new MadeHook(hook, $"{addresses.ForClients}{HookEndpoint.Path}/{hook.Name}", secret));
        });
    }

    private static async Task<Results<Ok<Hook>, ProblemHttpResult>> GetAsync(string name, ListHooks list, HttpContext context)
    {
        if (await list.FindAsync(name, context.RequestAborted) is not var (hook, _))
            return Refusal.NotFound("hook", name);
        Precondition.Tell(context, $"{hook.Revision}");
        return TypedResults.Ok(hook);
    }

    private static Task<IResult> ChangeAsync(string name, JsonBody<HookRequest> body, HookDesk desk, ListHooks list, CurrentPerson caller, Precondition precondition, HttpContext context)
    {
        HookRequest request = body.Value;
        TextRules.Require("eventName", request.EventName, HookRules.LongestEventName);
        CheckPath(request.CorrelationPath);
        if (request.State is not (null or Webhook.Active or Webhook.Paused))
            throw new BadHttpRequestException($"'state' is '{request.State}'. It must be {Webhook.Active} or {Webhook.Paused}.");
        if (request.Name is not null && request.Name != name)
            throw new BadHttpRequestException($"'name' is '{request.Name}', and the address names '{name}'. A hook keeps its name: make another one.");
        if (request.Secret is not null)
            throw new BadHttpRequestException($"'secret' cannot be changed here. POST /api/hooks/{name}/secret changes it.");
        HookChange change = new(request.EventName, SetsCorrelationPath: true, request.CorrelationPath, request.State);
        return ActAsync(name, list, precondition, context, revision => desk.ChangeAsync(name, revision, change, caller.Caller, context.RequestAborted), async () =>
        {
            Hook hook = (await list.FindAsync(name, context.RequestAborted))!.Value.Hook;
            Precondition.Tell(context, $"{hook.Revision}");
            return TypedResults.Ok(hook);
        });
    }

    private static Task<IResult> RemoveAsync(string name, HookDesk desk, ListHooks list, CurrentPerson caller, Precondition precondition, HttpContext context) => ActAsync(
        name, list, precondition, context, revision => desk.RemoveAsync(name, revision, caller.Caller, context.RequestAborted), () => Task.FromResult<IResult>(TypedResults.NoContent()));

    private static Task<IResult> NewSecretAsync(
        string name, JsonBody<SecretRequest> body, HookDesk desk, ListHooks list, CurrentPerson caller, Precondition precondition, HttpContext context)
    {
        string secret = SecretOf(body.Value.Secret);
        return ActAsync(
            name, list, precondition, context, revision => desk.SetSecretAsync(name, revision, secret, caller.Caller, context.RequestAborted),
            () => Task.FromResult<IResult>(TypedResults.Ok(new ShownSecret(secret))));
    }

    private static async Task<IResult> ActAsync(string name, ListHooks list, Precondition precondition, HttpContext context, Func<long, Task<bool>> act, Func<Task<IResult>> done)
    {
        string subject = HookDesk.OwnerOf(name);
        if (await list.FindAsync(name, context.RequestAborted) is not var (seen, _))
            return Refusal.NotFound("hook", name);
        if (await precondition.WhyNotAsync(context, $"{seen.Revision}", isRequired: true, AuditEntry.Administration, subject) is { } refused)
            return refused;
        return await act(seen.Revision) ? await done() : await precondition.ChangedAsync(context, "", AuditEntry.Administration, subject);
    }

    private static ShownOnce Made(string name) => new(
        $"This request made hook '{name}' already, and its secret was shown in the first answer only. If that answer was lost, POST {Address(name)}/secret gives another.", Address(name));

    private static string Address(string name) => $"/api/hooks/{name}";

    private static void CheckPath(string? path)
    {
        if (path is not null && !CorrelationPath.IsPath(path))
            throw new BadHttpRequestException($"'correlationPath' is '{path}'. It must be names and places such as data.order.id or items[0].key.");
    }

    private static string SecretOf(string? given) => HookRules.SecretOf(given)
        ?? throw new BadHttpRequestException($"'secret' is none. It must be '{WebhookSignature.SecretPrefix}' and 24 to 64 bytes in base64; left out, one is made.");
}

/// <summary>A hook to make, or how one is to be.</summary>
internal sealed record HookRequest
{
    /// <summary>Gets the last part of its address: small letters, digits and dashes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the event that a message becomes; must be given.</summary>
    public string? EventName { get; init; }

    /// <summary>Gets where in the message the business key stands, such as data.order.id. Left out = the event reaches all that wait for its name.</summary>
    public string? CorrelationPath { get; init; }

    /// <summary>Gets the sender's secret, if he dictates it. Left out = one is made.</summary>
    public string? Secret { get; init; }

    /// <summary>Gets whether messages are taken (active) or refused (paused); for changes only.</summary>
    public string? State { get; init; }
}

/// <summary>Another secret for a hook.</summary>
internal sealed record SecretRequest
{
    /// <summary>Gets the sender's secret, if he dictates it. Left out = one is made.</summary>
    public string? Secret { get; init; }
}

/// <param name="Hook">The hook.</param>
/// <param name="Url">Its address.</param>
/// <param name="Secret">What messages must be signed with; shown here only.</param>
internal sealed record MadeHook(Hook Hook, string Url, string Secret);
