using System.Text;
using System.Text.Json;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Expressions;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.Api;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;

namespace EngagementFlows.Server.Studio.Descriptors;

/// <summary>What the designer may draw with: activities, expressions, types and their words, in the language of the reader.</summary>
internal static class DescriptorEndpoints
{
    /// <summary>The header by which the designer's page may say which flow it shows; else the address of the page does.</summary>
    public const string FlowHeader = "X-EngagementFlows-Flow";

    private const string EditorPath = "/workflows/definitions/";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/features/installed", (Reader reader) => StudioJson.Answer(StudioVocabulary.Features(reader.Language)));
        api.MapPost("/scripting/javascript/type-definitions/{definitionId}", TypeDefinitionsAsync);
        RouteGroupBuilder group = api.MapGroup("/descriptors");
        group.MapGet("/activities", ActivitiesAsync);
        group.MapPost("/activities/{typeName}/options/{inputName}", OptionsAsync);
        group.MapGet("/expression-descriptors", (Reader reader) => StudioJson.Answer(StudioVocabulary.Expressions(reader.Language)));
        group.MapGet("/variables", (Reader reader) => StudioJson.Answer(StudioVocabulary.VariableTypes(reader.Language)));
        group.MapGet("/storage-drivers", (Reader reader) => StudioJson.Answer(StudioVocabulary.StorageDrivers(reader.Language)));
        group.MapGet("/workflow-activation-strategies", (Reader reader) => StudioJson.Answer(StudioVocabulary.ActivationStrategies(reader.Language)));
        group.MapGet("/incident-strategies", (Reader reader) => StudioJson.Answer(StudioVocabulary.IncidentStrategies(reader.Language)));
        // Nothing to choose: a burst is one commit, and the journal keeps everything.
        group.MapGet("/log-persistence-strategies", Nothing);
        group.MapGet("/commit-strategies/workflows", Nothing);
        group.MapGet("/commit-strategies/activities", Nothing);
        group.MapGet("/output-converters", Nothing);
    }

    private static IResult Nothing() => StudioJson.Answer(new StudioList<string>([]));

    // The browser sends the tag of what it has along by itself: mostly the answer is that nothing changed.
    private static async Task<IResult> ActivitiesAsync(HttpContext context, ActivityTexts texts, CurrentPerson person, Reader reader)
    {
        ActivityText text = await texts.OfAsync(FlowOf(context.Request), person, reader.Language, context.RequestAborted);
        IHeaderDictionary headers = context.Response.Headers;
        headers.CacheControl = "private, no-cache";
        headers.Vary = $"Accept-Encoding, Accept-Language, Cookie, Authorization, {FlowHeader}";
        headers.ETag = text.Tag;
        if (context.Request.Headers.IfNoneMatch.ToString().Contains(text.Tag, StringComparison.Ordinal))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        if (!AcceptsBrotli(context.Request))
            return TypedResults.Bytes(text.Json, "application/json; charset=utf-8");
        headers.ContentEncoding = "br";
        return TypedResults.Bytes(text.Brotli, "application/json; charset=utf-8");
    }

    private static async Task<IResult> OptionsAsync(string typeName, string inputName, HttpContext context, OptionDesk desk, CurrentPerson person, Reader reader)
    {
        using JsonDocument body = await BodyAsync(context);
        JsonElement values = body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("context", out JsonElement given) ? given : default;
        return await desk.OfAsync(typeName, inputName, values, FlowOf(context.Request), person, reader.Language, context.RequestAborted) is { } specification
            ? StudioJson.Answer(new { items = specification })
            : Refusal.NotFound("input", $"{typeName}.{inputName}");
    }

    private static async Task<IResult> TypeDefinitionsAsync(string definitionId, OptionDesk desk, ActivityCatalog activities, Reader reader, CancellationToken cancellationToken)
    {
        StoredDefinition? latest = await desk.LatestAsync(definitionId, cancellationToken);
        WorkflowDefinition? definition = latest is null ? null : DefinitionReader.Read(latest.Json, activities).Definition;
        return TypedResults.Text(ScriptDeclarations.Of(definition, reader.Language.Tag), "text/plain", Encoding.UTF8);
    }

    private static async Task<JsonDocument> BodyAsync(HttpContext context)
    {
        byte[] body = await RequestBody.ReadAsync(context);
        try
        {
            return JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body, new JsonDocumentOptions { MaxDepth = StudioJson.MaxDepth });
        }
        catch (JsonException fault)
        {
            throw new BadHttpRequestException("The body is not the JSON that is expected.", StatusCodes.Status400BadRequest, fault);
        }
    }

    // The Studio does not say for which flow it asks; the page from which it asks does.
    private static string? FlowOf(HttpRequest request)
    {
        if (request.Headers[FlowHeader].ToString() is { Length: > 0 } told)
            return Uri.UnescapeDataString(told);
        if (!Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out Uri? page) || page.AbsolutePath.IndexOf(EditorPath, StringComparison.Ordinal) is not (>= 0 and var at))
            return null;
        return Uri.UnescapeDataString(page.AbsolutePath[(at + EditorPath.Length)..].Split('/')[0]);
    }

    private static bool AcceptsBrotli(HttpRequest request) => request.GetTypedHeaders().AcceptEncoding
        .Any(encoding => encoding.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && encoding.Quality is null or > 0);
}
