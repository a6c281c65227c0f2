using EngagementFlows.Postgres.Mail;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Samples;
using Microsoft.Extensions.Logging.Abstractions;

namespace EngagementFlows.AcceptanceTests.Browser;

/// <summary>The server as a newcomer finds it: the sample firm with a month behind it.</summary>
public sealed class SampleFirmAfterAMonth : SampleFirm
{
    protected override async Task BeforeStartAsync()
    {
        ServerOptions options = SettingSources.Read(Folder, new Dictionary<string, string?>
        {
            ["ConnectionStrings:EngagementFlows"] = Postgres.ConnectionString,
            ["EngagementFlows:DataFolder"] = Folder,
            ["EngagementFlows:WorkflowsFolder"] = Path.Combine(Folder, "workflows"),
        });
        SampleMails mails = new(options);
        SampleMonth month = new(options, KeyFile.Open(options.KeyFile), new Uri("http://localhost:5000"), NullLoggerFactory.Instance);
        await month.PlayAsync(Postgres.ConnectionString, TimeProvider.System.GetUtcNow(), mails, CancellationToken.None);
        await mails.PublishAsync(new GetMail(Postgres.DataSource), CancellationToken.None);
    }
}
