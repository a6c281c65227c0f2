using System.Text.Json.Nodes;
using EngagementFlows.Postgres.Definitions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>Definitions as files that people keep.</summary>
internal static class DefinitionFileEndpoints
{
    private const int Most = 500;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/workflow-definitions/{definitionId}/export", ExportAsync);
        api.MapPost("/bulk-actions/export/workflow-definitions", ExportManyAsync);
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

    private static FileContentHttpResult File(DefinitionFile file) => TypedResults.File(file.Content, file.Type, file.Name);
}
