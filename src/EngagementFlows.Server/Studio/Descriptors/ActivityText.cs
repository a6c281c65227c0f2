using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.Languages;

namespace EngagementFlows.Server.Studio.Descriptors;

/// <summary>The descriptions of all activities as they go to the Studio, which asks for them after every save.</summary>
/// <param name="Json">The JSON in UTF-8.</param>
/// <param name="Brotli">The same, compressed.</param>
/// <param name="Tag">The entity tag, a weak one: it is that of both forms.</param>
internal sealed record ActivityText(byte[] Json, byte[] Brotli, string Tag);

/// <summary>Makes the descriptions of all activities, and keeps them for each language until flows, calendars or promise classes change.</summary>
/// <remarks>Safe for use by many threads; two that miss at once make the same text.</remarks>
internal sealed class ActivityTexts(FlowsDatabase database, LiveCatalogue catalogue)
{
    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);

    /// <summary>Returns the descriptions in a language, as of now.</summary>
    public async Task<ActivityText> OfAsync(Language language, CancellationToken cancellationToken)
    {
        DefinitionCatalogue current = catalogue.Current;
        IReadOnlyList<NamedValue> named = await ListNamedValues.ExecuteAsync(database.Queries, cancellationToken);
        if (_kept.TryGetValue(language.Tag, out Kept? kept) && ReferenceEquals(kept.Catalogue, current) && kept.Named.SequenceEqual(named))
            return kept.Text;
        ActivityText text = Write([.. Describe(current, new StudioLists(named), language)]);
        _kept[language.Tag] = new(current, named, text);
        return text;
    }

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

    private sealed record Kept(DefinitionCatalogue Catalogue, IReadOnlyList<NamedValue> Named, ActivityText Text);
}
