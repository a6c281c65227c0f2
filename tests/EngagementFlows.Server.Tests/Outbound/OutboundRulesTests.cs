using EngagementFlows.Server.Outbound;

namespace EngagementFlows.Server.Tests.Outbound;

public sealed class OutboundRulesTests
{
    private static readonly OutboundRules Rules = new(new OutboundOptions { AllowedHosts = ["api.example.com", "*.partner.example", "odd.example:8443"] });

    [Theory]
    [InlineData("https://api.example.com/a?b=c")]
    [InlineData("http://API.Example.com./")]
    [InlineData("https://crm.partner.example/")]
    [InlineData("https://odd.example:8443/")]
    public void Allows_ListedHost_IsTrue(string url) => Rules.Allows(url, out _, out _).Should().BeTrue();

    [Theory]
    [InlineData("https://api.example.com.evil.test/", "not listed")]
    [InlineData("https://evilapi.example.com/", "not listed")]
    [InlineData("https://partner.example/", "not listed")]
    [InlineData("https://evilpartner.example/", "not listed")]
    [InlineData("https://odd.example/", "not this port")]
    [InlineData("https://api.example.com:9000/", "not this port")]
    [InlineData("https://2130706433/", "not listed")]
    [InlineData("https://0x7f.1/", "not listed")]
    [InlineData("https://0177.0.0.1/", "not listed")]
    [InlineData("https://[::ffff:127.0.0.1]/", "not listed")]
    [InlineData("https://api.example.com@evil.test/", "user name")]
    [InlineData("https://evil.test#@api.example.com/", "not listed")]
    [InlineData("https://evil.test\\@api.example.com/", "not an absolute address")]
    [InlineData("file:///etc/passwd", "only 'http' and 'https'")]
    [InlineData("gopher://api.example.com/", "only 'http' and 'https'")]
    [InlineData("//api.example.com/", "'http' and 'https'")]
    [InlineData("api.example.com", "not an absolute address")]
    [InlineData("", "not an absolute address")]
    public void Allows_AnythingElse_SaysWhyNot(string url, string reason)
    {
        Rules.Allows(url, out _, out string refusal).Should().BeFalse();
        refusal.Should().Contain(reason);
    }
}
