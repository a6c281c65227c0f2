using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Server.Security;
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
        group.MapPost("/import", ImportAsync).RequireAuthorization(Policies.ManageClients).WithMetadata(TakesIdempotencyKey.Instance)
            .WithSummary("Imports a CSV file: all or nothing; a client of the same external id is found again, so that twice is the same as once.")
            .Accepts<string>(CsvType).Produces<ClientImportAnswer>().ProducesProblem(400).ProducesProblem(415).ProducesProblem(422);
    }

    private static async Task<Ok<ListPage<ClientLine>>> ListAsync(
        ListClients list, string? search, string? stage, string? after, int? limit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await list.ExecuteAsync(search, stage, after, Paging.Limit(limit), cancellationToken));

    private static async Task<Results<Ok<ClientDetail>, ProblemHttpResult>> GetAsync(Guid id, GetClient get, CancellationToken cancellationToken) =>
        await get.ExecuteAsync(id, cancellationToken) is { } client ? TypedResults.Ok(client) : Refusal.NotFound("client", id);

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

/// <param name="Made">Engagements that are new.</param>
/// <param name="Found">Engagements that were there already.</param>
/// <param name="Engagements">All of them.</param>
internal sealed record ClientImportAnswer(int Made, int Found, IReadOnlyList<ImportedEngagement> Engagements);
