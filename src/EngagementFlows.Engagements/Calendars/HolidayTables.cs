using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using EngagementFlows.Engine;

namespace EngagementFlows.Engagements.Calendars;

/// <summary>The tables that come with the product (<c>data/holidays</c>), by country code.</summary>
public static class HolidayTables
{
    private static readonly FrozenDictionary<string, HolidayTable> ByCountry = Load();

    /// <summary>Gets the codes of the countries that have a table, in order.</summary>
    public static IEnumerable<string> Countries => ByCountry.Keys.Order(StringComparer.Ordinal);

    /// <summary>Returns the table of a country, or <see langword="null"/> if there is none.</summary>
    /// <param name="country">The ISO 3166 code in capitals, for example <c>CN</c>.</param>
    public static HolidayTable? Find(string country) => ByCountry.GetValueOrDefault(country);

    /// <summary>Returns the table of a country; one without holidays, in which every date is provisional, if there is none.</summary>
    public static HolidayTable For(string country) => Find(country) ?? new HolidayTable(country, $"no table of {country}", publishedThrough: 0, []);

    private static FrozenDictionary<string, HolidayTable> Load()
    {
        Assembly assembly = typeof(HolidayTables).Assembly;
        List<HolidayTable> tables = [];
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("holidays/", StringComparison.Ordinal)))
        {
            using Stream stream = assembly.GetManifestResourceStream(name)!;
            using JsonDocument file = JsonDocument.Parse(stream);
            tables.Add(Read(file.RootElement));
        }

        return tables.ToFrozenDictionary(table => table.Id, StringComparer.Ordinal);
    }

    private static HolidayTable Read(JsonElement file) => new(
        file.GetProperty("country").GetString()!,
        file.GetProperty("source").GetString()!,
        file.GetProperty("publishedThrough").GetInt32(),
        Dates(file, "off", isWorkingDay: false).Concat(Dates(file, "work", isWorkingDay: true)))
    {
        Name = new(file.GetProperty("name").GetProperty("en").GetString()!, file.GetProperty("name").GetProperty("zh").GetString()!),
        FirstYear = file.GetProperty("firstYear").GetInt32(),
    };

    private static IEnumerable<Holiday> Dates(JsonElement file, string list, bool isWorkingDay)
    {
        foreach (JsonElement day in file.GetProperty(list).EnumerateArray())
        {
            yield return new Holiday(
                DateOnly.ParseExact(day.GetProperty("date").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
                new LocalizedText(day.GetProperty("en").GetString()!, day.GetProperty("zh").GetString()!),
                isWorkingDay);
        }
    }
}
