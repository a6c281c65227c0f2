using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Security;

namespace EngagementFlows.Server.Studio.Descriptors;

/// <summary>The descriptions of all activities as they go to the Studio, which asks for them once for each flow that is drawn, and after what makes another version of one.</summary>
/// <param name="Json">The JSON in UTF-8.</param>
/// <param name="Brotli">The same, compressed.</param>
/// <param name="Tag">The entity tag, a weak one: it is that of both forms.</param>
internal sealed record ActivityText(byte[] Json, byte[] Brotli, string Tag);

/// <summary>Makes the descriptions of all activities, with what their drop-downs offer to whoever draws a flow.</summary>
internal sealed class ActivityTexts(LiveCatalogue catalogue, OptionDesk options)
{
    /// <summary>Returns the descriptions in a language, as of now.</summary>
    /// <param name="definitionId">The flow that is drawn, or <see langword="null"/> if the request does not tell.</param>
    /// <param name="asker">Who asks; a program is shown no people.</param>
    /// <param name="language">The language of the reader.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<ActivityText> OfAsync(string? definitionId, CurrentPerson asker, Language language, CancellationToken cancellationToken) =>
        Write([.. Describe(catalogue.Current, await options.ListsAsync(definitionId, asker, cancellationToken), language)]);

    /// <summary>Tells whether the Studio can draw an activity of that type and version: whether it is among the descriptions.</summary>
    public static bool Knows(DefinitionCatalogue catalogue, string typeName, int version) => catalogue.Activities.Find(typeName) is { } activity
        ? activity.Descriptor.Version == version
        : FlowDescriptions.Has(catalogue, typeName, version);

    /// <summary>Returns the descriptions: activities, the stand-in for unknown ones, and flows that are used as activities.</summary>
    internal static IEnumerable<StudioActivity> Describe(DefinitionCatalogue catalogue, StudioLists lists, Language language)
    {
        ActivityDescriptions descriptions = new(lists, language);
        foreach (Activity activity in catalogue.Activities.All)
            yield return descriptions.Of(activity.Descriptor);
        yield return descriptions.NotFound();
        foreach (StudioActivity flow in FlowDescriptions.Of(catalogue, language))
            yield return flow;
    }

    private static ActivityText Write(IReadOnlyList<StudioActivity> activities)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(new StudioList<StudioActivity>(activities), StudioJson.Options);
        using MemoryStream packed = new();
        using (BrotliStream brotli = new(packed, CompressionLevel.Optimal, leaveOpen: true))
            brotli.Write(json);
        return new(json, packed.ToArray(), $"W/\"{Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 12))}\"");
    }
}
