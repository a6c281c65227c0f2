namespace EngagementFlows.Scripts.Liquid.Runtime;

/// <summary>The literals <c>empty</c> and <c>blank</c>, which equal every value of their kind.</summary>
internal sealed class Emptiness
{
    public static readonly Emptiness Empty = new(isBlank: false);
    public static readonly Emptiness Blank = new(isBlank: true);

    private readonly bool _isBlank;

    private Emptiness(bool isBlank) => _isBlank = isBlank;

    public bool Covers(object? value) => value switch
    {
        Emptiness other => ReferenceEquals(this, other),
        null or false => _isBlank,
        string text => _isBlank ? string.IsNullOrWhiteSpace(text) : text.Length == 0,
        SafeText safe => Covers(safe.Text),
        PlainList list => list.Count == 0,
        PlainObject map => map.Count == 0,
        NumberRange range => range.Count == 0,
        _ => false,
    };
}
