using System.Globalization;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Values;

/// <summary>Converts plain values to declared types, as Elsa does with the invariant culture.</summary>
public static class ValueConversion
{
    private static readonly object BoxedZero = 0L;
    private static readonly object BoxedFalse = false;

    /// <summary>Converts strictly; text that does not convert is a failure.</summary>
    public static bool TryConvert(object? value, DataType type, out object? result) => TryConvert(value, type, strict: true, out result);

    /// <summary>Converts <paramref name="value"/> to <paramref name="type"/>.</summary>
    /// <param name="value">A plain value.</param>
    /// <param name="type">The target.</param>
    /// <param name="strict">Whether what does not convert is a failure; otherwise it becomes the type's default where Elsa does so.</param>
    /// <param name="result">The converted value.</param>
    public static bool TryConvert(object? value, DataType type, bool strict, out object? result)
    {
        result = value;
        if (value is null || type == DataType.Object)
            return true;
        if (type.IsList)
            return TryConvertList(value, type, strict, out result);
        if (TryConvertOne(value, type.Kind, out result, out bool isOverflow))
            return true;
        if (strict || isOverflow)
            return false;
        result = Default(type.Kind);
        return true;
    }

    /// <summary>Says in a sentence why a value does not convert.</summary>
    public static string Failure(object? value, DataType type)
    {
        string shown = value is string text ? text : PlainJson.Write(value);
        if (shown.Length > 100)
            shown = string.Concat(shown.AsSpan(0, 100), "…");
        return $"The {KindName(value)} '{shown}' cannot be converted to {type}. {Rule(type)}";
    }

    /// <summary>Returns the text form of a value: what an input of type String gets.</summary>
    public static string? ToText(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "True" : "False",
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString(CultureInfo.InvariantCulture),
        decimal exact => exact.ToString(CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.ToString(instant.TimeOfDay == TimeSpan.Zero ? "MM/dd/yyyy" : "MM/dd/yyyy HH:mm", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        Guid id => id.ToString("D"),
        byte[] bytes => Convert.ToBase64String(bytes),
        _ => PlainJson.Write(value),
    };

    private static bool TryConvertOne(object value, DataKind kind, out object? result, out bool isOverflow)
    {
        isOverflow = false;
        switch (kind)
        {
            case DataKind.String:
                result = ToText(value);
                return true;
            case DataKind.Boolean:
                return TryToBoolean(value, out result);
            case DataKind.Int16:
                return TryToWhole(value, short.MinValue, short.MaxValue, out result, out isOverflow);
            case DataKind.Int32:
                return TryToWhole(value, int.MinValue, int.MaxValue, out result, out isOverflow);
            case DataKind.Int64:
                return TryToWhole(value, long.MinValue, long.MaxValue, out result, out isOverflow);
            case DataKind.Single or DataKind.Double:
                return TryToDouble(value, kind == DataKind.Single, out result);
            case DataKind.Decimal:
                return TryToDecimal(value, out result, out isOverflow);
            case DataKind.Guid:
                return TryToGuid(value, out result);
            case DataKind.DateTime or DataKind.DateTimeOffset:
                return TryToInstant(value, out result);
            case DataKind.TimeSpan:
                return TryToSpan(value, out result);
            case DataKind.Bytes:
                return TryToBytes(value, out result);
            case DataKind.Json or DataKind.Dictionary:
                return TryToMap(value, out result);
            case DataKind.JsonNode:
                return TryToNode(value, out result);
            default:
                result = value;
                return true;
        }
    }

    private static bool TryConvertList(object value, DataType type, bool strict, out object? result)
    {
        result = null;
        DataType item = type with { IsList = false };
        if (value is string text)
        {
            if (string.IsNullOrWhiteSpace(text))
                return true;
            if (text.AsSpan().TrimStart().StartsWith("[") && PlainJson.TryParse(text, out object? parsed) && parsed is PlainList fromJson)
                value = fromJson;
            else
                value = type.Kind == DataKind.String ? new PlainList { text } : Characters(text);
        }

        if (value is not PlainList list)
            return false;
        if (item == DataType.Object)
        {
            result = list;
            return true;
        }

        PlainList converted = new(list.Count);
        foreach (object? member in list)
        {
            if (!TryConvert(member, item, strict, out object? one))
                return false;
            converted.Add(one);
        }

        result = converted;
        return true;
    }

    private static PlainList Characters(string text)
    {
        PlainList list = new(text.Length);
        foreach (char letter in text)
            list.Add(letter.ToString());
        return list;
    }

    private static bool TryToBoolean(object value, out object? result)
    {
        result = null;
        switch (value)
        {
            case bool:
                result = value;
                return true;
            case string text when string.IsNullOrWhiteSpace(text):
                return true;
            case string text when bool.TryParse(text, out bool parsed):
                result = parsed;
                return true;
            case long whole:
                result = whole != 0;
                return true;
            case double number:
                result = number != 0;
                return true;
            case decimal exact:
                result = exact != 0;
                return true;
            default:
                return false;
        }
    }

    private static bool TryToWhole(object value, long min, long max, out object? result, out bool isOverflow)
    {
        result = null;
        isOverflow = false;
        switch (value)
        {
            case long whole:
                result = value;
                isOverflow = whole < min || whole > max;
                return !isOverflow;
            case double number:
                double rounded = Math.Round(number, MidpointRounding.ToEven);
                isOverflow = !(rounded >= min && rounded <= max) || (max == long.MaxValue && rounded >= 9.2233720368547758E+18);
                if (!isOverflow)
                    result = (long)rounded;
                return !isOverflow;
            case decimal exact:
                decimal even = Math.Round(exact, MidpointRounding.ToEven);
                isOverflow = even < min || even > max;
                if (!isOverflow)
                    result = (long)even;
                return !isOverflow;
            case bool flag:
                result = flag ? 1L : 0L;
                return true;
            case string text when string.IsNullOrWhiteSpace(text):
                return true;
            case string text when long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long parsed):
                result = parsed;
                return parsed >= min && parsed <= max;
            default:
                return false;
        }
    }

    private static bool TryToDouble(object value, bool single, out object? result)
    {
        result = null;
        double number;
        switch (value)
        {
            case double given:
                number = given;
                break;
            case long whole:
                number = whole;
                break;
            case decimal exact:
                number = (double)exact;
                break;
            case bool flag:
                number = flag ? 1 : 0;
                break;
            case string text when string.IsNullOrWhiteSpace(text):
                return true;
            case string text when double.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out double parsed):
                number = parsed;
                break;
            default:
                return false;
        }

        // A number of 32 bits keeps the digits that it prints, not the noise of its widening.
        result = single && double.IsFinite(number) ? double.Parse(((float)number).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : number;
        return true;
    }

    private static bool TryToDecimal(object value, out object? result, out bool isOverflow)
    {
        result = null;
        isOverflow = false;
        switch (value)
        {
            case decimal:
                result = value;
                return true;
            case long whole:
                result = (decimal)whole;
                return true;
            case double number:
                isOverflow = !(Math.Abs(number) < 7.9e28);
                if (!isOverflow)
                    result = (decimal)number;
                return !isOverflow;
            case bool flag:
                result = flag ? 1m : 0m;
                return true;
            case string text when string.IsNullOrWhiteSpace(text):
                return true;
            case string text when decimal.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out decimal parsed):
                result = parsed;
                return true;
            default:
                return false;
        }
    }

    private static bool TryToGuid(object value, out object? result)
    {
        result = value as Guid?;
        if (value is not string text)
            return result is not null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        if (!Guid.TryParse(text, out Guid parsed))
            return false;
        result = parsed;
        return true;
    }

    private static bool TryToInstant(object value, out object? result)
    {
        result = value as DateTimeOffset?;
        if (value is not string text)
            return result is not null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset parsed))
            return false;
        result = parsed;
        return true;
    }

    private static bool TryToSpan(object value, out object? result)
    {
        result = value as TimeSpan?;
        if (value is not string text)
            return result is not null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        if (!TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan parsed))
            return false;
        result = parsed;
        return true;
    }

    private static bool TryToBytes(object value, out object? result)
    {
        result = value as byte[];
        if (value is not string text)
            return result is not null;
        byte[] buffer = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, buffer, out int written))
            return false;
        result = buffer[..written];
        return true;
    }

    private static bool TryToMap(object value, out object? result)
    {
        result = value as PlainObject;
        if (value is not string text)
            return result is not null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        if (!PlainJson.TryParse(text, out object? parsed) || parsed is not (PlainObject or null))
            return false;
        result = parsed;
        return true;
    }

    private static bool TryToNode(object value, out object? result)
    {
        result = value;
        if (value is not string text)
            return true;
        ReadOnlySpan<char> start = text.AsSpan().TrimStart();
        if (start.IsEmpty)
        {
            result = null;
            return true;
        }

        return start[0] is not ('{' or '[') || PlainJson.TryParse(text, out result);
    }

    private static object? Default(DataKind kind) => kind switch
    {
        DataKind.Boolean => BoxedFalse,
        DataKind.Int16 or DataKind.Int32 or DataKind.Int64 => BoxedZero,
        DataKind.Single or DataKind.Double => 0.0,
        DataKind.Decimal => 0m,
        DataKind.Guid => Guid.Empty,
        DataKind.DateTime or DataKind.DateTimeOffset => DateTimeOffset.MinValue,
        DataKind.TimeSpan => TimeSpan.Zero,
        _ => null,
    };

    private static string KindName(object? value) => value switch
    {
        string => "text",
        bool => "truth value",
        long or double or decimal => "number",
        PlainList => "list",
        PlainObject => "object",
        _ => "value",
    };

    private static string Rule(DataType type) => type.IsList ? "A list is wanted." : type.Kind switch
    {
        DataKind.Boolean => "Allowed are true, false and numbers.",
        DataKind.Int16 or DataKind.Int32 or DataKind.Int64 => "A whole number within its range is wanted.",
        DataKind.Single or DataKind.Double or DataKind.Decimal => "A number is wanted.",
        DataKind.DateTime or DataKind.DateTimeOffset => "A date such as 2026-01-31T09:00:00Z is wanted.",
        DataKind.TimeSpan => "A span such as 1.12:30:00 (days.hours:minutes:seconds) is wanted.",
        DataKind.Guid => "A GUID is wanted.",
        DataKind.Json or DataKind.Dictionary => "An object, or JSON text of one, is wanted.",
        DataKind.JsonNode => "JSON is wanted.",
        DataKind.Bytes => "Base64 text is wanted.",
        _ => string.Empty,
    };
}
