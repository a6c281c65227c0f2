namespace EngagementFlows.Scripts.Liquid;

/// <summary>How a template is prepared; the same options may serve many templates.</summary>
public sealed record LiquidOptions
{
    /// <summary>Gets what Elsa's definitions use: missing names render nothing, unknown filters pass their value on, nothing is encoded.</summary>
    public static LiquidOptions Elsa { get; } = new();

    /// <summary>Gets whether a name or member that does not exist ends the rendering with a <c>ReferenceError</c>.</summary>
    /// <value>
    /// Default <see langword="false"/>: it renders nothing. Even if strict, a name may be missing where the template asks for it: alone in a condition, compared with
    /// <c>nil</c>, <c>blank</c> or <c>empty</c>, and in front of the filter <c>default</c>.
    /// </value>
    public bool StrictNames { get; init; }

    /// <summary>Gets whether an unknown filter is a fault at preparation.</summary>
    /// <value>Default <see langword="false"/>: it passes its value on, and <see cref="LiquidTemplate.Warnings"/> names it.</value>
    public bool StrictFilters { get; init; }

    /// <summary>Gets the encoding of every output that does not end in <c>| raw</c>, or <see langword="null"/> for none.</summary>
    /// <value>Default none; <see cref="LiquidEncoding.Html"/> for HTML.</value>
    public Func<string, string>? Encode { get; init; }

    /// <summary>Gets the sources of the templates that <c>render</c> may name.</summary>
    public IReadOnlyDictionary<string, string> Partials { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets filters of the caller, by name; they come before the standard ones.</summary>
    public IReadOnlyDictionary<string, LiquidFilterBody> Filters { get; init; } = new Dictionary<string, LiquidFilterBody>();

    /// <summary>Gets the budgets of preparation (source length, nesting); those of a rendering are in its context.</summary>
    public ScriptLimits Limits { get; init; } = ScriptLimits.Default;
}
