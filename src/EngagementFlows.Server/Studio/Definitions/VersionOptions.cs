using System.Globalization;

namespace EngagementFlows.Server.Studio.Definitions;

/// <summary>Which versions the Studio wants, as its <c>versionOptions</c> say.</summary>
/// <param name="Only">A word of the filter of versions; <see langword="null"/> = all.</param>
/// <param name="Version">A number; <see langword="null"/> = any.</param>
internal readonly record struct VersionOptions(string? Only, int? Version)
{
    public const string Latest = "latest";
    public const string Published = "published";
    public const string LatestOrPublished = "latest-or-published";
    public const string LatestAndPublished = "latest-and-published";
    public const string Draft = "draft";

    /// <summary>Reads them without regard to case; nothing, and what is not known, means all.</summary>
    public static VersionOptions Of(string? text) => text?.Trim().ToUpperInvariant() switch
    {
        "LATEST" => new(Latest, null),
        "PUBLISHED" => new(Published, null),
        "LATESTORPUBLISHED" => new(LatestOrPublished, null),
        "LATESTANDPUBLISHED" => new(LatestAndPublished, null),
        "DRAFT" => new(Draft, null),
        { } number when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int version) => new(null, version),
        _ => new(null, null),
    };
}
