using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Samples;
using EngagementFlows.Server.Tests.Architecture;
using EngagementFlows.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EngagementFlows.Server.Tests.Staff.Folder;

/// <summary>A firm in the midst of its life, whose console and client pages lie in two folders of a host that does other things, too.</summary>
public sealed class FolderFixture : ServerFixture, IAsyncLifetime
{
    public const string Console = "/flows";

    /// <summary>Called like a page of the console: nothing may take the one for the other.</summary>
    public const string Clients = "/clients";

    public const string Host = "http://firm.example";

    /// <summary>Gets a browser of somebody who may do everything.</summary>
    public HttpClient Staff { get; private set; } = null!;

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["EngagementFlows:ConsoleUrl"] = Host + Console,
        ["EngagementFlows:PublicUrl"] = Host + Clients,
        ["EngagementFlows:TrustedProxies:0"] = "127.0.0.1",
        ["EngagementFlows:Outbound:AllowedHosts:0"] = "books.example.com",
    };

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        (Staff, _) = await SignInAsync([.. StaffRoles.All]);
    }

    protected override void WriteFiles(string folder) => HouseFixture.CopyProcesses(folder);

    // A month of the firm's life has something for nearly every page.
    protected override async Task BeforeStartAsync()
    {
        ServerOptions options = SettingSources.Read(Folder, new Dictionary<string, string?>(Settings)
        {
            ["ConnectionStrings:EngagementFlows"] = Postgres.ConnectionString,
            ["EngagementFlows:DataFolder"] = Folder,
            ["EngagementFlows:WorkflowsFolder"] = Path.Combine(Repository.Root, "workflows"),
        });
        await new SampleMonth(options, KeyFile.Open(options.KeyFile), new Uri(Host), NullLoggerFactory.Instance)
            .PlayAsync(Postgres.ConnectionString, TimeProvider.System.GetUtcNow(), new SampleMails(options), CancellationToken.None);
    }
}
