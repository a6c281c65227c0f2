using EngagementFlows.CrashDrill.Callers;
using EngagementFlows.CrashDrill.Children;
using Npgsql;

namespace EngagementFlows.CrashDrill;

/// <summary>What callers need of a running system: the servers' addresses, the mailboxes, HTTP.</summary>
internal sealed class House : IAsyncDisposable
{
    // Longer than any honest answer; a frozen server is given up by then.
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopMails = new();
    private readonly Task _following;

    public House(string recordFile)
    {
        Mails = new MailBook(recordFile);
        _following = Mails.FollowAsync(_stopMails.Token);
    }

    /// <summary>Gets the way over HTTP.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, MaxConnectionsPerServer = 128, ConnectTimeout = TimeSpan.FromSeconds(2) }) { Timeout = AnswerLimit };

    /// <summary>Gets the mailboxes.</summary>
    public MailBook Mails { get; }

    /// <summary>Gets what callers did not expect.</summary>
    public Grievances Grievances { get; } = new();

    /// <summary>Opens the database for the drill's own questions; a killed PostgreSQL leaves nothing in a pool.</summary>
    public static NpgsqlDataSource Open(string connectionString) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, ApplicationName = "drill", CommandTimeout = 300 });

    /// <summary>Returns a caller with a chance of its own.</summary>
    public Caller CallerTo(IEnumerable<FlowsServer> servers, Chance chance) => CallerTo(servers, chance, DrillSettings.ApiKey);

    /// <summary>Returns a caller under another key.</summary>
    public Caller CallerTo(IEnumerable<FlowsServer> servers, Chance chance, string key) => new(Http, [.. servers.Select(server => server.Address)], key, chance, Grievances);

    /// <summary>Reads the record to its end and follows it no longer.</summary>
    public async Task CloseMailsAsync()
    {
        await _stopMails.CancelAsync();
        await _following;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseMailsAsync();
        _stopMails.Dispose();
        Http.Dispose();
    }
}
