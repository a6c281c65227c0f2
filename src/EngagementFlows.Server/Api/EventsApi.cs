using System.Text.Json;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Engine.Values;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Server.Security;

namespace EngagementFlows.Server.Api;

/// <summary>Facts that flows wait for or start from.</summary>
internal static class EventsApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/events", PublishAsync).WithTags("Events").RequireAuthorization(Policies.StartInstances).WithMetadata(TakesIdempotencyKey.Instance)
            .WithSummary("Publishes an event; it is stored before this answers.")
            .Produces<PublishedEvent>(StatusCodes.Status202Accepted).ProducesProblem(400).ProducesProblem(422);

    private static async Task<IResult> PublishAsync(
        JsonBody<EventRequest> body, CurrentPerson caller, FlowsEngine engine, RepeatedRequests repeated, DatabaseClock clock, Confidentiality confidentiality, HttpContext context)
    {
        EventRequest request = body.Value;
        TextRules.Require("name", request.Name, 300);
        TextRules.Limit("correlationId", request.CorrelationId, 300);
        if (!await confidentiality.IsOpenAsync(caller, request.CorrelationId, context.RequestAborted))
            return Refusal.NotFound("engagement", request.CorrelationId!);
        if (request.InstanceId is { } only && !await confidentiality.IsOpenAsync(caller, [only], context.RequestAborted))
            return Refusal.NotFound("instance", only);
        object? payload = request.Payload is { } given ? PlainJson.Read(given) : null;
        EventPublished published = new(TimeOrderedId.Create(clock.Now), request.Name!, request.CorrelationId, request.InstanceId, payload);
        // Whom it reaches is not part of the answer: a repetition would have to tell the same.
        ApiAnswer answer = ApiAnswer.Of(StatusCodes.Status202Accepted, new PublishedEvent(published.EventId));
        AuditRider audit = new(new AuditEntry(
            Guid.TryParse(request.CorrelationId, out Guid engagement) ? $"engagement/{engagement:D}" : AuditEntry.Administration,
            caller.Caller, "EventPublished", $"event/{published.EventId:D}", JsonSerializer.Serialize(new { name = request.Name, instance = request.InstanceId })));
        RequestRider rider = RepeatedRequests.RiderFor(body.Key, _ => answer) is { } kept ? RequestRider.All(kept, audit) : audit;
        EventResult result = await engine.Gateway.PublishAsync(published, rider, context.RequestAborted);
        if (result.RefusedBy is null)
            return answer;
        return await repeated.ReplayAsync(body.Key, result.RefusedBy, context) ?? Refusal.Conflict(result.RefusedBy);
    }
}

/// <summary>An event to publish.</summary>
internal sealed record EventRequest
{
    /// <summary>Gets the name, compared exactly; must be given.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the business key; only waits of instances with it are reached. Left out = all.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Gets the only instance that it reaches. Left out = all.</summary>
    public Guid? InstanceId { get; init; }

    /// <summary>Gets what the event brings along.</summary>
    public JsonElement? Payload { get; init; }
}

/// <param name="Id">The event's id.</param>
internal sealed record PublishedEvent(Guid Id);
