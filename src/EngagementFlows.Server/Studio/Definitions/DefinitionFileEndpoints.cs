using System.Text.Json.Nodes;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.Api;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Definitions;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>Definitions as files that people keep.</summary>
internal static class DefinitionFileEndpoints
{
    private const int Most = 500;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/workflow-definitions/{definitionId}/export", ExportAsync);
        api.MapPost("/bulk-actions/export/workflow-definitions", ExportManyAsync);
        // Ours alone: the Studio's page sends archives here, which the Studio would take apart without their mails and forms.
        api.MapPost("/workflow-definitions/import-archive", ImportArchiveAsync).RequireAuthorization(Policies.ManageDefinitions)
            .WithMetadata(new RequestSizeLimitAttribute(DefinitionArchive.MaxBytes)).Accepts<byte[]>("application/zip");
    }

    private static async Task<IResult> ExportAsync(
        string definitionId, string? versionOptions, bool? includeConsumingWorkflows, DesignActs acts, DefinitionFiles files, CancellationToken cancellationToken) =>
        await acts.FindAsync(definitionId, versionOptions, cancellationToken) is { } version
            ? File(await files.WriteAsync([version], includeConsumingWorkflows == true, cancellationToken))
            : TypedResults.NotFound();

    private static async Task<IResult> ExportManyAsync(HttpContext context, DesignActs acts, DefinitionFiles files)
    {
        JsonObject body = await DefinitionEndpoints.BodyAsync(context);
        List<DesignedVersion> versions = [];
        foreach (string versionId in (body.ListOf("ids") ?? []).Select(DefinitionNodes.TextOf).OfType<string>().Distinct().Take(Most))
        {
            if (await acts.ByIdAsync(versionId, context.RequestAborted) is { } version)
                versions.Add(version);
        }

        return versions.Count == 0 ? TypedResults.NotFound() : File(await files.WriteAsync(versions, body.FlagOf("includeConsumingWorkflows") == true, context.RequestAborted));
    }

    // All or nothing, as drafts.
    private static async Task<IResult> ImportArchiveAsync(
        string? definitionId, HttpContext context, CurrentPerson person, DefinitionArchiveImport import, TimeProvider time, ServerOptions options)
    {
        Reader reader = DefinitionEndpoints.DesignerOf(context, person, time, options).Reader;
        ArchiveOutcome outcome = await import.ExecuteAsync(
            DefinitionArchive.Read(await RequestBody.ReadAsync(context)), previewOnly: false, person.Caller,
            (_, would) => Task.FromResult(definitionId is null || would.Definitions.All(one => one.DefinitionId == definitionId)), context.RequestAborted);
        if (outcome.IsStored)
        {
            string names = string.Join(reader.Language == Language.Chinese ? "、" : ", ", outcome.Definitions.Select(one => reader.Say(DesignTexts.Archived(one.Outcome), one.DefinitionId)));
            return StudioJson.Answer(new { Message = reader.Say(DesignTexts.ArchiveStored, names), outcome.Definitions });
        }

        string[] refusals =
        [
            .. outcome.Faults.Select(fault => reader.Language == Language.Chinese ? fault.MessageZh : fault.Message),
            .. outcome.Definitions.Where(one => one.Outcome == "refused").SelectMany(one => one.Faults.Select(fault => reader.Say(DesignTexts.AtFile, one.Path, fault.In(reader.Language.Tag)))),
        ];
        return DesignAnswer.BadRequest(refusals.Length > 0 ? refusals : [reader.Say(DesignTexts.ArchiveOfOthers, definitionId, string.Join(", ", outcome.Definitions.Select(one => one.DefinitionId)))]);
    }

    private static FileContentHttpResult File(DefinitionFile file) => TypedResults.File(file.Content, file.Type, file.Name);
}
