namespace EngagementFlows.Scripts.Liquid;

/// <summary>One rendering's view of its surroundings: what the top-level names of a template mean.</summary>
/// <remarks>Made anew for every rendering. Only plain values are handed over; the template cannot change them.</remarks>
public abstract class LiquidScope
{
    /// <summary>Resolves a top-level name; asked lazily and at most once for a name in a rendering.</summary>
    /// <param name="name">The name, compared exactly.</param>
    /// <param name="value">A plain value.</param>
    /// <returns>Whether the name exists; if not, it renders nothing, or is a fault with <see cref="LiquidOptions.StrictNames"/>.</returns>
    public abstract bool TryGetName(string name, out object? value);

    /// <summary>Gets the names that <see cref="TryGetName"/> would resolve, for the "nearest known name" of a fault.</summary>
    public virtual IEnumerable<string> Names => [];

    /// <summary>Returns a scope whose names are the members of <paramref name="model"/>.</summary>
    public static LiquidScope Of(PlainObject model) => new ObjectScope(model);

    private sealed class ObjectScope(PlainObject model) : LiquidScope
    {
        public override IEnumerable<string> Names => model.Select(member => member.Key);

        public override bool TryGetName(string name, out object? value) => model.TryGetValue(name, out value);
    }
}
