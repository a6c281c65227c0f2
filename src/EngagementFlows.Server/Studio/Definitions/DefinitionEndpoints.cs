using System.Text.Json;
using System.Text.Json.Nodes;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.Api;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>Definitions as the Studio lists, opens and saves them.</summary>
internal static class DefinitionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/workflow-definitions");
        group.MapGet("", ListAsync);
        group.MapGet("/by-definition-id/{definitionId}", GetAsync);
        group.MapGet("/by-id/{versionId}", GetVersionAsync);
        group.MapGet("/validation/is-name-unique", IsNameUniqueAsync);
        group.MapPost("", SaveAsync).RequireAuthorization(Policies.ManageDefinitions);
        group.MapPost("/import", ImportAsync).RequireAuthorization(Policies.ManageDefinitions);
        DefinitionActEndpoints.Map(api);
        DefinitionFileEndpoints.Map(api);
        DefinitionGraphEndpoints.Map(api);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, CurrentPerson person, FlowsDatabase database, TimeProvider time, ServerOptions options, [AsParameters] DefinitionQuery query)
    {
        Reader reader = PageReading.ReaderOf(context, time, options);
        int size = Math.Clamp(query.PageSize ?? DefinitionQuery.UsualSize, 1, DefinitionQuery.MostSize);
        // We have no flows that hide from people.
        (IReadOnlyList<DesignedLine> lines, long total) = query.IsSystem == true ? ([], 0)
            : await ListDesignedDefinitions.ExecuteAsync(database.Queries, query.Filter(reader.Language == Language.Chinese), (long)Math.Max(query.Page ?? 0, 0) * size, size, context.RequestAborted);
        bool mayEdit = person.May(Policies.ManageDefinitions);
        return StudioJson.Answer(new DefinitionList([.. lines.Select(line => DefinitionSummary.Of(line, mayEdit))], total, DefinitionLink.OfList(mayEdit)));
    }

    private static async Task<IResult> GetAsync(
        string definitionId, string? versionOptions, HttpContext context, CurrentPerson person, DesignActs acts, DesignDesk desk, TimeProvider time, ServerOptions options) =>
        Shown(await acts.FindAsync(definitionId, versionOptions, context.RequestAborted), desk, DesignerOf(context, person, time, options));

    private static async Task<IResult> GetVersionAsync(string versionId, HttpContext context, CurrentPerson person, DesignActs acts, DesignDesk desk, TimeProvider time, ServerOptions options) =>
        Shown(await acts.ByIdAsync(versionId, context.RequestAborted), desk, DesignerOf(context, person, time, options));

    private static async Task<IResult> IsNameUniqueAsync(string? name, string? definitionId, FlowsDatabase database, CancellationToken cancellationToken) =>
        StudioJson.Answer(new { IsUnique = !await IsDefinitionNameTaken.ExecuteAsync(database.Queries, name?.Trim() ?? "", definitionId, cancellationToken) });

    private static async Task<IResult> SaveAsync(HttpContext context, CurrentPerson person, DesignDesk desk, DesignActs acts, LiveCatalogue catalogue, TimeProvider time, ServerOptions options)
    {
        JsonObject body = await BodyAsync(context);
        if (body["model"] is not JsonObject model)
            return DesignAnswer.BadRequest(["The body has no 'model'. Send {\"model\": {…}, \"publish\": false} with the definition in it."]);
        Designer designer = DesignerOf(context, person, time, options);
        DesignAnswer answer = await desk.SaveAsync(model, EditorSave.Of(context.Request), designer, context.RequestAborted);
        if (answer.Refusal(context) is { } refusal)
            return refusal;
        bool wasPublished = false;
        if (body.FlagOf("publish") == true && answer.Notice != DesignNotice.Late)
        {
            // The save is stored whatever becomes of its publication.
            if (await acts.PublishAsync(answer.Version!.Stored.DefinitionId, designer, context.RequestAborted) is not { } published)
                return DesignAnswer.BadRequest([designer.Reader.Say(DesignTexts.Gone, model.TextOf("name") ?? "")]);
            (answer, wasPublished) = published;
            if (answer.Refusal(context) is { } notPublished)
                return notPublished;
        }

        int consumers = body.FlagOf("publish") == true ? ConsumingFlows.Of(answer.Version!.Stored.DefinitionId, catalogue.Current).Count : 0;
        return StudioJson.Answer(new SavedDefinition(WithLinks(answer.Version!, desk, designer), wasPublished, consumers));
    }

    private static async Task<IResult> ImportAsync(HttpContext context, CurrentPerson person, DesignDesk desk, TimeProvider time, ServerOptions options)
    {
        JsonObject sent = await BodyAsync(context);
        Designer designer = DesignerOf(context, person, time, options);
        DesignAnswer answer = await desk.ImportAsync(sent, designer, context.RequestAborted);
        return answer.Refusal(context) ?? Shown(answer.Version, desk, designer);
    }

    /// <summary>Reads a body that is a JSON object.</summary>
    /// <exception cref="BadHttpRequestException">It is none, is too large, or holds what is no text.</exception>
    public static async Task<JsonObject> BodyAsync(HttpContext context)
    {
        byte[] body = await RequestBody.ReadAsync(context);
        RequestBody.RefuseUnstorable(body);
        try
        {
            return body.Length == 0 ? [] : DefinitionNodes.Parse(System.Text.Encoding.UTF8.GetString(body));
        }
        catch (JsonException fault)
        {
            throw new BadHttpRequestException($"The body is not the JSON that is expected: {fault.Message}", StatusCodes.Status400BadRequest, fault);
        }
    }

    public static Designer DesignerOf(HttpContext context, CurrentPerson person, TimeProvider time, ServerOptions options) => new(person, PageReading.ReaderOf(context, time, options));

    /// <summary>Answers with a definition, or 404 without one.</summary>
    public static IResult Shown(DesignedVersion? version, DesignDesk desk, Designer designer) =>
        version is null ? TypedResults.NotFound() : StudioJson.Answer(WithLinks(version, desk, designer));

    public static JsonObject WithLinks(DesignedVersion version, DesignDesk desk, Designer designer)
    {
        JsonObject shown = desk.Show(version, designer.Reader);
        // Without the link the Studio's editor only shows.
        shown["links"] = JsonSerializer.SerializeToNode(DefinitionLink.Of(version.Stored.DefinitionId, designer.Person.May(Policies.ManageDefinitions) && version.Stored.State != "trial"), StudioJson.Options);
        return shown;
    }
}

/// <summary>What the Studio asks of the list; names in any case, pages from 0.</summary>
internal sealed class DefinitionQuery
{
    public const int UsualSize = 50;
    public const int MostSize = 1_000;

    [FromQuery]
    public string? VersionOptions { get; init; }

    [FromQuery]
    public int? Page { get; init; }

    [FromQuery]
    public int? PageSize { get; init; }

    [FromQuery]
    public string? SearchTerm { get; init; }

    [FromQuery]
    public bool? IsSystem { get; init; }

    [FromQuery]
    public string? OrderBy { get; init; }

    [FromQuery]
    public string? OrderDirection { get; init; }

    [FromQuery]
    public string[]? DefinitionIds { get; init; }

    [FromQuery]
    public string[]? Ids { get; init; }

    public DesignedFilter Filter(bool inChinese)
    {
        VersionOptions wanted = Definitions.VersionOptions.Of(VersionOptions);
        string order = OrderBy?.ToUpperInvariant() switch { "NAME" => "name", "VERSION" => "version", _ => "created" };
        bool isDescending = OrderDirection is null ? order == "created" : OrderDirection.StartsWith("desc", StringComparison.OrdinalIgnoreCase);
        return new(
            wanted.Only, wanted.Version, DefinitionIds is { Length: > 0 } ? DefinitionIds : null, Ids is { Length: > 0 } ? Ids : null,
            string.IsNullOrWhiteSpace(SearchTerm) ? null : SearchTerm.Trim(), inChinese, order, isDescending);
    }
}

/// <summary>A page of the list.</summary>
internal sealed record DefinitionList(IReadOnlyList<DefinitionSummary> Items, long TotalCount, IReadOnlyList<DefinitionLink> Links);

/// <summary>A line of the list.</summary>
internal sealed record DefinitionSummary(
    string Id, string DefinitionId, string Name, string? Description, int Version, bool IsLatest, bool IsPublished, DateTimeOffset CreatedAt, string MaterializerName,
    bool IsMaterializerAvailable, string State, IReadOnlyList<DefinitionLink> Links)
{
    public static DefinitionSummary Of(DesignedLine line, bool mayEdit) => new(
        line.Id, line.DefinitionId, line.Name, line.Description, line.Version, line.IsLatest, line.State == "published", line.CreatedAt, "Json", IsMaterializerAvailable: true, line.State,
        DefinitionLink.Of(line.DefinitionId, mayEdit && line.State != "trial"));

    public static DefinitionSummary Of(DesignedVersion version, string name, bool mayEdit) => Of(
        new DesignedLine(version.Stored.Id, version.Stored.DefinitionId, version.Stored.Version, name, null, version.Stored.State, version.IsLatest, version.Stored.CreatedAt), mayEdit);
}

/// <summary>What the Studio may do; it reads <paramref name="Rel"/> alone, and without <c>publish</c> shows everything read-only.</summary>
internal sealed record DefinitionLink(string Href, string Rel, string Method)
{
    public static IReadOnlyList<DefinitionLink> Of(string definitionId, bool mayEdit)
    {
        string path = Uri.EscapeDataString(definitionId);
        DefinitionLink self = new($"/workflow-definitions/by-definition-id/{path}", "self", "GET");
        return mayEdit ? [self, new($"/workflow-definitions/{path}/publish", "publish", "POST")] : [self];
    }

    public static IReadOnlyList<DefinitionLink> OfList(bool mayEdit)
    {
        DefinitionLink self = new("/workflow-definitions", "self", "GET");
        return mayEdit ? [self, new("/bulk-actions/publish/workflow-definitions/by-definition-ids", "bulk-publish", "POST")] : [self];
    }
}

/// <summary>The answer to a save or a publication.</summary>
internal sealed record SavedDefinition(JsonObject WorkflowDefinition, bool AlreadyPublished, int ConsumingWorkflowCount);
