using EngagementFlows.Engine;

namespace EngagementFlows.Server.Languages;

/// <summary>Who reads a page, as far as words and times depend on it.</summary>
/// <param name="Language">The language of the page.</param>
/// <param name="Zone">The zone in which times are written.</param>
/// <param name="Now">The instant of the request.</param>
internal sealed record Reader(Language Language, TimeZoneInfo Zone, DateTimeOffset Now)
{
    /// <summary>Returns the same reader with times written in another zone.</summary>
    public Reader In(TimeZoneInfo zone) => this with { Zone = zone };

    public string Say(LocalizedText text) => Language.Say(text);

    public string Say(LocalizedText text, params object?[] values) => Language.Say(text, values);

    /// <summary>Returns date and time of day in the reader's zone; the year only where it is not this one.</summary>
    public string Moment(DateTimeOffset at)
    {
        DateTime local = Local(at);
        return Language.Moment(local, withYear: local.Year != Local(Now).Year);
    }

    /// <summary>Returns the date in the reader's zone; the year only where it is not this one.</summary>
    public string Date(DateTimeOffset at)
    {
        DateTime local = Local(at);
        return local.Year == Local(Now).Year ? Language.ShortDate(local) : Language.Date(local);
    }

    /// <summary>Returns a date; the year only where it is not this one.</summary>
    public string Date(DateOnly date)
    {
        DateTime day = date.ToDateTime(TimeOnly.MinValue);
        return date.Year == Local(Now).Year ? Language.ShortDate(day) : Language.Date(day);
    }

    /// <summary>Returns the date with its year.</summary>
    public string FullDate(DateTimeOffset at) => Language.Date(Local(at));

    /// <summary>Returns the exact instant with its zone, for those who need to know.</summary>
    public string Exact(DateTimeOffset at) => $"{Language.Date(Local(at))} {Local(at):HH\\:mm\\:ss} {Zone.Id} ({at.UtcDateTime:yyyy-MM-dd HH\\:mm\\:ss}Z)";

    /// <summary>Returns the time that lies between the instant and now.</summary>
    public string Span(DateTimeOffset at) => Language.Span(at - Now);

    private DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).DateTime;
}
