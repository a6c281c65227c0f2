using System.Text.RegularExpressions;
using EngagementFlows.Testing;
using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Designer;

/// <summary>The designer in a browser's page, and what the browser complains about meanwhile.</summary>
internal sealed class DesignerScreen
{
    /// <summary>Where the list of flows stands.</summary>
    public const string Definitions = "/designer/workflows/definitions";

    /// <summary>Where the list of instances stands.</summary>
    public const string Instances = "/designer/workflows/instances";

    // What the Studio itself writes to the console though all is well: its router of lines that finds no nice way, and says that it takes another.
    private const string Harmless = "Unable to execute manhattan algorithm";

    private readonly List<string> _complaints = [];

    /// <param name="page">The browser's page.</param>
    /// <param name="server">The one address that it may ask.</param>
    public DesignerScreen(IPage page, Uri server)
    {
        Page = page;
        string origin = server.GetLeftPart(UriPartial.Authority);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !message.Text.Contains(Harmless, StringComparison.Ordinal))
                _complaints.Add($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, fault) => _complaints.Add($"{page.Url}: {fault}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(origin, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
                _complaints.Add($"{page.Url} asks {request.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>Gets errors and warnings of the browser's console (broken content policies are among them), and requests to other hosts.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public ILocator Rows => Page.Locator("#studio .mud-table-body .mud-table-row");

    public ILocator Nodes => Page.Locator("#studio .x6-node");

    public ILocator Notices => Page.Locator("#designer-notices");

    public static string Editor(string definitionId) => $"{Definitions}/{definitionId}/edit";

    public static string Viewer(string instanceId) => $"{Instances}/{instanceId}/view";

    /// <summary>Opens the list of flows and waits for its rows.</summary>
    public async Task OpenDefinitionsAsync()
    {
        await Page.GotoAsync(Definitions);
        await Rows.First.WaitForAsync();
    }

    /// <summary>Opens the editor of a flow and waits for its picture.</summary>
    public async Task OpenEditorAsync(string definitionId)
    {
        await Page.GotoAsync(Editor(definitionId));
        await Nodes.First.WaitForAsync();
    }

    /// <summary>Returns what the Studio shows inside of one of its elements, once it shows anything.</summary>
    public ILocator Part(string element) => Page.Locator($"{element} > *").First;

    /// <summary>Opens the tab with that name, wherever the tabs' bar hides it.</summary>
    public async Task OpenTabAsync(string name)
    {
        ILocator tab = Page.Locator("#studio .mud-tab").Filter(new LocatorFilterOptions { HasTextRegex = new($"^\\s*{Regex.Escape(name)}\\s*$", RegexOptions.IgnoreCase) }).First;
        await tab.ScrollIntoViewIfNeededAsync();
        // By the program, not by the mouse: the bar of a narrow pane hides the last ones behind its arrows.
        await tab.DispatchEventAsync("click");
        await Page.Locator("#studio .mud-tab-active").Filter(new LocatorFilterOptions { HasTextString = name }).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    /// <summary>Returns the texts of the Studio's own frame that still have Latin letters: names and texts of people, scripts and proper names are left out.</summary>
    public Task<string[]> LatinLeftAsync() => Page.EvaluateAsync<string[]>(
        """
        () => {
          const peoples = 'script, style, noscript, textarea, code, pre, .monaco-editor, .x6-graph, td, .mud-chip-content, .mud-timeline-item-content .mud-typography-body2, #designer-notices';
          const proper = /^(ID|JSON|ZIP|JavaScript|Liquid|Json|[A-Z]{2,4}|.*[\u4e00-\u9fff].*)$/;
          const left = new Set();
          const see = text => { const words = text?.trim(); if (words && /[A-Za-z]{2}/.test(words) && !proper.test(words.replace(/\s+/g, ' '))) left.add(words); };
          const isShown = element => element.checkVisibility();
          const ownTab = element => { const tab = element.closest('.mud-tab'); return tab && tab.closest('[role=tablist]')?.querySelector('.mud-tab') === tab && element.closest('.rz-splitter, .mud-main-content, #studio') && /代码视图/.test(tab.closest('[role=tablist]').textContent); };
          const walker = document.createTreeWalker(document.getElementById('studio'), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            if (!element.closest(peoples) && isShown(element) && !ownTab(element))
              see(walker.currentNode.nodeValue);
          }
          for (const element of document.querySelectorAll('#studio [title], #studio [placeholder], #studio [aria-label]'))
            if (!element.closest('.monaco-editor, .x6-graph, td') && isShown(element))
              ['title', 'placeholder', 'aria-label'].forEach(name => see(element.getAttribute(name)));
          return [...left];
        }
        """);

    /// <summary>Waits until no text of the Studio's frame has Latin letters, and tells which have when it gives up.</summary>
    public async Task ShouldBeChineseAsync(string screen)
    {
        string[] left = [];
        try
        {
            await Eventually.TrueAsync(async () => (left = await LatinLeftAsync()).Length == 0);
        }
        catch (TimeoutException)
        {
            // Told below with the words.
        }

        left.Should().BeEmpty(screen);
    }
}
