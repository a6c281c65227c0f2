using EngagementFlows.Server.Definitions;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Api;

/// <summary>Many definitions at once, with their mails and forms, as a ZIP.</summary>
internal static class DefinitionArchivesApi
{
    private const string ZipType = "application/zip";

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/definitions/import-archive", ImportAsync).WithTags("Definitions").RequireAuthorization(Policies.ManageDefinitions)
            .WithMetadata(new RequestSizeLimitAttribute(DefinitionArchive.MaxBytes), TakesIdempotencyKey.Instance)
            .WithSummary("Stores the definitions of a ZIP as drafts, all or none; preview=true only tells what each would become.")
            .Accepts<byte[]>(ZipType).Produces<ArchiveOutcome>().ProducesProblem(415).ProducesProblem(422);

    private static async Task<IResult> ImportAsync(HttpContext context, CurrentPerson person, DefinitionArchiveImport import, RepeatedRequests repeated, bool? preview)
    {
        if (context.Request.ContentType?.StartsWith(ZipType, StringComparison.OrdinalIgnoreCase) != true)
            throw new BadHttpRequestException($"The body's type is '{context.Request.ContentType}'; it must be {ZipType}.", StatusCodes.Status415UnsupportedMediaType);
        byte[] file = await RequestBody.ReadAsync(context);
        return await repeated.OnceAsync(IdempotencyKey.Of(context, file), context, async keeper => Answer(
            await import.ExecuteAsync(
                file, preview == true, person.Caller, (transaction, stored) => keeper.KeepAsync(transaction, ApiAnswer.Of(StatusCodes.Status200OK, stored)), context.RequestAborted),
            preview == true));
    }

    private static IResult Answer(ArchiveOutcome outcome, bool isPreview)
    {
        if (outcome.Faults.Count > 0)
            return Refusal.Unprocessable("Archive refused", outcome.Faults[0].Message, "faults", outcome.Faults);
        ArchivedDefinition? refused = outcome.Definitions.FirstOrDefault(definition => definition.Outcome == "refused");
        return refused is null || isPreview
            ? ApiAnswer.Of(StatusCodes.Status200OK, outcome)
            : Refusal.Unprocessable("Definition refused", $"Nothing was stored, since '{refused.Path}' is refused: {refused.Faults[0].Message}", "definitions", outcome.Definitions);
    }
}
