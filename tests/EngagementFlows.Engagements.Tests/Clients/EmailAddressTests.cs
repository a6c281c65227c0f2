using EngagementFlows.Engagements.Clients;

namespace EngagementFlows.Engagements.Tests.Clients;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("a@b.example")]
    [InlineData("first.last+tag@sub.host.example")]
    [InlineData("A@B.Example")]
    [InlineData("a@xn--fsqu00a.example")]
    [InlineData("王@b.example")]
    public void Fault_PlainAddress_IsNull(string address) => EmailAddress.Fault(address).Should().BeNull();

    [Theory]
    [InlineData("a")]
    [InlineData("@b.example")]
    [InlineData("a@b")]
    [InlineData("a@b@c.example")]
    [InlineData("a@b.example,c@d.example")]
    [InlineData("a@b.example\r\nBcc: x@y.example")]
    [InlineData("A <a@b.example>")]
    [InlineData("a b@c.example")]
    [InlineData(".a@b.example")]
    [InlineData("a..b@c.example")]
    [InlineData("a@例子.example")]
    [InlineData("a@-b.example")]
    public void Fault_AnythingElse_SaysWhy(string address) => EmailAddress.Fault(address).Should().NotBeNull();
}
