using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Values;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Hooks;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Webhooks;
using EngagementFlows.Server.Api;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;

namespace EngagementFlows.Server.Webhooks;

/// <summary>Takes signed messages of other systems and publishes each as an event, once.</summary>
/// <remarks>Nothing of a message is looked at before its signature is right; a name that nobody set up answers like a wrong signature.</remarks>
internal static class HookEndpoint
{
    public const string Path = "/hooks";
    private const int MaxBodyBytes = 256 * 1024;
    private const int LongestId = 200;

    // Compared with in place of the secret of a hook that is not there, so that both take the same time.
    private static readonly byte[] NobodysKey = RandomNumberGenerator.GetBytes(32);

    public static void Map(IEndpointRouteBuilder routes, ServerOptions options) =>
        routes.MapPost(Path + "/{name}", ReceiveAsync).AllowAnonymous().WithTags("Hooks")
            .WithMetadata(new BodyLimit(Math.Min(MaxBodyBytes, options.Api.MaxBodyBytes)))
            .WithSummary("Takes a signed message and publishes it as the event that the hook names; the same webhook-id again gets the first answer again.")
            .Accepts<object>("application/json").Produces<HookAnswer>()
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(404).ProducesProblem(413).ProducesProblem(422).ProducesProblem(503);

    private static async Task<IResult> ReceiveAsync(
        string name, HttpContext context, ListHooks hooks, SealedSecrets secrets, FlowsEngine engine, RepeatedRequests repeated, DatabaseClock clock, Confidentiality confidentiality)
    {
        byte[] body = await RequestBody.ReadAsync(context);
        (Hook Hook, string Secret)? found = await hooks.FindAsync(name, context.RequestAborted);
        byte[] key = found is var (hook, secret) ? WebhookSignature.KeyOf(secrets.Open(HookDesk.OwnerOf(hook.Name), secret))! : NobodysKey;
        string id = Header(context, WebhookSignature.IdHeader);
        bool isGenuine = WebhookSignature.IsGenuine(
            key, id, Header(context, WebhookSignature.TimestampHeader), Header(context, WebhookSignature.SignatureHeader), body, clock.Now);
        if (!isGenuine || found is null || id.Length is 0 or > LongestId || id.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return NotGenuine();
        return found.Value.Hook.State == Webhook.Paused
            ? Paused(context, name)
            : await PublishAsync(found.Value.Hook, id, body, engine, repeated, clock, confidentiality, context);
    }

    private static async Task<IResult> PublishAsync(
        Hook hook, string id, byte[] body, FlowsEngine engine, RepeatedRequests repeated, DatabaseClock clock, Confidentiality confidentiality, HttpContext context)
    {
        RequestBody.RefuseUnstorable(body);
        using JsonDocument message = Parse(body);
        string? correlation = null;
        if (hook.CorrelationPath is { } path)
        {
            correlation = CorrelationPath.Find(message.RootElement, path);
            // An event without its key would reach everybody who waits for its name.
            if (correlation is null)
                return Refusal.Unprocessable("No business key", $"The message has no text or number of 1 to {CorrelationPath.LongestKey} characters at '{path}', where hook '{hook.Name}' looks for the business key.");
            // A system is nobody's reader, whoever set the hook up.
            if (!await confidentiality.IsOpenAsync(caller: null, correlation, context.RequestAborted))
                return Refusal.NotFound("engagement", correlation);
        }

        EventPublished published = new(TimeOrderedId.Create(clock.Now), hook.EventName, correlation, LocalInstanceId: null, PlainJson.Read(message.RootElement));
        ApiAnswer answer = ApiAnswer.Of(StatusCodes.Status200OK, new HookAnswer(published.EventId));
        // The id alone says that it is the same message: a sender may write the same one differently when he repeats it.
        IdempotencyKey once = new($"hook:{hook.Name}", id, SHA256.HashData(Encoding.UTF8.GetBytes(id)));
        EventResult result = await engine.Gateway.PublishAsync(published, RepeatedRequests.RiderFor(once, _ => answer), context.RequestAborted);
        if (result.RefusedBy is null)
            return answer;
        return await repeated.ReplayAsync(once, result.RefusedBy, context) ?? Refusal.Conflict(result.RefusedBy);
    }

    private static JsonDocument Parse(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = ApiJson.MaxDepth, AllowDuplicateProperties = false });
        }
        catch (JsonException fault)
        {
            throw new BadHttpRequestException("The body is not the JSON that is expected.", StatusCodes.Status400BadRequest, fault);
        }
    }

    private static string Header(HttpContext context, string name) => context.Request.Headers[name] is { Count: 1 } values ? values.ToString() : "";

    private static ProblemHttpResult NotGenuine() => TypedResults.Problem(
        $"The message is not signed as this address asks for. Send {WebhookSignature.IdHeader}, {WebhookSignature.TimestampHeader} (seconds, at most {WebhookSignature.Tolerance.TotalMinutes:0} minutes from now) and {WebhookSignature.SignatureHeader} ('v1,' and the HMAC-SHA-256 of id.timestamp.body in base64) under the hook's secret.",
        statusCode: StatusCodes.Status401Unauthorized, title: "Not signed");

    private static ProblemHttpResult Paused(HttpContext context, string name)
    {
        context.Response.Headers.RetryAfter = "600";
        return TypedResults.Problem($"The hook '{name}' is paused. Send the message again later.", statusCode: StatusCodes.Status503ServiceUnavailable, title: "Hook paused");
    }

    private sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}

/// <param name="EventId">The event that the message became.</param>
internal sealed record HookAnswer(Guid EventId);
