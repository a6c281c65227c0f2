using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Filters;

/// <summary>Filters that sort; equal items keep their order, nil comes last.</summary>
internal static class SortFilters
{
    // The keys and the places of the items, while they are sorted.
    private const int BytesOfKey = 16;

    public static object? Sort(object? input, FilterArguments arguments, RenderState state) => Sorted(input, arguments, ignoresCase: false, state);

    public static object? SortNatural(object? input, FilterArguments arguments, RenderState state) => Sorted(input, arguments, ignoresCase: true, state);

    private static PlainList Sorted(object? input, FilterArguments arguments, bool ignoresCase, RenderState state)
    {
        PlainList list = LiquidValue.ToList(input, state);
        PlainList sorted = state.NewList(list.Count);
        state.SpendBytes(list.Count * BytesOfKey);
        sorted.AddRange(list.OrderBy(item => ListFilters.PropertyOf(item, arguments, state), new Order(ignoresCase, state)));
        return sorted;
    }

    /// <summary>A total order: numbers, then texts, then dates, then what has no order, then nil.</summary>
    private sealed class Order(bool ignoresCase, RenderState state) : IComparer<object?>
    {
        public int Compare(object? left, object? right)
        {
            state.Step();
            left = LiquidValue.Unwrap(left);
            right = LiquidValue.Unwrap(right);
            if (left is string a && right is string b)
            {
                state.Step(Math.Min(a.Length, b.Length) / 64);
                return ignoresCase ? string.Compare(a, b, StringComparison.OrdinalIgnoreCase) : string.CompareOrdinal(a, b);
            }

            return LiquidValue.Compare(left, right) ?? RankOf(left).CompareTo(RankOf(right));
        }

        private static int RankOf(object? value) => value switch
        {
            long or double or decimal => 0,
            string => 1,
            DateTimeOffset => 2,
            TimeSpan => 3,
            null => 5,
            _ => 4,
        };
    }
}
