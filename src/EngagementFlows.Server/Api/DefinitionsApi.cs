using System.Text;
using System.Text.Json;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.Definitions;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace EngagementFlows.Server.Api;

/// <summary>Workflow definitions in Elsa's JSON: list, look, import, export, validate, submit, publish.</summary>
internal static class DefinitionsApi
{
    private const int MostComment = 2000;

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/definitions").WithTags("Definitions");
        group.MapGet("", ListAsync).WithSummary("Lists all versions, the newest of each definition first.").ProducesProblem(400);
        group.MapGet("/{definitionId}", GetAsync).WithSummary("Lists the versions of one definition, newest first.").ProducesProblem(400);
        group.MapGet("/versions/{versionId}", GetVersionAsync).WithSummary("Shows a version; its ETag may be asked for by whoever submits, publishes or retracts it.");
        group.MapGet("/{definitionId}/export", ExportAsync).WithSummary("Gives the JSON of the published version, or of another.")
            .Produces<JsonElement>().ProducesProblem(404);
        RouteGroupBuilder manage = group.MapGroup("").RequireAuthorization(Policies.ManageDefinitions);
        manage.MapPost("/import", ImportAsync).WithMetadata(TakesIdempotencyKey.Instance)
            .WithSummary("Stores a definition as a draft; content that is stored already makes no new version.")
            .Accepts<object>("application/json").Produces<ImportedDefinition>(StatusCodes.Status201Created).Produces<ImportedDefinition>().ProducesProblem(422);
        group.MapPost("/validate", ValidateAsync).WithSummary("Lists all that is wrong with a definition; stores nothing.").Accepts<object>("application/json").ProducesProblem(400);
        manage.MapPost("/versions/{versionId}/submit", SubmitAsync).WithMetadata(TakesIfMatch.Optional).WithSummary("Asks for a draft's publication by somebody else.")
            .Produces(204).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        RouteGroupBuilder approve = group.MapGroup("").RequireAuthorization(Policies.ApproveDefinitions);
        approve.MapPost("/versions/{versionId}/return", ReturnAsync).WithMetadata(TakesIfMatch.Optional).WithSummary("Gives a submitted version back to its author, with a comment.")
            .Produces(204).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        approve.MapPost("/versions/{versionId}/publish", PublishAsync).WithMetadata(TakesIfMatch.Optional).WithSummary("Publishes a version that somebody else submitted; refuses with all its faults at once.")
            .Produces(204).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        manage.MapPost("/versions/{versionId}/retract", RetractAsync).WithMetadata(TakesIfMatch.Optional)
            .WithSummary("Takes a version back: a submitted one is a draft again; a published one is retired, nothing starts from it any more, and what runs goes on.")
            .Produces(204).ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<Ok<ListPage<DefinitionVersion>>> ListAsync(FlowsDatabase database, bool? published, string? after, int? limit, CancellationToken cancellationToken) =>
        TypedResults.Ok(Versions(await ListDefinitionVersions.ExecuteAsync(database.Queries, definitionId: null, published == true, after, Paging.Limit(limit), cancellationToken)));

    private static async Task<Results<Ok<ListPage<DefinitionVersion>>, ProblemHttpResult>> GetAsync(
        string definitionId, FlowsDatabase database, string? after, int? limit, CancellationToken cancellationToken)
    {
        ListPage<StoredDefinition> versions = await ListDefinitionVersions.ExecuteAsync(database.Queries, definitionId, onlyPublished: false, after, Paging.Limit(limit), cancellationToken);
        return versions.Items.Count == 0 && string.IsNullOrEmpty(after) ? Refusal.NotFound("definition", definitionId) : TypedResults.Ok(Versions(versions));
    }

    private static async Task<Results<Ok<DefinitionVersion>, ProblemHttpResult>> GetVersionAsync(string versionId, DefinitionDesk desk, HttpContext context)
    {
        if (await desk.FindAsync(versionId, context.RequestAborted) is not { } stored)
            return Refusal.NotFound("version", versionId);
        Precondition.Tell(context, Tag(stored));
        return TypedResults.Ok(DefinitionVersion.Of(stored));
    }

    private static async Task<IResult> ExportAsync(string definitionId, int? version, FlowsDatabase database, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredDefinition> versions = await ListDefinitions.ExecuteAsync(database.Queries, definitionId, onlyPublished: false, cancellationToken);
        StoredDefinition? wanted = version is null
            ? versions.FirstOrDefault(stored => stored.State == "published") ?? (versions.Count > 0 ? versions[0] : null)
            : versions.FirstOrDefault(stored => stored.Version == version);
        return wanted is null
            ? Refusal.NotFound("definition", version is null ? definitionId : $"{definitionId} version {version}")
            : TypedResults.File(Encoding.UTF8.GetBytes(wanted.Json), "application/json", $"{FileName(definitionId)}.json");
    }

    private static async Task<IResult> ImportAsync(
        HttpContext context, CurrentPerson person, DefinitionDesk desk, FlowsDatabase database, RepeatedRequests repeated)
    {
        byte[] json = await DefinitionBody.ReadAsync(context);
        IdempotencyKey? key = IdempotencyKey.Of(context, json);
        (WorkflowDefinition? definition, IReadOnlyList<DefinitionFault> faults) = await desk.CheckBesideLatestAsync(json, context.RequestAborted);
        if (definition is null)
            return Refusal.Unprocessable("Definition refused", faults.Count > 0 ? faults[0].Message : "The definition cannot be read.", "faults", faults);
        return await repeated.OnceAsync(key, context, async keeper =>
        {
            await using NpgsqlConnection connection = await database.Queries.OpenConnectionAsync(context.RequestAborted);
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(context.RequestAborted);
            (string versionId, bool isNew) = await desk.StoreAsync(transaction, definition, assets: null, person.Caller, context.RequestAborted);
            ApiAnswer answer = ApiAnswer.Of(isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK, new ImportedDefinition(definition.DefinitionId, versionId, isNew, faults));
            await keeper.KeepAsync(transaction, answer);
            await transaction.CommitAsync(context.RequestAborted);
            return answer;
        });
    }

    private static async Task<Ok<DefinitionCheck>> ValidateAsync(HttpContext context, DefinitionDesk desk)
    {
        (WorkflowDefinition? definition, IReadOnlyList<DefinitionFault> faults) = await desk.CheckBesideLatestAsync(await DefinitionBody.ReadAsync(context), context.RequestAborted);
        return TypedResults.Ok(new DefinitionCheck(
            definition?.DefinitionId, IsRefused: definition is null, CanBePublished: definition is not null && faults.All(fault => fault.Severity == FaultSeverity.Warning), faults));
    }

    private static Task<Results<NoContent, ProblemHttpResult>> SubmitAsync(string versionId, CurrentPerson person, DefinitionDesk desk, Precondition precondition, HttpContext context) =>
        ActAsync(versionId, desk, precondition, context, () => desk.SubmitAsync(versionId, person.Caller, context.RequestAborted), "It must be a draft.");

    private static Task<Results<NoContent, ProblemHttpResult>> PublishAsync(string versionId, CurrentPerson person, DefinitionDesk desk, Precondition precondition, HttpContext context) =>
        ActAsync(versionId, desk, precondition, context, () => desk.PublishAsync(versionId, person.Caller, context.RequestAborted), "It must be submitted, or retired and wanted again.");

    private static Task<Results<NoContent, ProblemHttpResult>> ReturnAsync(
        string versionId, JsonBody<ReturnRequest> body, CurrentPerson person, DefinitionDesk desk, Precondition precondition, HttpContext context)
    {
        TextRules.Require("comment", body.Value.Comment, MostComment);
        return ActAsync(versionId, desk, precondition, context, () => desk.ReturnAsync(versionId, person.Caller, body.Value.Comment!, context.RequestAborted), "It must be submitted.");
    }

    private static Task<Results<NoContent, ProblemHttpResult>> RetractAsync(string versionId, CurrentPerson person, DefinitionDesk desk, Precondition precondition, HttpContext context) =>
        ActAsync(versionId, desk, precondition, context, () => desk.RetractAsync(versionId, person.Caller, context.RequestAborted), "It must be submitted or published.");

    // A version's text never changes; what two people may do at once is to move it from state to state.
    private static async Task<Results<NoContent, ProblemHttpResult>> ActAsync(
        string versionId, DefinitionDesk desk, Precondition precondition, HttpContext context, Func<Task<DeskAnswer>> act, string stateRule)
    {
        if (await desk.FindAsync(versionId, context.RequestAborted) is not { } stored)
            return Refusal.NotFound("version", versionId);
        return await precondition.WhyNotAsync(context, Tag(stored), isRequired: false, $"definition/{stored.DefinitionId}", $"version/{versionId}") is { } refused
            ? refused
            : Answer(versionId, await act(), stateRule);
    }

    private static string Tag(StoredDefinition stored) => $"{stored.State}-{stored.ContentHash[..Math.Min(16, stored.ContentHash.Length)]}";

    private static Results<NoContent, ProblemHttpResult> Answer(string versionId, DeskAnswer answer, string stateRule) => answer.Outcome switch
    {
        DeskOutcome.Done => TypedResults.NoContent(),
        DeskOutcome.Unknown => Refusal.NotFound("version", versionId),
        DeskOutcome.WrongState => Refusal.Conflict($"Version '{versionId}' is not in a state for this. {stateRule}"),
        DeskOutcome.OwnRequest => Refusal.Forbidden($"You imported or submitted version '{versionId}' yourself. Somebody else must publish it (four eyes)."),
        DeskOutcome.Faulty => Refusal.Unprocessable("Definition faulty", $"Version '{versionId}' has faults that block its publication: {answer.Faults[0].Message}", "faults", answer.Faults),
        _ => throw new InvalidOperationException($"EngagementFlows bug: outcome '{answer.Outcome}' has no answer."),
    };

    private static ListPage<DefinitionVersion> Versions(ListPage<StoredDefinition> stored) => new([.. stored.Items.Select(DefinitionVersion.Of)], stored.Next);

    private static string FileName(string definitionId) => string.Concat(definitionId.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '-'));
}

/// <summary>Why a version is given back.</summary>
internal sealed record ReturnRequest
{
    /// <summary>Gets what has to change; 1 to 2,000 characters.</summary>
    public string? Comment { get; init; }
}

/// <summary>Reads a definition's text from a body.</summary>
internal static class DefinitionBody
{
    /// <exception cref="BadHttpRequestException">It is too large, empty, or holds what is no text.</exception>
    public static async Task<byte[]> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
            throw new BadHttpRequestException($"The body's type is '{context.Request.ContentType}'; it must be application/json.", StatusCodes.Status415UnsupportedMediaType);
        byte[] json = await RequestBody.ReadAsync(context);
        RequestBody.RefuseUnstorable(json);
        return json.Length > 0 ? json : throw new BadHttpRequestException("The body is empty. It must be a workflow definition as Elsa exports it.");
    }
}

/// <param name="VersionId">The version's id.</param>
/// <param name="DefinitionId">The definition.</param>
/// <param name="Version">The version's number.</param>
/// <param name="Name">The name that people read.</param>
/// <param name="State"><c>draft, submitted, published, retired</c>.</param>
/// <param name="ContentHash">Hash of definition and texts.</param>
/// <param name="CreatedAt">When it was imported.</param>
/// <param name="CreatedBy">By whom.</param>
/// <param name="SubmittedBy">Who asked for its publication.</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="PublishedBy">By whom.</param>
internal sealed record DefinitionVersion(
    string VersionId, string DefinitionId, int Version, string? Name, string State, string ContentHash, DateTimeOffset CreatedAt, string CreatedBy,
    string? SubmittedBy, DateTimeOffset? PublishedAt, string? PublishedBy)
{
    public static DefinitionVersion Of(StoredDefinition stored) => new(
        stored.Id, stored.DefinitionId, stored.Version, stored.Name, stored.State, stored.ContentHash, stored.CreatedAt, stored.CreatedBy,
        stored.SubmittedBy, stored.PublishedAt, stored.PublishedBy);
}

/// <param name="DefinitionId">The definition.</param>
/// <param name="VersionId">The version that holds the content.</param>
/// <param name="IsNew">Whether it was made now.</param>
/// <param name="Faults">What is wrong with it; faults block its publication.</param>
internal sealed record ImportedDefinition(string DefinitionId, string VersionId, bool IsNew, IReadOnlyList<DefinitionFault> Faults);

/// <param name="DefinitionId">The definition, if it could be read.</param>
/// <param name="IsRefused">Whether it would not even be imported.</param>
/// <param name="CanBePublished">Whether nothing but warnings was found.</param>
/// <param name="Faults">What was found.</param>
internal sealed record DefinitionCheck(string? DefinitionId, bool IsRefused, bool CanBePublished, IReadOnlyList<DefinitionFault> Faults);
