using EngagementFlows.Scripts.Liquid.Runtime;

namespace EngagementFlows.Scripts.Liquid.Filters;

/// <summary>Filters that calculate.</summary>
internal static class NumberFilters
{
    private const int MostDigits = 28;

    public static object? Abs(object? input, FilterArguments arguments, RenderState state) => LiquidNumber.ToNumber(input) switch
    {
        long number when number != long.MinValue => Math.Abs(number),
        decimal number => Math.Abs(number),
        object number => Math.Abs(LiquidNumber.ToDouble(number)),
    };

    public static object? AtLeast(object? input, FilterArguments arguments, RenderState state)
    {
        (object number, object bound) = Operands(input, arguments);
        return LiquidNumber.Compare(number, bound) < 0 ? bound : number;
    }

    public static object? AtMost(object? input, FilterArguments arguments, RenderState state)
    {
        (object number, object bound) = Operands(input, arguments);
        return LiquidNumber.Compare(number, bound) > 0 ? bound : number;
    }

    public static object? Ceil(object? input, FilterArguments arguments, RenderState state) =>
        LiquidNumber.Whole(LiquidNumber.ToNumber(input), Math.Ceiling, Math.Ceiling);

    public static object? Floor(object? input, FilterArguments arguments, RenderState state) =>
        LiquidNumber.Whole(LiquidNumber.ToNumber(input), Math.Floor, Math.Floor);

    /// <summary>Rounds halves away from zero, as people do.</summary>
    public static object? Round(object? input, FilterArguments arguments, RenderState state)
    {
        object number = LiquidNumber.ToNumber(input);
        int digits = (int)Math.Clamp(arguments.Whole(0, 0, state), 0, MostDigits);
        if (digits == 0)
        {
            return LiquidNumber.Whole(
                number,
                value => Math.Round(value, MidpointRounding.AwayFromZero),
                value => Math.Round(value, MidpointRounding.AwayFromZero));
        }

        if (number is long || !LiquidNumber.TryToDecimal(number, out decimal exact))
            return number;
        decimal rounded = Math.Round(exact, digits, MidpointRounding.AwayFromZero);
        return number is decimal ? rounded : (double)rounded;
    }

    public static object? Plus(object? input, FilterArguments arguments, RenderState state)
    {
        (object left, object right) = Operands(input, arguments);
        return LiquidNumber.Apply(left, right, (a, b) => a + b, (a, b) => a + b);
    }

    public static object? Minus(object? input, FilterArguments arguments, RenderState state)
    {
        (object left, object right) = Operands(input, arguments);
        return LiquidNumber.Apply(left, right, (a, b) => a - b, (a, b) => a - b);
    }

    public static object? Times(object? input, FilterArguments arguments, RenderState state)
    {
        (object left, object right) = Operands(input, arguments);
        return LiquidNumber.Apply(left, right, (a, b) => a * b, (a, b) => a * b);
    }

    /// <summary>Divides; two whole numbers give a whole one, rounded down.</summary>
    public static object? DividedBy(object? input, FilterArguments arguments, RenderState state)
    {
        (object left, object right) = Divisible(input, arguments, state);
        if (left is long && right is long)
            return LiquidNumber.Apply(left, right, (a, b) => Math.Floor(a / b), (a, b) => Math.Floor(a / b));
        return LiquidNumber.Apply(left, right, (a, b) => a / b, (a, b) => a / b);
    }

    /// <summary>Gives the remainder, which has the sign of the divisor.</summary>
    public static object? Modulo(object? input, FilterArguments arguments, RenderState state)
    {
        (object left, object right) = Divisible(input, arguments, state);
        return LiquidNumber.Apply(left, right, (a, b) => WithSign(a % b, b), (a, b) => WithSign(a % b, b));
    }

    private static decimal WithSign(decimal remainder, decimal divisor) => remainder != 0 && remainder < 0 != divisor < 0 ? remainder + divisor : remainder;

    private static double WithSign(double remainder, double divisor) => remainder != 0 && remainder < 0 != divisor < 0 ? remainder + divisor : remainder;

    private static (object Left, object Right) Operands(object? input, FilterArguments arguments) =>
        (LiquidNumber.ToNumber(input), LiquidNumber.ToNumber(arguments[0]));

    private static (object Left, object Right) Divisible(object? input, FilterArguments arguments, RenderState state)
    {
        (object left, object right) = Operands(input, arguments);
        if (LiquidNumber.Compare(right, 0L) == 0)
            throw state.Fault("RangeError", $"'{LiquidValue.ToText(left, state)}' cannot be divided by 0.");
        return (left, right);
    }
}
