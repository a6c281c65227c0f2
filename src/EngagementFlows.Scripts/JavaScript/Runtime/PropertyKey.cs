using System.Runtime.CompilerServices;

namespace EngagementFlows.Scripts.JavaScript;

/// <summary>A string or a symbol (ECMA-262 §6.1.7).</summary>
internal readonly struct PropertyKey(object value) : IEquatable<PropertyKey>
{
    public object Raw { get; } = value;

    public bool IsSymbol => Raw is Symbol;

    public Symbol? Symbol => Raw as Symbol;

    public string? Text => Raw as string;

    public static implicit operator PropertyKey(string name) => new(name);

    public static implicit operator PropertyKey(Symbol symbol) => new(symbol);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Equals(PropertyKey other) => ReferenceEquals(Raw, other.Raw) || (Raw is string text && other.Raw is string otherText && text == otherText);

    public override bool Equals(object? obj) => obj is PropertyKey other && Equals(other);

    public override int GetHashCode() => Raw is string text ? text.GetHashCode() : RuntimeHelpers.GetHashCode(Raw);

    public override string ToString() => Raw.ToString()!;

    public Value ToValue() => Raw is string text ? new Value(text) : new Value((Symbol)Raw);

    public static PropertyKey OfIndex(long index) => NumberText.OfInteger(index);

    /// <summary>Reads a canonical array index (ECMA-262 §6.1.7: up to 2³²−2).</summary>
    public bool TryIndex(out uint index)
    {
        index = 0;
        return Raw is string text && TryIndex(text, out index);
    }

    public static bool TryIndex(string text, out uint index)
    {
        index = 0;
        if (text.Length is 0 or > 10 || !char.IsAsciiDigit(text[0]) || (text[0] == '0' && text.Length > 1))
            return false;
        ulong sum = 0;
        foreach (char digit in text)
        {
            if (!char.IsAsciiDigit(digit))
                return false;
            sum = (sum * 10) + (uint)(digit - '0');
        }

        index = (uint)sum;
        return sum < uint.MaxValue;
    }
}
