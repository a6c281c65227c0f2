using System.Text.Json.Nodes;
using EngagementFlows.Engine.Values;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Scripts;
using EngagementFlows.Server.Api;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Security;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>What the Studio does with definitions beside saving them: publish, take back, delete, run, test.</summary>
internal static class DefinitionActEndpoints
{
    private const string InstanceHeader = "x-elsa-workflow-instance-id";
    private const string CannotStartHeader = "x-elsa-workflow-cannot-start";

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder manage = api.MapGroup("").RequireAuthorization(Policies.ManageDefinitions);
        manage.MapPost("/workflow-definitions/{definitionId}/publish", PublishAsync);
        manage.MapPost("/workflow-definitions/{definitionId}/retract", RetractAsync);
        manage.MapPost("/workflow-definitions/{definitionId}/revert/{version:int}", RevertAsync);
        manage.MapDelete("/workflow-definitions/{definitionId}", DeleteAsync);
        manage.MapDelete("/workflow-definition-versions/{versionId}", DeleteVersionAsync);
        manage.MapPost("/bulk-actions/publish/workflow-definitions/by-definition-ids", PublishManyAsync);
        manage.MapPost("/bulk-actions/retract/workflow-definitions/by-definition-ids", RetractManyAsync);
        manage.MapPost("/bulk-actions/delete/workflow-definitions/by-definition-id", DeleteManyAsync);
        manage.MapPost("/bulk-actions/delete/workflow-definitions/by-id", DeleteVersionsAsync);
        manage.MapPost("/tests/activities", TestActivityAsync);
        api.MapPost("/workflow-definitions/{definitionId}/execute", ExecuteAsync).RequireAuthorization(Policies.StartInstances);
    }

    private static async Task<IResult> PublishAsync(
        string definitionId, HttpContext context, CurrentPerson person, DesignActs acts, DesignDesk desk, LiveCatalogue catalogue, TimeProvider time, ServerOptions options)
    {
        Designer designer = DefinitionEndpoints.DesignerOf(context, person, time, options);
        if (await acts.PublishAsync(definitionId, designer, context.RequestAborted) is not { } published)
            return TypedResults.NotFound();
        // The list knows no refusal, and takes one for a broken program: its page tells why, and shows nothing of "published".
        DesignNotice.Tell(context, published.Answer.Notice, published.Answer.IsRefused ? string.Join(' ', published.Answer.Refusals) : null);
        if ((published.Answer.Version ?? await acts.LatestAsync(definitionId, context.RequestAborted)) is not { } version)
            return TypedResults.NotFound();
        int consumers = published.Answer.IsRefused ? 0 : ConsumingFlows.Of(definitionId, catalogue.Current).Count;
        return StudioJson.Answer(new SavedDefinition(DefinitionEndpoints.WithLinks(version, desk, designer), published.WasPublished, consumers));
    }

    private static async Task<IResult> RetractAsync(string definitionId, HttpContext context, CurrentPerson person, DesignActs acts, DesignDesk desk, TimeProvider time, ServerOptions options)
    {
        Designer designer = DefinitionEndpoints.DesignerOf(context, person, time, options);
        if (await acts.RetractAsync(definitionId, designer, context.RequestAborted) is not { } answer)
            return TypedResults.NotFound();
        return answer.Refusal(context) ?? DefinitionEndpoints.Shown(answer.Version, desk, designer);
    }

    private static async Task<IResult> RevertAsync(
        string definitionId, int version, HttpContext context, CurrentPerson person, DesignActs acts, DesignDesk desk, TimeProvider time, ServerOptions options)
    {
        Designer designer = DefinitionEndpoints.DesignerOf(context, person, time, options);
        DesignAnswer answer = await desk.RevertAsync(definitionId, version, designer, context.RequestAborted);
        // The history of versions knows no refusal, and takes one for a broken program: its page tells why, and the Studio opens what is newest still.
        DesignNotice.Tell(context, answer.Notice, answer.IsRefused ? string.Join(' ', answer.Refusals) : null);
        return (answer.Version ?? await acts.LatestAsync(definitionId, context.RequestAborted)) is { } shown
            ? StudioJson.Answer(DefinitionSummary.Of(shown, shown.Stored.Name ?? definitionId, mayEdit: true))
            : TypedResults.NotFound();
    }

    private static async Task<IResult> DeleteAsync(string definitionId, HttpContext context, CurrentPerson person, DesignActs acts, TimeProvider time, ServerOptions options) =>
        Deleted(context, await acts.DeleteAsync(definitionId, versionIds: null, DefinitionEndpoints.DesignerOf(context, person, time, options), context.RequestAborted));

    private static async Task<IResult> DeleteVersionAsync(string versionId, HttpContext context, CurrentPerson person, DesignActs acts, TimeProvider time, ServerOptions options) =>
        Deleted(context, await acts.DeleteAsync(definitionId: null, [versionId], DefinitionEndpoints.DesignerOf(context, person, time, options), context.RequestAborted));

    // The Studio knows 404 for what is gone already, and takes any other refusal for a broken program: the designer's page tells it by the header.
    private static IResult Deleted(HttpContext context, (int Deleted, IReadOnlyList<string> Refusals) outcome)
    {
        if (outcome is { Deleted: 0, Refusals.Count: 0 })
            return TypedResults.NotFound();
        if (outcome.Refusals.Count > 0)
            DesignNotice.Tell(context, DesignNotice.Refused, string.Join(' ', outcome.Refusals));
        return TypedResults.NoContent();
    }

    private static async Task<IResult> PublishManyAsync(HttpContext context, CurrentPerson person, DesignActs acts, TimeProvider time, ServerOptions options)
    {
        Designer designer = DefinitionEndpoints.DesignerOf(context, person, time, options);
        List<string> published = [], already = [], missing = [], refusals = [];
        bool waits = false;
        foreach (string definitionId in await IdsAsync(context, "definitionIds"))
        {
            if (await acts.PublishAsync(definitionId, designer, context.RequestAborted) is not { } outcome)
            {
                missing.Add(definitionId);
                continue;
            }

            waits |= outcome.Answer.Notice == DesignNotice.Submitted;
            if (outcome.Answer.IsRefused)
                refusals.AddRange(outcome.Answer.Refusals);
            else
                (outcome.WasPublished ? already : published).Add(definitionId);
        }

        Tell(context, refusals, waits ? DesignNotice.Submitted : DesignNotice.Published);
        return StudioJson.Answer(new { Published = published, AlreadyPublished = already, NotFound = missing, UpdatedConsumers = Array.Empty<string>() });
    }

    private static async Task<IResult> RetractManyAsync(HttpContext context, CurrentPerson person, DesignActs acts, TimeProvider time, ServerOptions options)
    {
        Designer designer = DefinitionEndpoints.DesignerOf(context, person, time, options);
        List<string> retracted = [], already = [], missing = [];
        foreach (string definitionId in await IdsAsync(context, "definitionIds"))
        {
            DesignAnswer? outcome = await acts.RetractAsync(definitionId, designer, context.RequestAborted);
            (outcome is null ? missing : outcome.IsRefused ? already : retracted).Add(definitionId);
        }

        Tell(context, [], DesignNotice.Retracted);
        return StudioJson.Answer(new { Retracted = retracted, AlreadyRetracted = already, NotFound = missing });
    }

    private static async Task<IResult> DeleteManyAsync(HttpContext context, CurrentPerson person, DesignActs acts, TimeProvider time, ServerOptions options)
    {
        Designer designer = DefinitionEndpoints.DesignerOf(context, person, time, options);
        int deleted = 0;
        List<string> refusals = [];
        foreach (string definitionId in await IdsAsync(context, "definitionIds"))
        {
            (int gone, IReadOnlyList<string> why) = await acts.DeleteAsync(definitionId, versionIds: null, designer, context.RequestAborted);
            deleted += gone > 0 ? 1 : 0;
            refusals.AddRange(why);
        }

        Tell(context, refusals, notice: null);
        return StudioJson.Answer(new { Deleted = deleted });
    }

    private static async Task<IResult> DeleteVersionsAsync(HttpContext context, CurrentPerson person, DesignActs acts, TimeProvider time, ServerOptions options)
    {
        Designer designer = DefinitionEndpoints.DesignerOf(context, person, time, options);
        int deleted = 0;
        List<string> refusals = [];
        foreach (string versionId in await IdsAsync(context, "ids"))
        {
            (int gone, IReadOnlyList<string> why) = await acts.DeleteAsync(definitionId: null, [versionId], designer, context.RequestAborted);
            deleted += gone;
            refusals.AddRange(why);
        }

        Tell(context, refusals, notice: null);
        return StudioJson.Answer(new { Deleted = deleted });
    }

    private static void Tell(HttpContext context, List<string> refusals, string? notice)
    {
        if (refusals.Count > 0)
            DesignNotice.Tell(context, DesignNotice.Refused, string.Join(' ', refusals.Distinct()));
        else if (notice is not null)
            DesignNotice.Tell(context, notice);
    }

    private static async Task<IResult> ExecuteAsync(
        string definitionId, HttpContext context, CurrentPerson person, DesignActs acts, TrialRuns runs, Confidentiality confidentiality, TimeProvider time, ServerOptions options)
    {
        JsonObject body = await DefinitionEndpoints.BodyAsync(context);
        string? correlationId = body.TextOf("correlationId");
        TextRules.Limit("correlationId", correlationId, 300);
        if (await acts.FindAsync(definitionId, body.TextOf("versionOptions"), context.RequestAborted) is not { } version
            || !await confidentiality.IsOpenAsync(person, correlationId, context.RequestAborted))
        {
            return TypedResults.NotFound();
        }

        object? input = new PlainObject();
        if (body["input"] is JsonObject given && !PlainJson.TryParse(given.ToJsonString(), out input))
            throw new BadHttpRequestException($"'input' nests deeper than {PlainJson.MostDepth} levels.");
        RunAnswer answer = await runs.StartAsync(
            version, correlationId, body.TextOf("triggerActivityId"), (PlainObject)input!, DefinitionEndpoints.DesignerOf(context, person, time, options), context.RequestAborted);
        // The Studio passes over any status but 200, and reads the headers alone.
        if (answer.InstanceId is { } instanceId)
        {
            context.Response.Headers[InstanceHeader] = instanceId.ToString("D");
        }
        else
        {
            context.Response.Headers[CannotStartHeader] = "true";
            DesignNotice.Tell(context, DesignNotice.CannotStart, answer.Refusal);
        }

        return StudioJson.Answer(new { });
    }

    private static async Task<IResult> TestActivityAsync(
        HttpContext context, CurrentPerson person, DesignActs acts, LiveCatalogue catalogue, TimeProvider time, ServerOptions options)
    {
        JsonObject body = await DefinitionEndpoints.BodyAsync(context);
        JsonObject? handle = body["workflowDefinitionHandle"] as JsonObject;
        Designer designer = DefinitionEndpoints.DesignerOf(context, person, time, options);
        DesignedVersion? version = handle.TextOf("definitionVersionId") is { } versionId ? await acts.ByIdAsync(versionId, context.RequestAborted)
            : handle.TextOf("definitionId") is { } definitionId ? await acts.FindAsync(definitionId, handle.TextOf("versionOptions"), context.RequestAborted)
            : null;
        if (version is null)
            return TypedResults.NotFound();
        try
        {
            string nodeId = (body["activityHandle"] as JsonObject).TextOf("activityNodeId") ?? "";
            return ActivityTest.Run(DefinitionNodes.Parse(version.Stored.Json), nodeId, catalogue.Current, time.GetUtcNow()) is { } tested
                ? StudioJson.Answer(tested)
                : StudioJson.Answer(Failed(designer.Reader.Say(DesignTexts.NoSuchActivity)));
        }
        catch (InvalidOperationException notAlone)
        {
            return StudioJson.Answer(Failed(designer.Reader.Say(DesignTexts.NotAlone, notAlone.Message)));
        }
    }

    private static TestedActivity Failed(string why) => new([], [], [], new("NotTested", why), "Faulted");

    private static async Task<string[]> IdsAsync(HttpContext context, string member) =>
        [.. ((await DefinitionEndpoints.BodyAsync(context)).ListOf(member) ?? []).Select(DefinitionNodes.TextOf).OfType<string>().Distinct()];
}
