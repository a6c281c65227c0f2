using System.Globalization;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Expressions;

/// <summary>Types that scripts know beside JavaScript's own: <c>TimeSpan</c>, <c>Guid</c>, <c>DateTime</c>, <c>DateTimeOffset</c>. Members are found with a capital or a small letter first.</summary>
internal static class ScriptValueTypes
{
    /// <summary>Gets the types; those of dates without their present, which belongs to an evaluation.</summary>
    public static IReadOnlyList<ScriptType> All { get; } = [Span(), Id(), Date("DateTime", []), Date("DateTimeOffset", [])];

    /// <summary>Tells whether a name is that of a type of dates.</summary>
    public static bool IsDate(string name) => name is "DateTime" or "DateTimeOffset";

    /// <summary>Returns a type of dates that knows the present: the transition's instant, the same in the whole evaluation.</summary>
    public static ScriptType Date(string name, DateTimeOffset now, TimeZoneInfo zone)
    {
        DateTime today = TimeZoneInfo.ConvertTime(now, zone).Date;
        return Date(name, new Dictionary<string, object?>
        {
            ["Now"] = now,
            ["UtcNow"] = now,
            ["Today"] = new DateTimeOffset(today, zone.GetUtcOffset(today)),
        });
    }

    private static ScriptType Span() => new()
    {
        Name = "TimeSpan",
        ClrType = typeof(TimeSpan),
        Construct = static (_, arguments) => arguments.Length switch
        {
            0 => TimeSpan.Zero,
            1 => new TimeSpan((long)Number(arguments, 0)),
            <= 3 => new TimeSpan((int)Number(arguments, 0), (int)Number(arguments, 1), (int)Number(arguments, 2)),
            _ => new TimeSpan((int)Number(arguments, 0), (int)Number(arguments, 1), (int)Number(arguments, 2), (int)Number(arguments, 3)),
        },
        Statics = Both(new Dictionary<string, object?>
        {
            ["Zero"] = TimeSpan.Zero,
            ["MinValue"] = TimeSpan.MinValue,
            ["MaxValue"] = TimeSpan.MaxValue,
            ["FromDays"] = new NativeFunction("FromDays", static (_, arguments) => Of(Number(arguments, 0), TimeSpan.TicksPerDay)),
            ["FromHours"] = new NativeFunction("FromHours", static (_, arguments) => Of(Number(arguments, 0), TimeSpan.TicksPerHour)),
            ["FromMinutes"] = new NativeFunction("FromMinutes", static (_, arguments) => Of(Number(arguments, 0), TimeSpan.TicksPerMinute)),
            ["FromSeconds"] = new NativeFunction("FromSeconds", static (_, arguments) => Of(Number(arguments, 0), TimeSpan.TicksPerSecond)),
            ["FromMilliseconds"] = new NativeFunction("FromMilliseconds", static (_, arguments) => Of(Number(arguments, 0), TimeSpan.TicksPerMillisecond)),
            ["Parse"] = new NativeFunction("Parse", static (_, arguments) => Parsed(arguments, new DataType(DataKind.TimeSpan))),
        }),
        Getters = Both(new Dictionary<string, NativeBody>
        {
            ["Days"] = static (_, arguments) => (long)Span(arguments).Days,
            ["Hours"] = static (_, arguments) => (long)Span(arguments).Hours,
            ["Minutes"] = static (_, arguments) => (long)Span(arguments).Minutes,
            ["Seconds"] = static (_, arguments) => (long)Span(arguments).Seconds,
            ["Milliseconds"] = static (_, arguments) => (long)Span(arguments).Milliseconds,
            ["Ticks"] = static (_, arguments) => (double)Span(arguments).Ticks,
            ["TotalDays"] = static (_, arguments) => Span(arguments).TotalDays,
            ["TotalHours"] = static (_, arguments) => Span(arguments).TotalHours,
            ["TotalMinutes"] = static (_, arguments) => Span(arguments).TotalMinutes,
            ["TotalSeconds"] = static (_, arguments) => Span(arguments).TotalSeconds,
            ["TotalMilliseconds"] = static (_, arguments) => Span(arguments).TotalMilliseconds,
        }),
        Methods = Both(new Dictionary<string, NativeBody>
        {
            ["ToString"] = static (_, arguments) => Span(arguments).ToString("c", CultureInfo.InvariantCulture),
            ["ToJSON"] = static (_, arguments) => Span(arguments).ToString("c", CultureInfo.InvariantCulture),
            ["ValueOf"] = static (_, arguments) => Span(arguments).TotalMilliseconds,
            ["Add"] = static (_, arguments) => Span(arguments) + Other(arguments),
            ["Subtract"] = static (_, arguments) => Span(arguments) - Other(arguments),
            ["Negate"] = static (_, arguments) => -Span(arguments),
            ["Duration"] = static (_, arguments) => Span(arguments).Duration(),
        }),
    };

    private static ScriptType Id() => new()
    {
        Name = "Guid",
        ClrType = typeof(Guid),
        Statics = Both(new Dictionary<string, object?>
        {
            ["Empty"] = Guid.Empty,
            ["NewGuid"] = new NativeFunction("NewGuid", static (host, _) => host is ScriptScope
                ? ScriptSurface.NewGuid(host)
                : throw new ScriptException(new ScriptFault("TypeError", "New ids come from an instance, and there is none here.", 0, 0))),
            ["Parse"] = new NativeFunction("Parse", static (_, arguments) => Parsed(arguments, new DataType(DataKind.Guid))),
        }),
        Methods = Both(new Dictionary<string, NativeBody>
        {
            ["ToString"] = static (_, arguments) => ((Guid)arguments[0]!).ToString("D"),
            ["ToJSON"] = static (_, arguments) => ((Guid)arguments[0]!).ToString("D"),
        }),
    };

    /// <summary>Dates themselves are JavaScript's own; only the ways to make one are here.</summary>
    private static ScriptType Date(string name, Dictionary<string, object?> present) => new()
    {
        Name = name,
        Construct = static (_, arguments) => Instant(arguments),
        Statics = Both(new Dictionary<string, object?>(present)
        {
            ["MinValue"] = DateTimeOffset.MinValue,
            ["MaxValue"] = DateTimeOffset.MaxValue,
            ["UnixEpoch"] = DateTimeOffset.UnixEpoch,
            ["Parse"] = new NativeFunction("Parse", static (_, arguments) => Parsed(arguments, new DataType(DataKind.DateTimeOffset))),
        }),
    };

    private static DateTimeOffset Instant(ReadOnlySpan<object?> arguments)
    {
        int Part(ReadOnlySpan<object?> parts, int index, int missing) => index < parts.Length ? (int)Number(parts, index) : missing;
        try
        {
            return new DateTimeOffset(Part(arguments, 0, 1), Part(arguments, 1, 1), Part(arguments, 2, 1), Part(arguments, 3, 0), Part(arguments, 4, 0), Part(arguments, 5, 0), TimeSpan.Zero);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new ScriptException(new ScriptFault("RangeError", "The parts do not make a date. Give year, month, day, hour, minute and second.", 0, 0));
        }
    }

    private static TimeSpan Of(double number, long ticks)
    {
        double total = number * ticks;
        if (!(Math.Abs(total) < TimeSpan.MaxValue.Ticks))
            throw new ScriptException(new ScriptFault("RangeError", "The span is too long.", 0, 0));
        return new TimeSpan((long)Math.Round(total));
    }

    private static TimeSpan Span(ReadOnlySpan<object?> arguments) => (TimeSpan)arguments[0]!;

    private static TimeSpan Other(ReadOnlySpan<object?> arguments) => arguments.Length > 1 && arguments[1] is TimeSpan span
        ? span
        : throw new ScriptException(new ScriptFault("TypeError", "The argument must be a TimeSpan, for example TimeSpan.FromHours(2).", 0, 0));

    private static double Number(ReadOnlySpan<object?> arguments, int index)
    {
        object? value = index < arguments.Length ? arguments[index] : null;
        if (!ValueConversion.TryConvert(value, new DataType(DataKind.Double), out object? converted) || converted is not double number)
            throw new ScriptException(new ScriptFault("TypeError", $"Argument {index + 1} must be a number.", 0, 0));
        return number;
    }

    private static object? Parsed(ReadOnlySpan<object?> arguments, DataType type)
    {
        object? value = arguments.Length > 0 ? arguments[0] : null;
        return ValueConversion.TryConvert(value, type, out object? converted)
            ? converted
            : throw new ScriptException(new ScriptFault("RangeError", ValueConversion.Failure(value, type), 0, 0));
    }

    /// <summary>Adds each name with a small letter first.</summary>
    private static Dictionary<string, T> Both<T>(Dictionary<string, T> members)
    {
        foreach ((string name, T member) in members.ToList())
            members[char.ToLowerInvariant(name[0]) + name[1..]] = member;
        return members;
    }
}
