using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Server.Imports;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Api;

/// <summary>Imports of clients in two steps: upload and look, then confirm; a worker does the rest.</summary>
internal static class ClientImportsApi
{
    private const string CsvType = "text/csv";

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/clients/imports").WithTags("Clients").RequireAuthorization(Policies.ManageClients);
        group.MapGet("", ListAsync).WithSummary("Lists imports, the latest first.").ProducesProblem(400);
        group.MapPost("", UploadAsync).WithMetadata(new RequestSizeLimitAttribute(ClientImport.MaxBytes), TakesIdempotencyKey.Instance)
            .WithSummary("Keeps a CSV file and tells what it would do; nothing is imported before somebody confirms it.")
            .Accepts<string>(CsvType).Produces<ClientImportAccount>(StatusCodes.Status201Created).ProducesProblem(415);
        group.MapGet("/{id:guid}", GetAsync).WithSummary("Shows an import with its preview, faults and progress.");
        group.MapGet("/{id:guid}/faults.csv", FaultsAsync).WithSummary("Gives the faults as CSV.").Produces<string>(StatusCodes.Status200OK, CsvType).ProducesProblem(404);
        group.MapPost("/{id:guid}/confirm", ConfirmAsync).WithSummary("Lets the import begin, once; startFlows=true starts the intake of new clients.").ProducesProblem(409);
        group.MapPost("/{id:guid}/cancel", CancelAsync).WithSummary("Drops an import that has not begun.").ProducesProblem(409);
    }

    private static async Task<Ok<ListPage<ClientImportAccount>>> ListAsync(ClientImportDesk desk, string? after, int? limit, CancellationToken cancellationToken)
    {
        ListPage<ClientImportRow> page = await desk.PageAsync(after, Paging.Limit(limit), cancellationToken);
        return TypedResults.Ok(new ListPage<ClientImportAccount>([.. page.Items.Select(import => ClientImportAccount.Of(import, withPreview: false))], page.Next));
    }

    private static async Task<IResult> UploadAsync(HttpContext context, CurrentPerson person, ClientImportDesk desk, RepeatedRequests repeated, string? fileName)
    {
        if (context.Request.ContentType?.StartsWith(CsvType, StringComparison.OrdinalIgnoreCase) != true)
            throw new BadHttpRequestException($"The body's type is '{context.Request.ContentType}'; it must be {CsvType}.", StatusCodes.Status415UnsupportedMediaType);
        byte[] file = await RequestBody.ReadAsync(context);
        return await repeated.OnceAsync(IdempotencyKey.Of(context, file), context, async keeper =>
        {
            ClientImportRow import = await desk.UploadAsync(
                fileName, file, person, (transaction, kept) => keeper.KeepAsync(transaction, Answer(kept)), context.RequestAborted);
            context.Response.Headers.Location = Site.Of(context).Link($"/api/clients/imports/{import.Id:D}");
            return Answer(import);
        });

        static ApiAnswer Answer(ClientImportRow import) => ApiAnswer.Of(StatusCodes.Status201Created, ClientImportAccount.Of(import, withPreview: true));
    }

    private static async Task<Results<Ok<ClientImportAccount>, ProblemHttpResult>> GetAsync(Guid id, ClientImportDesk desk, CancellationToken cancellationToken) =>
        await desk.FindAsync(id, cancellationToken) is { } import ? TypedResults.Ok(ClientImportAccount.Of(import, withPreview: true)) : Refusal.NotFound("import", id);

    private static async Task<IResult> FaultsAsync(Guid id, ClientImportDesk desk, CancellationToken cancellationToken) =>
        await desk.FindAsync(id, cancellationToken) is { } import ? TypedResults.File(ClientImportDesk.FaultsFile(import), CsvType, "faults.csv") : Refusal.NotFound("import", id);

    private static async Task<Results<Accepted<ClientImportAccount>, ProblemHttpResult>> ConfirmAsync(
        Guid id, CurrentPerson person, ClientImportDesk desk, bool? startFlows, CancellationToken cancellationToken)
    {
        bool isConfirmed = await desk.ConfirmAsync(id, person, startFlows == true, cancellationToken);
        if (await desk.FindAsync(id, cancellationToken) is not { } import)
            return Refusal.NotFound("import", id);
        return isConfirmed
            ? TypedResults.Accepted($"/api/clients/imports/{id:D}", ClientImportAccount.Of(import, withPreview: false))
            : Refusal.Conflict($"Import '{id}' is '{import.State}' and cannot be confirmed: it must be 'previewed'. {(import.State == "expired" ? "Upload the file again." : "Look at it again.")}");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> CancelAsync(Guid id, CurrentPerson person, ClientImportDesk desk, CancellationToken cancellationToken)
    {
        if (await desk.CancelAsync(id, person, cancellationToken))
            return TypedResults.NoContent();
        return await desk.FindAsync(id, cancellationToken) is { } import
            ? Refusal.Conflict($"Import '{id}' is '{import.State}' and cannot be dropped: it has begun or has ended.")
            : Refusal.NotFound("import", id);
    }
}

/// <param name="Id">The import.</param>
/// <param name="FileName">The file's name.</param>
/// <param name="State"><c>faulty, previewed, queued, running, starting, done, failed, cancelled, expired</c>.</param>
/// <param name="UploadedAt">When it was uploaded.</param>
/// <param name="UploadedBy">By whom.</param>
/// <param name="Lines">Lines of the file.</param>
/// <param name="Made">New clients.</param>
/// <param name="Changed">Clients with other values.</param>
/// <param name="Same">Clients that are as the file has them.</param>
/// <param name="FaultCount">Faults in all; the preview holds the first thousand.</param>
/// <param name="LinesDone">Lines stored so far; none of them counts before the state is <c>starting</c> or <c>done</c>.</param>
/// <param name="Attempt">The number of the attempt.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Failure">Why it failed, in English.</param>
/// <param name="FailureZh">The same in Chinese.</param>
/// <param name="Preview">Encoding, separator, columns, first lines, faults; the last two only until the import has ended.</param>
internal sealed record ClientImportAccount(
    Guid Id, string FileName, string State, DateTimeOffset UploadedAt, string UploadedBy, int Lines, int Made, int Changed, int Same, int FaultCount, int LinesDone, int Attempt,
    DateTimeOffset? EndedAt, string? Failure, string? FailureZh, ClientImportPreview? Preview)
{
    public static ClientImportAccount Of(ClientImportRow row, bool withPreview) => new(
        row.Id, row.FileName, row.State, row.UploadedAt, row.UploadedBy, row.Lines, row.Made, row.Changed, row.Same, row.FaultCount, row.LinesDone, row.Attempt,
        row.EndedAt, row.Failure?.En, row.Failure?.ZhCn, withPreview ? ClientImportPreview.Read(row.Preview) : null);
}
