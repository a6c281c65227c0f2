namespace EngagementFlows.Scripts.JavaScript;

/// <summary>A Date (ECMA-262 §21.4): milliseconds since 1970, or NaN.</summary>
internal sealed class JsDate : JsObject
{
    private DateTimeOffset? _exact;
    private double _time;

    public JsDate(JsObject? prototype, double time)
        : base(prototype) => _time = time;

    /// <summary>Creates a date that gives back the very instant, ticks and all, as long as nobody changes it.</summary>
    public JsDate(JsObject? prototype, DateTimeOffset instant)
        : base(prototype)
    {
        _exact = instant.ToUniversalTime();
        _time = Math.Floor((instant.UtcTicks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMillisecond);
    }

    public override string BuiltinTag => "Date";

    public double Time
    {
        get => _time;
        set
        {
            _time = value;
            _exact = null;
        }
    }

    public JsDate Clone(JsObject prototype) => new(prototype, _time) { _exact = _exact };

    /// <summary>Gives the instant in UTC, or <see langword="null"/> for an invalid date or one beyond the years 1 to 9999.</summary>
    public object? ToPlain()
    {
        if (_exact is { } exact)
            return exact;
        const double First = -62135596800000;
        const double Last = 253402300799999;
        return _time is >= First and <= Last ? DateTimeOffset.FromUnixTimeMilliseconds((long)_time) : null;
    }
}
