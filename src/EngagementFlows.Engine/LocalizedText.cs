namespace EngagementFlows.Engine;

/// <summary>A text that people read, in both languages of the product.</summary>
/// <param name="En">English.</param>
/// <param name="ZhCn">Simplified Chinese.</param>
public sealed record LocalizedText(string En, string ZhCn)
{
    /// <summary>Returns the text in <paramref name="language"/>: Chinese for <c>zh…</c>, English for everything else.</summary>
    public string In(string? language) => language is not null && language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? ZhCn : En;

    /// <inheritdoc/>
    public override string ToString() => En;
}
