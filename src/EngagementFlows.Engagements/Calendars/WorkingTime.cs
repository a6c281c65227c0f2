using System.Globalization;
using System.Text.RegularExpressions;

namespace EngagementFlows.Engagements.Calendars;

/// <summary>A length of time in which only working days or working hours count.</summary>
/// <remarks>Days and hours are two types on purpose: two working days are not sixteen working hours.</remarks>
public abstract partial record WorkingTime : Duration
{
    /// <summary>Returns it so many times.</summary>
    public abstract WorkingTime Times(int count);

    /// <summary>Returns what is wrong with a text that is to be a working time, or <see langword="null"/>. Zero means the next working moment.</summary>
    public static new string? FaultOf(string text) => TryParse(text, out _) ? null : $"'{text}' is no working time. Write it like '2 working days' or '16 working hours'.";

    /// <summary>Reads <c>2 working days</c>, <c>16 working hours</c>, <c>1.5 working hours</c>, <c>2个工作日</c>, <c>16个工作小时</c>.</summary>
    /// <param name="text">The text; spaces around it do not count.</param>
    /// <param name="time">What it says; <see langword="null"/> if it says something else.</param>
    public static bool TryParse(string? text, out WorkingTime? time)
    {
        time = null;
        Match match = Form().Match(text ?? "");
        if (!match.Success || !decimal.TryParse(match.Groups["count"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal count))
            return false;

        if (match.Groups["days"].Success)
        {
            if (count != decimal.Truncate(count) || count > WorkingDays.Longest)
                return false;
            time = new WorkingDays((int)count);
        }
        else
        {
            if (count > WorkingHours.Longest)
                return false;
            time = new WorkingHours(TimeSpan.FromTicks((long)(count * TimeSpan.TicksPerHour)));
        }

        return true;
    }

    [GeneratedRegex(
        @"^\s*(?<count>[0-9]{1,6}(\.[0-9]{1,4})?)\s*((?<days>working days?|个?工作日)|(?<hours>working hours?|个?工作小时))\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}

/// <summary>A number of working days.</summary>
/// <param name="Count">The number; 0 means the next working moment.</param>
public sealed record WorkingDays(int Count) : WorkingTime
{
    /// <summary>The most days that can be asked for: four years of them.</summary>
    public const int Longest = 1_000;

    /// <inheritdoc/>
    public override bool IsZero => Count == 0;

    /// <inheritdoc/>
    public override WorkingTime Times(int count) => new WorkingDays(Count * count);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} working day{(Count == 1 ? "" : "s")}");
}

/// <summary>A length of working hours.</summary>
/// <param name="Length">The length; zero means the next working moment.</param>
public sealed record WorkingHours(TimeSpan Length) : WorkingTime
{
    /// <summary>The most hours that can be asked for.</summary>
    public const int Longest = 8_000;

    /// <inheritdoc/>
    public override bool IsZero => Length == TimeSpan.Zero;

    /// <inheritdoc/>
    public override WorkingTime Times(int count) => new WorkingHours(Length * count);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Length.TotalHours:0.####} working hour{(Length == TimeSpan.FromHours(1) ? "" : "s")}");
}
