using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Audit;
using EngagementFlows.Postgres.Bookmarks;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Scripts;
using EngagementFlows.Server.Api;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;
using HttpProtocol = EngagementFlows.Engine.Activities.Http.HttpProtocol;

namespace EngagementFlows.Server.HttpEndpoints;

/// <summary>Requests under <c>/http</c>: they start flows or resume what waits for them, and are answered after the commit.</summary>
internal static class HttpEndpointRoutes
{
    private const string CorrelationHeader = "X-Correlation-Id";
    private const int MostWaits = 100;
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

    // These never reach a flow: what identifies the caller is not the flow's business, and it would end in its state and journal.
    private static readonly HashSet<string> HiddenHeaders = new(StringComparer.OrdinalIgnoreCase) { "Authorization", "Cookie", "X-Api-Key", "Proxy-Authorization" };

    public static void MapHttpEndpoints(this IEndpointRouteBuilder routes) =>
        // Who may come is decided per path: the setting opens some to everybody.
        routes.MapMethods("/http/{**path}", Methods, ServeAsync).AllowAnonymous().DisableRequestTimeout().ExcludeFromDescription();

    private static async Task<IResult> ServeAsync(
        string? path, HttpContext context, FlowsEngine engine, FlowsDatabase database, LiveCatalogue catalogue, DatabaseClock clock, Confidentiality confidentiality, ServerOptions options)
    {
        string clean = (path ?? "").Trim('/');
        if (WhyNot(context, clean, options) is { } refusal)
            return refusal;
        HttpUpload body = await HttpUpload.ReadAsync(context);
        List<(Stimulus Stimulus, string Key)> targets = await FindTargetsAsync(context, clean, body, database, catalogue, clock, confidentiality);
        if (targets.Count == 0)
            return TypedResults.Problem($"No flow starts at or waits for {context.Request.Method} '/http/{clean}'.", statusCode: 404, title: "Nobody waits");
        if (targets.Count > 1)
        {
            return Refusal.Conflict(
                $"{targets.Count} flows start at or wait for {context.Request.Method} '/http/{clean}'. Send the header {CorrelationHeader} with the business key of the one that is meant.");
        }

        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(options.Http.Timeout);
        try
        {
            StimulusResult result = await engine.Gateway.SubmitAsync(targets[0].Stimulus, AuditOf(targets[0].Stimulus, context), patience.Token);
            return result.Kind == TransitionKind.Applied
                ? HttpEndpointAnswer.Of(result)
                : Refusal.Conflict(result.Message ?? "The flow no longer waits for this request.");
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return TypedResults.Problem(
                $"The flow did not answer within {options.Http.Timeout.TotalSeconds:0} s; it may still go on. EngagementFlows:Http:Timeout sets the limit.", statusCode: 504, title: "No answer in time");
        }
    }

    private static ProblemHttpResult? WhyNot(HttpContext context, string path, ServerOptions options)
    {
        bool isSafe = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (isSafe && !IsListed(options.Http.GetPaths, path))
        {
            return TypedResults.Problem(
                $"'/http/{path}' does not take {context.Request.Method}: a look must change nothing, and this starts a flow. EngagementFlows:Http:GetPaths lists the exceptions.", statusCode: 405, title: "Method not allowed");
        }

        if (IsListed(options.Http.AnonymousPaths, path))
            return null;
        return CurrentPerson.TryOf(context.User) switch
        {
            null => TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized),
            var person => person.May(Policies.StartInstances) ? null : TypedResults.Problem(statusCode: StatusCodes.Status403Forbidden),
        };
    }

    // Who is known by a key or a session is audited; a visitor of a path that is open to everybody stands in the journal alone.
    private static RequestRider? AuditOf(Stimulus stimulus, HttpContext context)
    {
        if (CurrentPerson.TryOf(context.User) is not { } caller)
            return null;
        return stimulus is StartRequested start
            ? InstanceActs.Audit(caller, "InstanceStarted", start.CorrelationId, start.DefinitionId, $"instance/{start.InstanceId:D}", detail: null)
            : new OnlyIfApplied(new AuditRider(new AuditEntry(AuditEntry.Administration, caller.Caller, "InstanceResumed", $"instance/{stimulus.InstanceId:D}", Detail: null)));
    }

    private static bool IsListed(IReadOnlyList<string> templates, string path) => templates.Any(template => RouteTemplate.Match(template, path) is not null);

    private static async Task<List<(Stimulus Stimulus, string Key)>> FindTargetsAsync(
        HttpContext context, string path, HttpUpload body, FlowsDatabase database, LiveCatalogue catalogue, DatabaseClock clock, Confidentiality confidentiality)
    {
        string method = context.Request.Method;
        string? correlation = context.Request.Headers.TryGetValue(CorrelationHeader, out StringValues given) ? given.ToString() : null;
        List<(Stimulus Stimulus, string Key)> targets = [];
        // What is closed to the caller does not wait for him, and starts nothing.
        CurrentPerson? caller = CurrentPerson.TryOf(context.User);
        if (!await confidentiality.IsOpenAsync(caller, correlation, context.RequestAborted))
            return targets;
        IReadOnlyList<HttpWait> waits = await FindHttpWaits.ExecuteAsync(database.Queries, method, path, MostWaits, context.RequestAborted);
        IReadOnlyList<Guid> closed = await confidentiality.ClosedAsync(caller, waits.Select(wait => wait.InstanceId), context.RequestAborted);
        foreach (HttpWait wait in waits.Where(wait => !closed.Contains(wait.InstanceId)))
        {
            if ((correlation is null || wait.CorrelationId == correlation) && Match(wait.Key, method, path) is { } values)
                targets.Add((new BookmarkResumed(wait.InstanceId, wait.BookmarkId, Input(context, path, values, body)), wait.Key));
        }

        foreach (Trigger trigger in catalogue.Current.Triggers.Where(trigger => trigger.Name == HttpProtocol.EndpointName))
        {
            // A request that names a business key is meant for what waits under it, if anything does.
            if ((correlation is null || targets.Count == 0) && Match(trigger.Key, method, path) is { } values)
            {
                targets.Add((new StartRequested(TimeOrderedId.Create(clock.Now), trigger.DefinitionId)
                {
                    DefinitionVersionId = trigger.DefinitionVersionId,
                    TriggerActivityId = trigger.ActivityId,
                    TriggerInput = Input(context, path, values, body),
                    CorrelationId = correlation,
                }, trigger.Key));
            }
        }

        // A path that is written out goes before one with parts to be filled in.
        return targets.Exists(target => !IsTemplate(target.Key)) ? targets.FindAll(target => !IsTemplate(target.Key)) : targets;
    }

    private static bool IsTemplate(string key) => key.Contains('{', StringComparison.Ordinal);

    private static PlainObject? Match(string key, string method, string path) =>
        key.StartsWith(method + " ", StringComparison.OrdinalIgnoreCase) ? RouteTemplate.Match(key[(method.Length + 1)..], path) : null;

    private static PlainObject Input(HttpContext context, string path, PlainObject routeData, HttpUpload body) => HttpProtocol.Request(
        context.Request.Method,
        path,
        routeData,
        Texts(context.Request.Query),
        Texts(context.Request.Headers.Where(header => !HiddenHeaders.Contains(header.Key))),
        context.Request.ContentType,
        body.Bytes,
        body.Fields,
        body.Files);

    private static PlainObject Texts(IEnumerable<KeyValuePair<string, StringValues>> values)
    {
        PlainObject texts = new();
        foreach ((string name, StringValues all) in values)
            texts[name] = all.Count > 1 ? new PlainList(all) : all.ToString();
        return texts;
    }
}
