using EngagementFlows.AcceptanceTests.Browser;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Testing;
using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Designer;

/// <summary>The Studio knows light colours only; in dark pages every word of it can be read all the same.</summary>
[Collection(BrowserCollection.Name)]
public sealed class When_the_designer_is_read_in_the_dark(BrowserFixture browser, DesignerFirm firm) : BrowserTest(browser), IClassFixture<DesignerFirm>
{
    // Of words below this size, by WCAG 2.2, 1.4.3.
    private const double Readable = 4.5;

    // Of lines and other pictures, by 1.4.11.
    private const double Visible = 3;

    [Fact]
    public async Task Should_keep_every_word_of_lists_canvas_and_dialogs_readable()
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator);
        await designer.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });

        await designer.OpenDefinitionsAsync();
        (await LuminanceAsync(designer.Page, "#studio .mud-table-body td")).Should().BeLessThan(0.05, "the ground of the list is dark");
        await ShouldBeReadableAsync(designer.Page, "#studio", "list of flows");
        await designer.Page.ClickAsync("#studio .mud-button-group-root button");
        await designer.Page.Locator(".mud-dialog").WaitForAsync();
        await ShouldBeReadableAsync(designer.Page, ".mud-dialog", "new flow");

        await designer.OpenInstancesAsync();
        await ShouldBeReadableAsync(designer.Page, "#studio", "list of instances");

        await designer.OpenEditorAsync("client-intake");
        await designer.Page.Locator("#studio .x6-port-label").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        (await LuminanceAsync(designer.Page, "#studio .x6-graph-svg")).Should().BeLessThan(0.05, "the canvas is dark");
        await ShouldBeReadableAsync(designer.Page, "#studio", "editor");
        (await ContrastAsync(designer.Page, "#studio .x6-port-label", "fill")).Should().BeGreaterThanOrEqualTo(Readable, "names of outcomes");
        (await ContrastAsync(designer.Page, "#studio .x6-edge path:nth-of-type(2)", "stroke")).Should().BeGreaterThanOrEqualTo(Visible, "lines between activities");
    }

    [Fact]
    public async Task Should_keep_the_notes_beside_an_instance_readable()
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator);
        await designer.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await designer.OpenInstancesAsync();
        await designer.Rows.First.ClickAsync();
        await designer.Journal.First.WaitForAsync();

        await designer.OpenTabAsync("Activity Call Stack");
        await designer.Page.Locator("#studio .mud-alert").First.WaitForAsync();

        await ShouldBeReadableAsync(designer.Page, "#studio", "an instance");
    }

    [Fact]
    public async Task Should_show_lines_on_a_light_canvas_too()
    {
        DesignerScreen designer = await firm.SitDownAsync(Browser, StaffRoles.Operator);

        await designer.OpenEditorAsync("client-intake");
        await designer.Page.Locator("#studio .x6-edge").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });

        (await ContrastAsync(designer.Page, "#studio .x6-edge path:nth-of-type(2)", "stroke")).Should().BeGreaterThanOrEqualTo(Visible);
        (await ContrastAsync(designer.Page, "#studio .x6-port-label", "fill")).Should().BeGreaterThanOrEqualTo(Readable);
    }

    // What moves to its colour is asked again until it has it.
    private static async Task ShouldBeReadableAsync(IPage page, string inside, string screen)
    {
        string[] faint = [];
        try
        {
            await Eventually.TrueAsync(async () => (faint = await page.EvaluateAsync<string[]>(Colours + FaintWords, new object[] { inside, Readable })).Length == 0);
        }
        catch (TimeoutException)
        {
            // Told below with the words.
        }

        faint.Should().BeEmpty(screen);
    }

    private static Task<double> ContrastAsync(IPage page, string selector, string property) => page.EvaluateAsync<double>(
        Colours + "const element = document.querySelector(selector); return contrast(over(colourOf(getComputedStyle(element)[property]), ground(element)), ground(element)); }", new object[] { selector, property });

    private static Task<double> LuminanceAsync(IPage page, string selector) => page.EvaluateAsync<double>(
        Colours + "return luminance(ground(document.querySelector(selector))); }", new object[] { selector, "" });

    // What an element stands on: the first grounds below it that can be seen through, laid over one that cannot.
    private const string Colours =
        """
        ([selector, property]) => {
          const colourOf = text => { const [r, g, b, a = 1] = text.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0]; return [r, g, b, text === 'transparent' ? 0 : a]; };
          const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
          const ground = element => {
            if (!element)
              return [255, 255, 255, 1];
            const own = element.matches('.x6-graph-svg') ? colourOf(getComputedStyle(element.parentElement.querySelector('.x6-graph-background') ?? element).backgroundColor) : colourOf(getComputedStyle(element).backgroundColor);
            return own[3] === 1 ? own : over(own, ground(element.parentElement));
          };
          const luminance = colour => colour.slice(0, 3).map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4).reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
          const contrast = (one, other) => { const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b); return (light + 0.05) / (dark + 0.05); };

        """;

    // Of words that can be seen and used: what is switched off may be faint.
    private const string FaintWords =
        """
          const faint = new Set();
          const walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            const words = walker.currentNode.nodeValue.trim();
            if (!words || element.closest('script, style, noscript, svg text, .monaco-editor, :disabled, .mud-disabled, legend') || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
              continue;
            const below = ground(element);
            const found = contrast(over(colourOf(getComputedStyle(element).color), below), below);
            if (found < property)
              faint.add(`${words.slice(0, 40)}: ${found.toFixed(1)}`);
          }
          return [...faint];
        }
        """;
}
