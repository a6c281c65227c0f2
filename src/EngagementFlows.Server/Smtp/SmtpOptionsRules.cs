using System.Net;
using EngagementFlows.Engagements.Mail;

namespace EngagementFlows.Server.Smtp;

/// <summary>The rules between the settings of <see cref="SmtpOptions"/>; no I/O.</summary>
internal static class SmtpOptionsRules
{
    /// <summary>Returns a sentence for each rule that is broken; secrets stand in none.</summary>
    public static IReadOnlyList<string> Faults(SmtpOptions options)
    {
        List<string> faults = [];
        if (options.Host.Length == 0)
            faults.Add(Key("Host", "is missing. It names the mail server, for example smtp.example.com."));
        else if (!IPAddress.TryParse(options.Host, out _) && HostName.ToAscii(options.Host) is null)
            faults.Add(Key("Host", $"is '{options.Host}'. It must be a host name or an IP address without a port, for example smtp.example.com."));

        if (options.ClientName is { } name && !name.Equals(HostName.ToAscii(name), StringComparison.OrdinalIgnoreCase) && !IsAddressLiteral(name))
            faults.Add(Key("ClientName", $"is '{name}'. It must be a host name such as flows.example.com or an address such as [192.0.2.1]."));

        CheckSignIn(options, faults);
        if (options.OAuth is not null)
            CheckOAuth(options.OAuth, faults);
        return faults;
    }

    private static void CheckSignIn(SmtpOptions options, List<string> faults)
    {
        int secrets = (options.Password is null ? 0 : 1) + (options.PasswordFile is null ? 0 : 1) + (options.OAuth is null ? 0 : 1);
        if (secrets > 1)
            faults.Add(Key("Password", "is given more than once. Keep one of Password, PasswordFile and OAuth."));
        if (options.UserName is null && secrets > 0)
            faults.Add(Key("UserName", "is missing, but there is a password or OAuth. Say who signs in, or remove them."));
        if (options.UserName is not null && secrets == 0)
            faults.Add(Key("UserName", $"is '{options.UserName}', but there is no password. Give Password, PasswordFile or OAuth, or remove the name."));
        if (HasControl(options.UserName))
            faults.Add(Key("UserName", "holds a control character. Signing in cannot carry it."));
        if (HasControl(options.Password))
            faults.Add(Key("Password", "holds a control character. Signing in cannot carry it."));
        if (options.Security == SmtpSecurity.None && options.UserName is not null && !options.IsThisMachine)
            faults.Add(Key("Security", "is 'None', but there is a user name: a password travels only under TLS. Use 'Auto', 'StartTls' or 'Tls', or sign in as nobody."));
    }

    private static void CheckOAuth(SmtpOAuthOptions options, List<string> faults)
    {
        if (options.TokenUrl?.Scheme != Uri.UriSchemeHttps)
            faults.Add(Key("OAuth:TokenUrl", $"is '{options.TokenUrl}'. It must be an address that begins with https://, for example https://oauth2.googleapis.com/token."));
        if (options.ClientId.Length == 0)
            faults.Add(Key("OAuth:ClientId", "is missing. It is the id under which the provider knows this installation."));
        if (options.ClientSecret is not null && options.ClientSecretFile is not null)
            faults.Add(Key("OAuth:ClientSecret", "is given twice. Keep one of ClientSecret and ClientSecretFile."));
        if (options.RefreshToken is null == options.RefreshTokenFile is null)
            faults.Add(Key("OAuth:RefreshToken", "must be given once: as RefreshToken or as RefreshTokenFile."));
    }

    private static bool HasControl(string? text) => text is not null && text.Any(char.IsControl);

    private static bool IsAddressLiteral(string name) =>
        name.StartsWith('[') && name.EndsWith(']') && IPAddress.TryParse(name[1..^1].Replace("IPv6:", "", StringComparison.OrdinalIgnoreCase), out _);

    private static string Key(string key, string rest) => $"Setting '{SmtpOptions.Section}:{key}' {rest}";
}
