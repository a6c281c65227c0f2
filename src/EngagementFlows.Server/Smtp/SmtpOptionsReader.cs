using EngagementFlows.Server.Configuration;

namespace EngagementFlows.Server.Smtp;

/// <summary>Reads <see cref="SmtpOptions"/>; what is wrong with them is told to the reader of all settings.</summary>
internal static class SmtpOptionsReader
{
    private const string Prefix = "Mail:Smtp:";

    /// <summary>Returns the settings, to be used only if the reader found no fault.</summary>
    public static SmtpOptions Read(SettingReader settings, string workingFolder, TimeSpan sendingLease)
    {
        SmtpOptions defaults = new() { Host = "" };
        SmtpOptions options = defaults with
        {
            Host = settings.Text($"{Prefix}Host") ?? "",
            Port = Number(settings, "Port", 587, 65_535),
            Security = Enum.Parse<SmtpSecurity>(settings.OneOf($"{Prefix}Security", nameof(SmtpSecurity.Auto), Enum.GetNames<SmtpSecurity>())),
            UserName = settings.Text($"{Prefix}UserName"),
            Password = settings.Text($"{Prefix}Password"),
            PasswordFile = File(settings, "PasswordFile", workingFolder),
            OAuth = settings.Children($"{Prefix}OAuth").Count > 0 ? ReadOAuth(settings, workingFolder) : null,
            CertificateAuthorityFile = File(settings, "CertificateAuthorityFile", workingFolder),
            Timeout = settings.Span($"{Prefix}Timeout", defaults.Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)),
            MaxConnections = settings.Number($"{Prefix}MaxConnections", defaults.MaxConnections, 1, 50),
            MessagesPerConnection = settings.Number($"{Prefix}MessagesPerConnection", defaults.MessagesPerConnection, 1, 10_000),
            MessagesPerHour = Number(settings, "MessagesPerHour", 1000, 1_000_000),
            ClientName = settings.Text($"{Prefix}ClientName"),
            SendingLease = sendingLease,
        };
        foreach (string fault in SmtpOptionsRules.Faults(options))
            settings.Refuse(fault);
        return options;
    }

    private static SmtpOAuthOptions ReadOAuth(SettingReader settings, string workingFolder) => new()
    {
        TokenUrl = settings.Address($"{Prefix}OAuth:TokenUrl", "https://oauth2.googleapis.com/token"),
        ClientId = settings.Text($"{Prefix}OAuth:ClientId") ?? "",
        ClientSecret = settings.Text($"{Prefix}OAuth:ClientSecret"),
        ClientSecretFile = File(settings, "OAuth:ClientSecretFile", workingFolder),
        RefreshToken = settings.Text($"{Prefix}OAuth:RefreshToken"),
        RefreshTokenFile = File(settings, "OAuth:RefreshTokenFile", workingFolder),
        Scope = settings.Text($"{Prefix}OAuth:Scope"),
    };

    private static int? Number(SettingReader settings, string key, int example, int most) =>
        settings.Text(Prefix + key) is null ? null : settings.Number(Prefix + key, example, 1, most);

    private static string? File(SettingReader settings, string key, string workingFolder)
    {
        if (settings.Text(Prefix + key) is not { } text)
            return null;

        string path = Path.GetFullPath(text, workingFolder);
        if (!System.IO.File.Exists(path))
            settings.Refuse(Prefix + key, path, "the path of a file that exists and can be read", $"/run/secrets/{key.Split(':')[^1]}");
        return path;
    }
}
