using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Filters;

/// <summary>The values that a filter was called with, without the one in front of it.</summary>
internal readonly struct FilterArguments(object?[] values, KeyValuePair<string, object?>[] named)
{
    public int Count => values.Length;

    /// <summary>Gets an argument, or <see langword="null"/> if there are fewer.</summary>
    public object? this[int index] => index < values.Length ? values[index] : null;

    public ReadOnlySpan<object?> Values => values;

    public object? Named(string name)
    {
        foreach ((string key, object? value) in named)
        {
            if (key == name)
                return value;
        }

        return null;
    }

    public string Text(int index, RenderState state) => LiquidValue.ToText(this[index], state);

    /// <summary>Reads a whole number, or <paramref name="absent"/> if the argument is absent or nil.</summary>
    public long Whole(int index, long absent, RenderState state)
    {
        object? value = this[index];
        if (value is null)
            return absent;
        if (!LiquidNumber.TryToLong(value, out long number))
            throw state.Fault("RangeError", $"The argument '{LiquidValue.ToText(value, state)}' is beyond what a whole number can be.");
        return number;
    }
}
