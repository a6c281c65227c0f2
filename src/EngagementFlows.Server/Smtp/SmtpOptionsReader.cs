using System.Globalization;

namespace EngagementFlows.Server.Smtp;

/// <summary>Reads <see cref="SmtpOptions"/> from the configuration and tells every fault at once, each with its key.</summary>
internal static class SmtpOptionsReader
{
    /// <summary>Returns the settings, or <see langword="null"/> with at least one fault.</summary>
    public static SmtpOptions? Read(IConfiguration configuration, out IReadOnlyList<string> faults)
    {
        SettingReader reader = new(configuration.GetSection(SmtpOptions.Section));
        SmtpOptions defaults = new() { Host = "" };
        SmtpOptions options = defaults with
        {
            Host = reader.Text("Host") ?? "",
            Port = reader.Number("Port", 1, 65535),
            Security = reader.OneOf<SmtpSecurity>("Security") ?? defaults.Security,
            UserName = reader.Text("UserName"),
            Password = reader.Text("Password"),
            PasswordFile = reader.File("PasswordFile"),
            CertificateAuthorityFile = reader.File("CertificateAuthorityFile"),
            Timeout = reader.Time("Timeout", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)) ?? defaults.Timeout,
            MaxConnections = reader.Number("MaxConnections", 1, 50) ?? defaults.MaxConnections,
            MessagesPerConnection = reader.Number("MessagesPerConnection", 1, 10_000) ?? defaults.MessagesPerConnection,
            MessagesPerHour = reader.Number("MessagesPerHour", 1, 1_000_000),
            ClientName = reader.Text("ClientName"),
        };
        if (reader.Has("OAuth"))
            options = options with { OAuth = ReadOAuth(reader) };

        reader.RefuseUnknown();
        SmtpOptionsRules.Check(options, reader.Faults);
        faults = reader.Faults;
        return faults.Count == 0 ? options : null;
    }

    private static SmtpOAuthOptions ReadOAuth(SettingReader reader) => new()
    {
        TokenUrl = reader.HttpsAddress("OAuth:TokenUrl"),
        ClientId = reader.Text("OAuth:ClientId") ?? "",
        ClientSecret = reader.Text("OAuth:ClientSecret"),
        ClientSecretFile = reader.File("OAuth:ClientSecretFile"),
        RefreshToken = reader.Text("OAuth:RefreshToken"),
        RefreshTokenFile = reader.File("OAuth:RefreshTokenFile"),
        Scope = reader.Text("OAuth:Scope"),
    };

    /// <summary>Reads keys one by one and remembers which there are and what is wrong.</summary>
    private sealed class SettingReader(IConfigurationSection section)
    {
        private static readonly Uri NoAddress = new("https://invalid.invalid/");

        private readonly HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);

        public List<string> Faults { get; } = [];

        public bool Has(string key) => section.GetSection(key).Exists();

        public string? Text(string key)
        {
            known.Add(key);
            return string.IsNullOrEmpty(section[key]) ? null : section[key];
        }

        public int? Number(string key, int least, int most)
        {
            if (Text(key) is not { } text)
                return null;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most)
                return number;
            Fault(key, text, $"It must be a whole number from {least:N0} to {most:N0}.");
            return null;
        }

        public TimeSpan? Time(string key, TimeSpan least, TimeSpan most)
        {
            if (Text(key) is not { } text)
                return null;
            if (TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out TimeSpan time) && time >= least && time <= most)
                return time;
            Fault(key, text, $"It must be a time as hours:minutes:seconds from {least:c} to {most:c}, for example 00:00:30.");
            return null;
        }

        public T? OneOf<T>(string key)
            where T : struct, Enum
        {
            if (Text(key) is not { } text)
                return null;
            if (Enum.TryParse(text, ignoreCase: true, out T value) && Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase))
                return value;
            Fault(key, text, $"It must be one of {string.Join(", ", Enum.GetNames<T>())}.");
            return null;
        }

        public string? File(string key)
        {
            string? path = Text(key);
            if (path is not null && !System.IO.File.Exists(path))
                Fault(key, path, "There must be a file of that name.");
            return path;
        }

        public Uri HttpsAddress(string key)
        {
            string? text = Text(key);
            if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme == Uri.UriSchemeHttps)
                return address;
            Fault(key, text ?? "", "It must be an address that begins with https://, for example https://oauth2.googleapis.com/token.");
            return NoAddress;
        }

        public void RefuseUnknown()
        {
            // A mistyped key would otherwise be a setting that silently does nothing.
            foreach ((string key, string? value) in section.AsEnumerable(makePathsRelative: true))
            {
                if (value is not null && key.Length > 0 && !known.Contains(key))
                    Faults.Add($"The setting '{SmtpOptions.Section}:{key}' is not known. Known here: {string.Join(", ", known.Order())}.");
            }
        }

        private void Fault(string key, string value, string rule) => Faults.Add($"The setting '{SmtpOptions.Section}:{key}' is '{value}'. {rule}");
    }
}
