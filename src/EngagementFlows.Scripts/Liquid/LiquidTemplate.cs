using EngagementFlows.Scripts.Liquid.Parsing;
using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid;

/// <summary>A template that was parsed once and may be rendered any number of times, by several threads at once.</summary>
public sealed class LiquidTemplate
{
    private readonly TemplateUnit _unit;
    private readonly LiquidOptions _options;

    private LiquidTemplate(TemplateUnit unit, LiquidOptions options, IReadOnlyList<ScriptFault> warnings)
    {
        _unit = unit;
        _options = options;
        Warnings = warnings;
        Paths = [.. unit.Paths.Select(path =>
        {
            (int line, int column) = unit.Source.Locate(path.Position);
            return new LiquidPath(path.Members, line, column);
        })];
    }

    /// <summary>Gets what is odd but no fault: filters that nobody knows, whose values pass unchanged (kind <c>UnknownFilter</c>).</summary>
    public IReadOnlyList<ScriptFault> Warnings { get; }

    /// <summary>Gets the names that the template itself (not its partials) reads from its surroundings, in every branch, each time that it does.</summary>
    public IReadOnlyList<LiquidPath> Paths { get; }

    /// <summary>Parses a template with the partials that it renders.</summary>
    /// <exception cref="ScriptException">With all syntax faults of the template and its partials, or <c>SourceLength</c> or <c>Nesting</c>.</exception>
    public static LiquidTemplate Prepare(string source, LiquidOptions options)
    {
        TemplateCompilation compilation = new(options);
        TemplateUnit unit = compilation.Compile(source);
        return new LiquidTemplate(unit, options, compilation.Warnings);
    }

    /// <summary>Renders the template.</summary>
    /// <exception cref="ScriptException">
    /// With one fault: <c>ReferenceError</c> for a missing name if names are strict, <c>RangeError</c> for a division by zero, <c>TypeError</c> for an argument
    /// that a filter cannot take, or the budget that was spent.
    /// </exception>
    public string Render(LiquidScope scope, ScriptContext context)
    {
        RenderState state = new(_unit, _options, scope, context);
        state.RenderUnit();
        return state.TakeOutput();
    }
}
