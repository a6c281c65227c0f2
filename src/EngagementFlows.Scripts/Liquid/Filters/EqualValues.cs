using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Filters;

/// <summary>Lets sets and groups compare values as the language does: 1 and 1.0 are one value.</summary>
internal sealed class EqualValues(RenderState state) : IEqualityComparer<object>
{
    bool IEqualityComparer<object>.Equals(object? left, object? right)
    {
        state.Step();
        return LiquidValue.AreEqual(left, right, state);
    }

    public int GetHashCode([DisallowNull] object value) => LiquidValue.Unwrap(value)! switch
    {
        string text => text.GetHashCode(StringComparison.Ordinal),
        long or double or decimal => LiquidNumber.ToDouble(value).GetHashCode(),
        PlainList list => list.Count,
        PlainObject map => RuntimeHelpers.GetHashCode(map),
        byte[] bytes => bytes.Length,
        { } other => other.GetHashCode(),
    };
}
