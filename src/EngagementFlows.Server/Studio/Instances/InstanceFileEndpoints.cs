using System.IO.Compression;
using System.Text.Json;
using EngagementFlows.Postgres;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;

namespace EngagementFlows.Server.Studio.Instances;

/// <summary>Instances as files, for people to keep or to send: what they held and did. Nothing of it can be taken in again.</summary>
/// <remarks>The state of an instance is half of it; its timers, tasks, links and mails stand elsewhere, and a copy would do what the first has done.</remarks>
internal static class InstanceFileEndpoints
{
    private const int Most = 100;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/workflow-instances/{id:guid}/export", ExportAsync);
        api.MapPost("/bulk-actions/export/workflow-instances", ExportManyAsync);
        api.MapPost("/bulk-actions/import/workflow-instances", Import).RequireAuthorization(Policies.OperateInstances);
    }

    private static async Task<IResult> ExportAsync(
        Guid id, CurrentPerson caller, FlowsDatabase database, InstanceHistories histories, InstanceInside inside, CancellationToken cancellationToken) =>
        await ReadAsync(id, caller.Viewer, database, histories, inside, cancellationToken) is { } content
            ? TypedResults.File(content, "application/json", $"{id:D}.json")
            : TypedResults.NotFound();

    private static async Task<IResult> ExportManyAsync(
        InstanceBody<InstanceIdsRequest> body, CurrentPerson caller, Confidentiality confidentiality, FlowsDatabase database, InstanceHistories histories, InstanceInside inside,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<Guid> ids = InstanceFilters.Ids(body.Value.Ids ?? []);
        if (ids.Count > Most)
            throw new BadHttpRequestException($"'ids' has {ids.Count} members. At most {Most} instances go into one file.");
        IReadOnlyList<Guid> closed = await confidentiality.ClosedAsync(caller, ids, cancellationToken);
        using MemoryStream file = new();
        using (ZipArchive archive = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (Guid id in ids.Except(closed))
            {
                if (await ReadAsync(id, caller.Viewer, database, histories, inside, cancellationToken) is not { } content)
                    continue;
                await using Stream entry = await archive.CreateEntry($"{id:D}.json").OpenAsync(cancellationToken);
                await entry.WriteAsync(content, cancellationToken);
            }
        }

        return TypedResults.File(file.ToArray(), "application/zip", "instances.zip");
    }

    // The Studio shows how many were taken in; why none, the page around it says.
    private static IResult Import(HttpResponse response, Reader reader)
    {
        StudioNotice.Refuse(response, reader, InstanceWords.NotTakenIn);
        return StudioJson.Answer(new { count = 0 });
    }

    private static async Task<byte[]?> ReadAsync(Guid id, Guid? viewer, FlowsDatabase database, InstanceHistories histories, InstanceInside inside, CancellationToken cancellationToken)
    {
        if (await InstanceEndpoints.ReadAsync(id, viewer, database, histories, inside, cancellationToken) is not { } instance || await histories.ReadAsync(id, cancellationToken) is not { } history)
            return null;
        IReadOnlyList<StudioJournalRecord> journal = [.. history.Lines.Select((line, at) => ExecutionEndpoints.Record(id, line, at + 1))];
        return JsonSerializer.SerializeToUtf8Bytes(new { instance, journal }, StudioJson.Options);
    }
}
