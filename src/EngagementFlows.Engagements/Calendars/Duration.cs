using System.Globalization;

namespace EngagementFlows.Engagements.Calendars;

/// <summary>A length of time as it is written in a flow: elapsed (<c>3.00:00:00</c>), or one in which only working days or hours count (<c>3 working days</c>).</summary>
public abstract record Duration
{
    /// <summary>How a duration is written, for messages.</summary>
    public const string Rule = "Write it like '3 working days', '16 working hours', or '3.00:00:00' for three days of any kind.";

    /// <summary>Gets whether it has no length.</summary>
    public abstract bool IsZero { get; }

    /// <summary>Returns what is wrong with a text that is to be a duration longer than zero, or <see langword="null"/>.</summary>
    public static string? FaultOf(string text) => TryParse(text, out Duration? duration) && !duration!.IsZero ? null : $"'{text}' is no duration longer than zero. {Rule}";

    /// <summary>Reads a duration.</summary>
    /// <param name="text">The text; spaces around it do not count.</param>
    /// <param name="duration">What it says; <see langword="null"/> if it says something else. Not negative.</param>
    public static bool TryParse(string? text, out Duration? duration)
    {
        duration = WorkingTime.TryParse(text, out WorkingTime? working) ? working
            : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan elapsed) && elapsed >= TimeSpan.Zero ? new ElapsedTime(elapsed)
            : null;
        return duration is not null;
    }
}

/// <summary>A length of time in which every hour counts.</summary>
/// <param name="Length">The length.</param>
public sealed record ElapsedTime(TimeSpan Length) : Duration
{
    /// <inheritdoc/>
    public override bool IsZero => Length == TimeSpan.Zero;

    /// <inheritdoc/>
    public override string ToString() => Length.ToString("c", CultureInfo.InvariantCulture);
}
