using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Calendars;

/// <summary>A date that is not what its day of the week says.</summary>
/// <param name="Date">The date.</param>
/// <param name="Name">The holiday's name; of a make-up day, that of the holiday for which it makes up.</param>
/// <param name="IsWorkingDay">Whether people work on it instead of another day (调休).</param>
public sealed record Holiday(DateOnly Date, LocalizedText Name, bool IsWorkingDay);

/// <summary>The holidays of a country or of an imported calendar.</summary>
public sealed class HolidayTable
{
    private readonly Dictionary<DateOnly, Holiday> _byDate;

    /// <summary>Creates a table.</summary>
    /// <param name="id">Country code (<c>CN</c>) or a name of its own.</param>
    /// <param name="source">Where the dates come from, with the source's version.</param>
    /// <param name="publishedThrough">The last year for which the dates are known; later dates are provisional.</param>
    /// <param name="holidays">The dates; a later entry replaces an earlier one of the same date.</param>
    public HolidayTable(string id, string source, int publishedThrough, IEnumerable<Holiday> holidays)
    {
        Id = id;
        Source = source;
        PublishedThrough = publishedThrough;
        _byDate = [];
        foreach (Holiday holiday in holidays)
            _byDate[holiday.Date] = holiday;
    }

    /// <summary>Gets the country code or name.</summary>
    public string Id { get; }

    /// <summary>Gets where the dates come from, with the source's version.</summary>
    public string Source { get; }

    /// <summary>Gets the last year for which the dates are known.</summary>
    public int PublishedThrough { get; }

    /// <summary>Gets the country's name; <see langword="null"/> for a table of the firm's own.</summary>
    public LocalizedText? Name { get; init; }

    /// <summary>Gets the first year of which the table knows anything.</summary>
    public int FirstYear { get; init; }

    /// <summary>Gets all dates, in order.</summary>
    public IEnumerable<Holiday> Days => _byDate.Values.OrderBy(day => day.Date);

    /// <summary>Returns the table with further dates, which go before its own.</summary>
    public HolidayTable With(IEnumerable<Holiday> holidays) => new(Id, Source, PublishedThrough, _byDate.Values.Concat(holidays)) { Name = Name, FirstYear = FirstYear };

    /// <summary>Returns the table as one that is known through a year; a table that is known further stays so.</summary>
    public HolidayTable KnownThrough(int year) => new(Id, Source, Math.Max(PublishedThrough, year), _byDate.Values) { Name = Name, FirstYear = FirstYear };

    /// <summary>Returns what is special about a date, or <see langword="null"/>.</summary>
    public Holiday? Find(DateOnly date) => _byDate.GetValueOrDefault(date);
}
