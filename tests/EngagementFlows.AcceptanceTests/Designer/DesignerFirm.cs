using EngagementFlows.AcceptanceTests.Browser;
using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Designer;

/// <summary>The sample firm with somebody who sits down at the designer.</summary>
public sealed class DesignerFirm : SampleFirm
{
    /// <summary>The mail address of the person who sits there.</summary>
    public const string Person = "samuel.osei@linden.example";

    /// <summary>The mail address of somebody else, who decides what that person submitted.</summary>
    public const string Architect = "li.wei@linden.example";

    /// <summary>Gives the person the role and the language, signs him in, and returns the designer's screen, not yet opened.</summary>
    internal async Task<DesignerScreen> SitDownAsync(BrowserFixture browser, string role, string language = "en", int width = 1600, string person = Person)
    {
        await Postgres.ExecuteAsync("update person set roles = array[$1], language = $2 where email = $3", role, language, person);
        IPage page = await browser.OpenAsync(Address.AbsoluteUri, language, width);
        await SignInAsync(page, person);
        return new DesignerScreen(page, Address);
    }
}
