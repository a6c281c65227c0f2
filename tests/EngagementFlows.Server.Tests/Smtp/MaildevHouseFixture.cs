using EngagementFlows.Server.Tests.Staff;
using EngagementFlows.Testing.Smtp;

namespace EngagementFlows.Server.Tests.Smtp;

/// <summary>The sample firm, whose mails go to another's mail server with a mailbox (npm <c>maildev</c>).</summary>
public sealed class MaildevHouseFixture : HouseFixture
{
    public MaildevPeer Peer { get; private set; } = null!;

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["EngagementFlows:Mail:Transport"] = "smtp",
        ["EngagementFlows:Mail:FromAddress"] = "flows@linden.example",
        ["EngagementFlows:Mail:Smtp:Host"] = "127.0.0.1",
        ["EngagementFlows:Mail:Smtp:Port"] = $"{Peer.Port}",
        ["EngagementFlows:Mail:Smtp:Security"] = "None",
        ["EngagementFlows:Mail:Smtp:UserName"] = MaildevPeer.User,
        ["EngagementFlows:Mail:Smtp:Password"] = MaildevPeer.Password,
    };

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Peer.DisposeAsync();
    }

    protected override async Task BeforeStartAsync() => Peer = await MaildevPeer.StartAsync();
}
