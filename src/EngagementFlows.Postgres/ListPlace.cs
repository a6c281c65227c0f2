using System.Globalization;

namespace EngagementFlows.Postgres;

/// <summary>Reads the place where a page of a list begins, for lists whose place is an id or a number.</summary>
public static class ListPlace
{
    /// <summary>The name of the field in the API and in most pages.</summary>
    public const string After = "after";

    /// <summary>Returns the id; <see langword="null"/> for the first page.</summary>
    /// <exception cref="ListPlaceException">It is no id.</exception>
    public static Guid? Id(string? place, string field = After) =>
        string.IsNullOrEmpty(place) ? null : Guid.TryParseExact(place, "D", out Guid id) ? id : throw new ListPlaceException(field, place);

    /// <summary>Returns the number; <see langword="null"/> for the first page.</summary>
    /// <exception cref="ListPlaceException">It is no whole number from 0.</exception>
    public static long? Number(string? place, string field = After) =>
        string.IsNullOrEmpty(place) ? null
        : long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : throw new ListPlaceException(field, place);
}
