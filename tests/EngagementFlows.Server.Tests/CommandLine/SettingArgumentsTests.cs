using EngagementFlows.Server.CommandLine;

namespace EngagementFlows.Server.Tests.CommandLine;

public sealed class SettingArgumentsTests
{
    [Fact]
    public void Take_SettingsAmongArguments_LeavesTheRestInOrder()
    {
        SettingArguments taken = SettingArguments.Take(
            ["serve", "--EngagementFlows:PublicUrl=https://a.example/?x=1", "--urls", "http://localhost:1", "--ConnectionStrings:EngagementFlows", "Host=db", "--no-samples"]);

        taken.Rest.Should().Equal("serve", "--urls", "http://localhost:1", "--no-samples");
        taken.Values.Should().BeEquivalentTo(new Dictionary<string, string?>
        {
            ["EngagementFlows:PublicUrl"] = "https://a.example/?x=1",
            ["ConnectionStrings:EngagementFlows"] = "Host=db",
        });
    }

    [Fact]
    public void Take_AfterTwoDashes_LeavesEverything() =>
        SettingArguments.Take(["evaluate", "--", "--a:b=c"]).Rest.Should().Equal("evaluate", "--", "--a:b=c");

    [Fact]
    public void Take_KeyWithoutValue_IsLeftForTheCommandToRefuse() =>
        SettingArguments.Take(["serve", "--A:B"]).Rest.Should().Equal("serve", "--A:B");
}
