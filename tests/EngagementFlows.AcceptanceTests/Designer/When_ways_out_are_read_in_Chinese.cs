using EngagementFlows.AcceptanceTests.Browser;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Testing;
using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Designer;

/// <summary>Some ways out of an activity the Studio names by itself, in English.</summary>
[Collection(BrowserCollection.Name)]
public sealed class When_ways_out_are_read_in_Chinese(BrowserFixture browser, DesignerFirm firm) : BrowserTest(browser), IClassFixture<DesignerFirm>
{
    [Theory]
    [InlineData("client-intake", "资料齐全")]
    [InlineData("change-request", "提问")]
    public async Task Should_be_Chinese_where_the_author_named_them_too(string flow, string named)
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator, "zh-CN");

        await designer.OpenEditorAsync(flow);
        ILocator labels = designer.Page.Locator("#studio .x6-port-label");
        await Eventually.TrueAsync(async () => (await labels.AllTextContentsAsync()).Contains("已超时"));

        // The canvas writes spaces that break no line.
        string[] left = [.. (await labels.AllTextContentsAsync()).Select(text => text.Replace('\u00a0', ' ').Trim()).Distinct()];
        left.Should().Contain(["完成", named]).And.NotContain(label => label.Any(char.IsAsciiLetter));
        designer.Complaints.Should().BeEmpty();
    }
}
