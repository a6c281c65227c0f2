using EngagementFlows.Scripts.Liquid;

namespace EngagementFlows.Scripts.Tests.Liquid;

/// <summary>Renders in one line what a test is about.</summary>
internal static class Rendering
{
    public static readonly ScriptContext Context = new() { Now = new DateTimeOffset(2026, 3, 3, 9, 5, 7, TimeSpan.Zero) };

    public static readonly LiquidOptions Strict = new() { StrictNames = true, StrictFilters = true };

    public static string Render(string source, PlainObject? model = null, LiquidOptions? options = null, ScriptContext? context = null) =>
        LiquidTemplate.Prepare(source, options ?? LiquidOptions.Elsa).Render(LiquidScope.Of(model ?? []), context ?? Context);

    public static IReadOnlyList<ScriptFault> Faults(string source, PlainObject? model = null, LiquidOptions? options = null, ScriptContext? context = null)
    {
        Action render = () => Render(source, model, options, context);
        return render.Should().Throw<ScriptException>().Which.Faults;
    }
}
