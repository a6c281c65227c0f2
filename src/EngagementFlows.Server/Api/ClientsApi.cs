using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff.Clients;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Api;

/// <summary>Clients with their engagements.</summary>
internal static class ClientsApi
{
    private const string CsvType = "text/csv";

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/clients").WithTags("Clients");
        group.MapGet("", ListAsync).WithSummary("Lists clients by name.").ProducesProblem(400);
        group.MapGet("/{id:guid}", GetAsync).WithSummary("Shows a client with its engagements.");
        group.MapPost("/{id:guid}/erase", EraseAsync).RequireAuthorization(Policies.EraseClients)
            .WithSummary("Erases a client's person data for good and cancels what runs for him; ids, dates and counts stay. Twice is the same as once.")
            .Produces<ErasedClient>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        group.MapPost("/import", ImportAsync).RequireAuthorization(Policies.ManageClients).WithMetadata(TakesIdempotencyKey.Instance)
            .WithSummary("Imports a CSV file: all or nothing; a client of the same external id is found again, so that twice is the same as once.")
            .Accepts<string>(CsvType).Produces<ClientImportAnswer>().ProducesProblem(400).ProducesProblem(415).ProducesProblem(422);
    }

    private static async Task<Ok<ListPage<ClientLine>>> ListAsync(
        ListClients list, string? search, string? stage, string? after, int? limit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await list.ExecuteAsync(search, stage, after, Paging.Limit(limit), cancellationToken));

    private static async Task<Results<Ok<ClientDetail>, ProblemHttpResult>> GetAsync(Guid id, CurrentPerson caller, GetClient get, CancellationToken cancellationToken) =>
        await get.ExecuteAsync(id, cancellationToken, caller.Viewer) is { } client ? TypedResults.Ok(client) : Refusal.NotFound("client", id);

    private static async Task<Results<Ok<ErasedClient>, ProblemHttpResult>> EraseAsync(
        Guid id, JsonBody<EraseRequest> body, CurrentPerson caller, ClientErasureDesk desk, CancellationToken cancellationToken)
    {
        TextRules.Require("reason", body.Value.Reason, ClientErasureDesk.MostReason);
        TextRules.Require("name", body.Value.Name, 200);
        return await desk.EraseAsync(id, body.Value.Name!, body.Value.Reason!, caller, cancellationToken) switch
        {
            ClientErasure.Erased erased => TypedResults.Ok(new ErasedClient(id, erased.At)),
            ClientErasure.OtherName => Refusal.Unprocessable("Other name", $"'name' is not the name of client '{id}'. GET the client, and send its name to confirm that it is this one which is to be erased."),
            ClientErasure.ImportUnderWay import => Refusal.Conflict($"Import '{import.Import}' holds this client and is under way. Wait until it has ended, or cancel it."),
            ClientErasure.StillRunning running => Refusal.Conflict($"Instances for this client keep starting, the last one is '{running.Instances[^1]}'. See what starts them, and try again."),
            _ => Refusal.NotFound("client", id),
        };
    }

    private static async Task<IResult> ImportAsync(HttpContext context, CurrentPerson person, ImportClients import, RepeatedRequests repeated, DatabaseClock clock)
    {
        if (context.Request.ContentType?.StartsWith(CsvType, StringComparison.OrdinalIgnoreCase) != true)
            throw new BadHttpRequestException($"The body's type is '{context.Request.ContentType}'; it must be {CsvType}.", StatusCodes.Status415UnsupportedMediaType);
        byte[] file = await RequestBody.ReadAsync(context);
        return await repeated.OnceAsync(IdempotencyKey.Of(context, file), context, async keeper =>
        {
            ApiAnswer? imported = null;
            ClientImportWatch watch = new()
            {
                MayCommit = async (transaction, engagements, _) =>
                {
                    imported = Answer(engagements);
                    await keeper.KeepAsync(transaction, imported);
                    return true;
                },
            };
            ClientImportResult result = (await import.ExecuteAsync(file, person.Name, clock.Now, watch, context.RequestAborted))!;
            return result.Faults.Count == 0
                ? imported!
                : Refusal.Unprocessable(
                    "File faulty", $"Nothing was imported: {result.Faults.Count} fault(s), the first on line {result.Faults[0].Line}: {result.Faults[0].Message}", "faults", result.Faults);
        });

        static ApiAnswer Answer(IReadOnlyList<ImportedEngagement> engagements) => ApiAnswer.Of(
            StatusCodes.Status200OK, new ClientImportAnswer(engagements.Count(one => one.IsNew), engagements.Count(one => !one.IsNew), engagements));
    }
}

/// <summary>The wish to erase a client.</summary>
internal sealed record EraseRequest
{
    /// <summary>Gets the client's name as it stands now: it confirms that this client is meant.</summary>
    public string? Name { get; init; }

    /// <summary>Gets why; must be given, and stands in the audit for good. Write no name into it.</summary>
    public string? Reason { get; init; }
}

/// <param name="Id">The client.</param>
/// <param name="ErasedAt">Since when the data is erased.</param>
internal sealed record ErasedClient(Guid Id, DateTimeOffset ErasedAt);

/// <param name="Made">Engagements that are new.</param>
/// <param name="Found">Engagements that were there already.</param>
/// <param name="Engagements">All of them.</param>
internal sealed record ClientImportAnswer(int Made, int Found, IReadOnlyList<ImportedEngagement> Engagements);
