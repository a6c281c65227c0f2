using System.Net;
using EngagementFlows.Postgres.Outbox;
using EngagementFlows.Server.Outbound;
using EngagementFlows.Server.Smtp;
using EngagementFlows.Server.Telemetry;

namespace EngagementFlows.Server.Configuration;

/// <summary>Everything that an installation may set, read and checked once at start; <c>docs/guides/configure.md</c> is its list for people.</summary>
internal sealed record ServerOptions
{
    /// <summary>Gets the database; <see langword="null"/> = the server starts its own in <see cref="DataFolder"/>.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Gets the folder of the embedded database, the key file and the mails of transport <c>folder</c>; absolute.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Gets the folder of processes that are loaded at start; absolute, may be missing.</summary>
    public required string WorkflowsFolder { get; init; }

    /// <summary>Gets the file of the secret keys; absolute. Made at the first start.</summary>
    public required string KeyFile { get; init; }

    public required EmbeddedOptions Postgres { get; init; }

    /// <summary>Gets the base of links in mails to clients; <see langword="null"/> = the first address that the server listens on.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Gets the base of links in mails to staff; <see langword="null"/> = <see cref="PublicUrl"/>.</summary>
    public Uri? ConsoleUrl { get; init; }

    public required FirmOptions Firm { get; init; }

    public required DefinitionOptions Definitions { get; init; }

    public required TimerOptions Timers { get; init; }

    public required MailOptions Mail { get; init; }

    public required OutboxOptions Outbox { get; init; }

    public required OutboundOptions Outbound { get; init; }

    public required HttpEndpointOptions Http { get; init; }

    public required ApiOptions Api { get; init; }

    public required SignInOptions SignIn { get; init; }

    public required LinkOptions Links { get; init; }

    public required ImportOptions Imports { get; init; }

    /// <summary>Gets the networks of proxies whose word about a visitor's address and scheme is believed; empty = nobody's.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    public required TelemetryOptions Telemetry { get; init; }

    public required EngineOptions Engine { get; init; }

    /// <summary>Gets the mail address of the person who sets up an empty installation.</summary>
    public required string AdministratorEmail { get; init; }

    /// <summary>Gets the mail address of the person to whom an escalation climbs last, or <see langword="null"/>.</summary>
    public string? EscalationLastRung { get; init; }
}

/// <summary>The embedded database.</summary>
/// <param name="User">The operating system's user who runs it when the server runs as root.</param>
/// <param name="ReachableFolder">Folder for data and programs where that user cannot reach the clone; <see langword="null"/> = the default.</param>
/// <param name="Binaries">PostgreSQL's programs; <see langword="null"/> = those of the npm package.</param>
internal sealed record EmbeddedOptions(string User, string? ReachableFolder, string? Binaries);

/// <summary>The firm as its clients see it.</summary>
/// <param name="Name">Stands on every page and mail.</param>
/// <param name="Phone">Stands in mails; <see langword="null"/> = none.</param>
/// <param name="Email">Where clients write to; <see langword="null"/> = the sender of mails.</param>
/// <param name="Zone">Zone of the firm's office: local dates for staff, and of flows that name no other.</param>
internal sealed record FirmOptions(string Name, string? Phone, string? Email, TimeZoneInfo Zone);

/// <param name="PublishFiles">Whether a changed file of the workflows folder is published at start; otherwise it becomes a draft for a second pair of eyes.</param>
/// <param name="FourEyes">Whether somebody else than those who made a version publishes it; the audit of each publication says if not.</param>
internal sealed record DefinitionOptions(bool PublishFiles, bool FourEyes);

/// <param name="CatchUpPerSecond">Timers that are over 60 s late are released at this rate.</param>
internal sealed record TimerOptions(int CatchUpPerSecond);

/// <param name="Transport"><c>folder</c>: mails are written as .eml files; <c>smtp</c>: they are given to a mail server.</param>
/// <param name="Folder">Folder of those files; absolute.</param>
/// <param name="FromAddress">Sender of all mails.</param>
/// <param name="FromName">Sender's name.</param>
/// <param name="Smtp">The mail server; <see langword="null"/> if none is configured. May stand there before <paramref name="Transport"/> is <c>smtp</c>, to be tried.</param>
internal sealed record MailOptions(string Transport, string Folder, string FromAddress, string FromName, SmtpOptions? Smtp)
{
    public const string ToFolder = "folder";
    public const string OverSmtp = "smtp";
}

/// <param name="AnonymousPaths">Paths under <c>/http</c> that need no API key.</param>
/// <param name="GetPaths">Paths under <c>/http</c> that GET may reach: a GET that changes something is the exception.</param>
/// <param name="Timeout">How long a request waits for its burst.</param>
internal sealed record HttpEndpointOptions(IReadOnlyList<string> AnonymousPaths, IReadOnlyList<string> GetPaths, TimeSpan Timeout);

/// <param name="Keys">Programs that may call the API.</param>
/// <param name="MaxBodyBytes">Limit of a request's body.</param>
/// <param name="RequestTimeout">Limit of one request.</param>
/// <param name="RequestsPerMinute">Requests of one API key or person.</param>
/// <param name="AnonymousRequestsPerMinute">Requests from one network address that name neither: messages to hooks, flows' anonymous endpoints, wrong keys.</param>
internal sealed record ApiOptions(IReadOnlyList<ApiKeyOptions> Keys, int MaxBodyBytes, TimeSpan RequestTimeout, int RequestsPerMinute, int AnonymousRequestsPerMinute);

/// <param name="Name">Names the program in the audit.</param>
/// <param name="Secret">The key; forgotten once it is hashed.</param>
/// <param name="Roles">What it may do.</param>
/// <param name="ActsFor">Mail address of the person whose tasks it may complete; <see langword="null"/> = nobody's.</param>
internal sealed record ApiKeyOptions(string Name, string Secret, IReadOnlyList<string> Roles, string? ActsFor)
{
    public override string ToString() => $"API key {Name}";
}

/// <param name="MaxFailures">Wrong passwords in a row that lock the account.</param>
/// <param name="LockFor">How long it stays locked.</param>
/// <param name="AttemptsPerMinute">Attempts from one network address.</param>
/// <param name="SessionLifetime">How long a session lives without a request.</param>
/// <param name="LinkLifetime">How long a one-time link for a password lives.</param>
internal sealed record SignInOptions(int MaxFailures, TimeSpan LockFor, int AttemptsPerMinute, TimeSpan SessionLifetime, TimeSpan LinkLifetime);

/// <param name="RequestsPerMinute">Requests for client pages from one network address.</param>
/// <param name="RequestsPerMinuteAndLink">Requests for the pages of one link, wherever they come from.</param>
internal sealed record LinkOptions(int RequestsPerMinute, int RequestsPerMinuteAndLink);

/// <param name="KeepUndecided">How long an uploaded file waits for a decision before its content is removed.</param>
internal sealed record ImportOptions(TimeSpan KeepUndecided);

/// <param name="CounterMode">Whether flowcharts without a mode of their own run in counter mode.</param>
/// <param name="FaultOnIncident">Whether a failure ends instances whose definition names no incident strategy.</param>
/// <param name="StrictConversion">Whether text that does not convert faults.</param>
/// <param name="Committers">Commits of callers' requests that may be under way at once.</param>
internal sealed record EngineOptions(bool CounterMode, bool FaultOnIncident, bool StrictConversion, int Committers);
