using System.Net;
using System.Net.Mail;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Outbox;
using EngagementFlows.Server.Outbound;
using EngagementFlows.Server.Smtp;

namespace EngagementFlows.Server.Configuration;

/// <summary>Makes <see cref="ServerOptions"/> of the configuration; the one place where settings are checked.</summary>
internal static class ServerOptionsReader
{
    /// <exception cref="SettingsException">At least one setting is wrong; the message names all of them.</exception>
    public static ServerOptions Read(IConfiguration configuration, string workingFolder)
    {
        SettingReader settings = new(configuration);
        string home = HomeFolder(workingFolder);
        string data = Folder(settings, "DataFolder", workingFolder, Path.Combine(home, ".data"));
        FirmOptions firm = new(
            settings.Text("Firm:Name") ?? "EngagementFlows",
            settings.Text("Firm:Phone"),
            MailAddressOf(settings, "Firm:Email"),
            settings.Zone("Firm:Zone", TimeZoneInfo.Utc));
        OutboxOptions outbox = ReadOutbox(settings);
        Uri? publicUrl = settings.Address("PublicUrl", "https://clients.example.com");
        ServerOptions options = new()
        {
            ConnectionString = Blank(configuration.GetConnectionString(SettingReader.Section)),
            DataFolder = data,
            WorkflowsFolder = Folder(settings, "WorkflowsFolder", workingFolder, Path.Combine(home, "workflows")),
            KeyFile = Folder(settings, "KeyFile", workingFolder, Path.Combine(data, "keys.json")),
            Postgres = new(settings.Text("Postgres:User") ?? "nobody", settings.Text("Postgres:ReachableFolder"), settings.Text("Postgres:Binaries")),
            PublicUrl = publicUrl,
            ConsoleUrl = settings.Address("ConsoleUrl", "https://flows.example.com") ?? publicUrl,
            Firm = firm,
            Definitions = new(settings.Flag("Definitions:PublishFiles", false), settings.Flag("Definitions:FourEyes", true)),
            Timers = new(settings.Number("Timers:CatchUpPerSecond", 2_000, 1, 1_000_000)),
            Mail = ReadMail(settings, workingFolder, data, firm, outbox),
            Outbox = outbox,
            Outbound = ReadOutbound(settings, outbox),
            Http = new(
                ReadPaths(settings, "Http:AnonymousPaths"),
                ReadPaths(settings, "Http:GetPaths"),
                settings.Span("Http:Timeout", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10))),
            Api = new(
                ReadApiKeys(settings),
                settings.Number("Api:MaxBodyBytes", 4 * 1024 * 1024, 1024, 256 * 1024 * 1024),
                settings.Span("Api:RequestTimeout", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
                settings.Number("Api:RequestsPerMinute", 12_000, 1, 10_000_000),
                settings.Number("Api:AnonymousRequestsPerMinute", 3_000, 1, 10_000_000)),
            SignIn = new(
                settings.Number("SignIn:MaxFailures", 5, 1, 100),
                settings.Span("SignIn:LockFor", TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
                settings.Number("SignIn:AttemptsPerMinute", 30, 1, 100_000),
                settings.Span("SignIn:SessionLifetime", TimeSpan.FromHours(12), TimeSpan.FromMinutes(1), TimeSpan.FromDays(30)),
                settings.Span("SignIn:LinkLifetime", TimeSpan.FromHours(24), TimeSpan.FromMinutes(1), TimeSpan.FromDays(30))),
            Links = new(
                settings.Number("Links:RequestsPerMinute", 300, 1, 100_000),
                settings.Number("Links:RequestsPerMinuteAndLink", 120, 1, 100_000)),
            Imports = new(settings.Span("Imports:KeepUndecided", TimeSpan.FromDays(7), TimeSpan.FromHours(1), TimeSpan.FromDays(365))),
            TrustedProxies = ReadNetworks(settings, "TrustedProxies"),
            Engine = new(
                settings.OneOf("Engine:FlowchartMode", "token", "token", "counter") == "counter",
                settings.OneOf("Engine:IncidentStrategy", "continue", "continue", "fault") == "fault",
                settings.OneOf("Engine:Conversion", "strict", "strict", "lenient") == "strict",
                settings.Number("Engine:Committers", 2, 1, 8)),
            Telemetry = new(
                settings.Address("Telemetry:Otlp:Endpoint", "http://localhost:4317"),
                settings.OneOf("Telemetry:Otlp:Protocol", "grpc", "grpc", "http") == "http",
                settings.Flag("Telemetry:Prometheus", false)),
            AdministratorEmail = MailAddressOf(settings, "AdministratorEmail") ?? "administrator@localhost",
            EscalationLastRung = MailAddressOf(settings, "Escalation:LastRung"),
        };
        settings.RefuseUnknown();
        return settings.Faults.Count == 0 ? options : throw new SettingsException(settings.Faults);
    }

    // Who clones the repository starts from some folder in it; who installs the published server has none above.
    private static string HomeFolder(string workingFolder)
    {
        for (DirectoryInfo? folder = new(workingFolder); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EngagementFlows.sln")))
                return folder.FullName;
        }

        return workingFolder;
    }

    private static string Folder(SettingReader settings, string key, string workingFolder, string otherwise) =>
        Path.GetFullPath(settings.Text(key) ?? otherwise, workingFolder);

    private static MailOptions ReadMail(SettingReader settings, string workingFolder, string data, FirmOptions firm, OutboxOptions outbox)
    {
        string transport = settings.OneOf("Mail:Transport", MailOptions.ToFolder, MailOptions.ToFolder, MailOptions.OverSmtp);
        SmtpOptions? smtp = transport == MailOptions.OverSmtp || settings.Children("Mail:Smtp").Count > 0 ? SmtpOptionsReader.Read(settings, workingFolder, outbox.SendingLease) : null;
        string? sender = MailAddressOf(settings, "Mail:FromAddress") ?? firm.Email;
        if (sender is null && smtp is { IsThisMachine: false })
            settings.Refuse("Mail:FromAddress", null, "the address from which mails come: a mail server takes none from 'flows@localhost'", "flows@example.com");
        return new(
            transport,
            Folder(settings, "Mail:Folder", workingFolder, Path.Combine(data, "mail")),
            sender ?? "flows@localhost",
            settings.Text("Mail:FromName") ?? firm.Name,
            smtp);
    }

    private static OutboxOptions ReadOutbox(SettingReader settings)
    {
        OutboxOptions defaults = new();
        return new()
        {
            ClaimLease = settings.Span("Outbox:ClaimLease", defaults.ClaimLease, TimeSpan.FromSeconds(2), TimeSpan.FromHours(1)),
            SendingLease = settings.Span("Outbox:SendingLease", defaults.SendingLease, TimeSpan.FromSeconds(5), TimeSpan.FromHours(1)),
            RetryAfter = settings.Span("Outbox:RetryAfter", defaults.RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        };
    }

    private static OutboundOptions ReadOutbound(SettingReader settings, OutboxOptions outbox)
    {
        OutboundOptions outbound = ReadOutbound(settings);
        // A call that outlives its lease would be told as uncertain although its answer is still waited for.
        if (outbound.Timeout > outbox.SendingLease * 0.8)
            settings.Refuse("Outbound:Timeout", outbound.Timeout.ToString("c"), $"at most four fifths of {SettingReader.Section}:Outbox:SendingLease ('{outbox.SendingLease:c}')", (outbox.SendingLease * 0.8).ToString("c"));
        return outbound;
    }

    private static OutboundOptions ReadOutbound(SettingReader settings) => new()
    {
        AllowedHosts = ReadHosts(settings, "Outbound:AllowedHosts"),
        PrivateHosts = ReadHosts(settings, "Outbound:PrivateHosts"),
        Timeout = settings.Span("Outbound:Timeout", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)),
        AnswerTimeout = settings.Span("Outbound:AnswerTimeout", TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)),
        MaxCallsPerHost = settings.Number("Outbound:MaxCallsPerHost", 8, 1, 1000),
        MaxResponseBytes = settings.Number("Outbound:MaxResponseBytes", 1024 * 1024, 1024, 64 * 1024 * 1024),
    };

    private static IReadOnlyList<string> ReadHosts(SettingReader settings, string key)
    {
        IReadOnlyList<string> hosts = settings.List(key);
        foreach (string host in hosts)
        {
            if (HostEntry.Read(host) is null)
                settings.Refuse(key, host, "host names, perhaps with a port (':*' = any), without scheme or path; '*.' in front covers subdomains", "api.example.com,*.example.org");
        }

        return hosts;
    }

    private static List<string> ReadPaths(SettingReader settings, string key)
    {
        List<string> paths = [];
        foreach (string path in settings.List(key))
        {
            if (path.Contains('?', StringComparison.Ordinal) || path.Contains("//", StringComparison.Ordinal))
                settings.Refuse(key, path, "a path below /http, as in the HttpEndpoint activity", "orders/new");
            paths.Add(path.Trim('/'));
        }

        return paths;
    }

    private static List<IPNetwork> ReadNetworks(SettingReader settings, string key)
    {
        List<IPNetwork> networks = [];
        foreach (string text in settings.List(key))
        {
            if (IPAddress.TryParse(text, out IPAddress? address))
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else if (IPNetwork.TryParse(text, out IPNetwork network) && network.PrefixLength > 0)
                networks.Add(network);
            else
                settings.Refuse(key, text, "addresses or networks of the proxies in front of the server; not everybody's", "10.0.0.5,172.18.0.0/16");
        }

        return networks;
    }

    private static List<ApiKeyOptions> ReadApiKeys(SettingReader settings)
    {
        List<ApiKeyOptions> keys = [];
        foreach (string name in settings.Children("ApiKeys"))
        {
            string path = $"ApiKeys:{name}";
            string? secret = settings.Text($"{path}:Key");
            IReadOnlyList<string> roles = settings.List($"{path}:Roles");
            // The value is never repeated: start-up messages end in logs.
            if (secret is null || secret.Length < 32 || secret.Distinct().Count() < 10)
                settings.Refuse($"Setting '{SettingReader.Section}:{path}:Key' is too easy to guess or missing. It must have at least 32 characters of chance, for example from 'openssl rand -base64 33'.");
            if (roles.Count == 0)
                settings.Refuse($"{path}:Roles", null, $"at least one of {string.Join(", ", StaffRoles.All)}", StaffRoles.Operator);
            foreach (string role in roles.Where(role => !StaffRoles.All.Contains(role)))
                settings.Refuse($"{path}:Roles", role, $"a list of {string.Join(", ", StaffRoles.All)}", StaffRoles.Operator);
            keys.Add(new ApiKeyOptions(name, secret ?? "", roles, MailAddressOf(settings, $"{path}:ActsFor")));
        }

        foreach (IGrouping<string, ApiKeyOptions> same in keys.Where(key => key.Secret.Length > 0).GroupBy(key => key.Secret).Where(same => same.Count() > 1))
            settings.Refuse($"The API keys '{string.Join("' and '", same.Select(key => key.Name))}' have the same value. Each program needs a key of its own, or the audit cannot tell them apart.");
        return keys;
    }

    private static string? MailAddressOf(SettingReader settings, string key)
    {
        string? text = settings.Text(key);
        if (text is null || (MailAddress.TryCreate(text, out MailAddress? address) && address.Address == text))
            return text;
        settings.Refuse(key, text, "a mail address without a name", "flows@example.com");
        return null;
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
