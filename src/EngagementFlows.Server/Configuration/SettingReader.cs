using System.Globalization;

namespace EngagementFlows.Server.Configuration;

/// <summary>Reads the settings under <c>EngagementFlows</c>, checks each one, and collects every fault instead of stopping at the first.</summary>
internal sealed class SettingReader(IConfiguration configuration)
{
    public const string Section = "EngagementFlows";

    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _faults = [];

    public IReadOnlyList<string> Faults => _faults;

    public void Refuse(string key, string? value, string rule, string example) =>
        _faults.Add($"Setting '{Section}:{key}' is '{value}'. It must be {rule}, for example {Section}:{key}={example}.");

    public void Refuse(string fault) => _faults.Add(fault);

    public string? Text(string key)
    {
        _known.Add(key);
        string? value = configuration[$"{Section}:{key}"];
        return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }

    public bool Flag(string key, bool otherwise)
    {
        if (Text(key) is not { } text)
            return otherwise;
        if (bool.TryParse(text, out bool value))
            return value;
        Refuse(key, text, "true or false", otherwise ? "false" : "true");
        return otherwise;
    }

    public int Number(string key, int otherwise, int least, int most)
    {
        if (Text(key) is not { } text)
            return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most)
            return value;
        Refuse(key, text, $"a whole number from {least} to {most}", otherwise.ToString(CultureInfo.InvariantCulture));
        return otherwise;
    }

    public TimeSpan Span(string key, TimeSpan otherwise, TimeSpan least, TimeSpan most)
    {
        if (Text(key) is not { } text)
            return otherwise;
        if (TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out TimeSpan value) && value >= least && value <= most)
            return value;
        Refuse(key, text, $"a span of time from {least:c} to {most:c} (days.hours:minutes:seconds)", otherwise.ToString("c", CultureInfo.InvariantCulture));
        return otherwise;
    }

    /// <summary>Reads an address that people or programs are sent to; without its closing slash.</summary>
    public Uri? Address(string key, string example)
    {
        if (Text(key) is not { } text)
            return null;
        if (Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out Uri? value) && value.Scheme is "http" or "https"
            && value is { Query: "", Fragment: "", UserInfo: "" })
            return value;
        Refuse(key, text, "an absolute http or https address without query or user", example);
        return null;
    }

    public string OneOf(string key, string otherwise, params string[] allowed)
    {
        if (Text(key) is not { } text)
            return otherwise;
        if (Array.Find(allowed, one => one.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } value)
            return value;
        Refuse(key, text, $"one of {string.Join(", ", allowed)}", otherwise);
        return otherwise;
    }

    public TimeZoneInfo Zone(string key, TimeZoneInfo otherwise)
    {
        if (Text(key) is not { } text)
            return otherwise;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(text, out TimeZoneInfo? value))
            return value;
        Refuse(key, text, "the name of an IANA time zone", "Asia/Shanghai");
        return otherwise;
    }

    /// <summary>Reads a list that stands either in numbered keys (<c>Key:0</c>) or in one text, separated by commas.</summary>
    public IReadOnlyList<string> List(string key)
    {
        string? text = Text(key);
        IEnumerable<string?> items = text is not null
            ? text.Split(',')
            : Children(key).Select(name => Text($"{key}:{name}"));
        return [.. items.Select(item => item?.Trim()).OfType<string>().Where(item => item.Length > 0)];
    }

    public IReadOnlyList<string> Children(string key) =>
        [.. configuration.GetSection($"{Section}:{key}").GetChildren().Select(child => child.Key)];

    /// <summary>Refuses settings that nobody asked for: they are misspelt, and silence would mean that they do nothing.</summary>
    public void RefuseUnknown()
    {
        foreach ((string path, string? value) in configuration.GetSection(Section).AsEnumerable(makePathsRelative: true))
        {
            if (value is null || path.Length == 0 || _known.Contains(path))
                continue;
            string nearest = _known.MinBy(known => Distance(known, path)) ?? "PublicUrl";
            _faults.Add($"Setting '{Section}:{path}' is not known. Did you mean '{Section}:{nearest}'? docs/guides/configure.md lists all settings.");
        }
    }

    // Levenshtein, without case.
    private static int Distance(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (int i = 1; i <= one.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int cost = char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]) ? 0 : 1;
                int next = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + cost);
                diagonal = row[j];
                row[j] = next;
            }
        }

        return row[^1];
    }
}
