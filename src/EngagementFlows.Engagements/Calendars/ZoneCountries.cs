using System.Collections.Frozen;

namespace EngagementFlows.Engagements.Calendars;

/// <summary>The country in which a zone's clocks are read, for the countries that have a holiday table. After the zone table of the IANA database (<c>zone1970.tab</c> and its links).</summary>
public static class ZoneCountries
{
    private static readonly FrozenDictionary<string, string> ByZone = new (string Country, string[] Zones)[]
    {
        ("AU", ["Australia/Adelaide", "Australia/Brisbane", "Australia/Broken_Hill", "Australia/Canberra", "Australia/Darwin", "Australia/Eucla", "Australia/Hobart",
            "Australia/Lindeman", "Australia/Lord_Howe", "Australia/Melbourne", "Australia/Perth", "Australia/Sydney"]),
        ("CA", ["America/Dawson", "America/Dawson_Creek", "America/Edmonton", "America/Fort_Nelson", "America/Glace_Bay", "America/Goose_Bay", "America/Halifax",
            "America/Inuvik", "America/Iqaluit", "America/Moncton", "America/Montreal", "America/Rankin_Inlet", "America/Regina", "America/Resolute", "America/St_Johns",
            "America/Swift_Current", "America/Toronto", "America/Vancouver", "America/Whitehorse", "America/Winnipeg", "America/Yellowknife"]),
        ("CH", ["Europe/Zurich"]),
        ("CN", ["Asia/Chongqing", "Asia/Chungking", "Asia/Harbin", "Asia/Kashgar", "Asia/Shanghai", "Asia/Urumqi", "PRC"]),
        ("DE", ["Europe/Berlin", "Europe/Busingen"]),
        ("FR", ["Europe/Paris"]),
        ("GB", ["Europe/Belfast", "Europe/London"]),
        ("HK", ["Asia/Hong_Kong", "Hongkong"]),
        ("JP", ["Asia/Tokyo", "Japan"]),
        ("NL", ["Europe/Amsterdam"]),
        ("SG", ["Asia/Singapore", "Singapore"]),
        ("US", ["America/Adak", "America/Anchorage", "America/Boise", "America/Chicago", "America/Denver", "America/Detroit", "America/Indiana/Indianapolis",
            "America/Indiana/Knox", "America/Indiana/Marengo", "America/Indiana/Petersburg", "America/Indiana/Tell_City", "America/Indiana/Vevay", "America/Indiana/Vincennes",
            "America/Indiana/Winamac", "America/Juneau", "America/Kentucky/Louisville", "America/Kentucky/Monticello", "America/Los_Angeles", "America/Menominee",
            "America/Metlakatla", "America/New_York", "America/Nome", "America/North_Dakota/Beulah", "America/North_Dakota/Center", "America/North_Dakota/New_Salem",
            "America/Phoenix", "America/Sitka", "America/Yakutat", "Pacific/Honolulu"]),
    }.SelectMany(country => country.Zones.Select(zone => (zone, country.Country))).ToFrozenDictionary(pair => pair.zone, pair => pair.Country, StringComparer.Ordinal);

    /// <summary>Returns the country of a zone, or <see langword="null"/> if it has no holiday table here.</summary>
    public static string? Find(string zone) => ByZone.GetValueOrDefault(zone);
}
