using System.Text.Json;
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

    /// <summary>Gets the editor's buttons for publishing and for running, which bear pictures alone.</summary>
    public ILocator PublishButton => Page.Locator("#studio button.mud-icon-button.mud-primary-text:not([title])").First;

    public ILocator RunButton => Page.Locator("#studio .mud-icon-button.mud-success-text").First;

    /// <summary>Gets the lines of the journal beside an instance's picture.</summary>
    public ILocator Journal => Page.Locator("#studio .mud-timeline-item");

    /// <summary>Gets the first code editor of the fields.</summary>
    public ILocator Script => Page.Locator("#studio .mud-input-control .monaco-editor .view-lines").First;

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

    /// <summary>Opens the list of instances and waits for its rows.</summary>
    public async Task OpenInstancesAsync()
    {
        await Page.GotoAsync(Instances);
        await Rows.First.WaitForAsync();
    }

    /// <summary>Opens the page again in another language.</summary>
    public async Task ReloadAsync(string language)
    {
        await Page.Context.AddCookiesAsync([new Cookie { Name = "ef-language", Value = language, Url = new Uri(Page.Url).GetLeftPart(UriPartial.Authority) }]);
        await Page.ReloadAsync();
    }

    /// <summary>Returns the mark at a corner of an activity in the picture of an instance, with the colour that the Studio gives to a state.</summary>
    /// <param name="id">The activity.</param>
    /// <param name="colour"><c>success</c> = done, <c>warning</c> = waiting, <c>error</c> = failed.</param>
    public ILocator Badge(string id, string colour) => Page.Locator($".x6-node[data-cell-id='{id}'] .mud-badge.mud-theme-{colour}");

    /// <summary>Brings all of a picture into sight.</summary>
    public async Task FitAsync()
    {
        string? before = await ScaleAsync();
        await Page.Locator("#studio .mud-paper:has(.mud-switch) .mud-icon-button:visible").First.ClickAsync();
        await Eventually.TrueAsync(async () => await ScaleAsync() != before);
    }

    /// <summary>Writes a script into the code editor in place of what stands in it.</summary>
    public async Task WriteScriptAsync(string script)
    {
        await Script.ClickAsync();
        await Page.Keyboard.PressAsync("Control+A");
        await Page.Keyboard.InsertTextAsync(script);
    }

    /// <summary>Returns what the code editor shows.</summary>
    public async Task<string> ReadScriptAsync() => (await Script.InnerTextAsync()).Replace('\u00a0', ' ').Trim();

    /// <summary>Returns what the Studio shows inside of one of its elements, once it shows anything.</summary>
    public ILocator Part(string element) => Page.Locator($"{element} > *").First;

    /// <summary>Opens the tab with that name, wherever the tabs' bar hides it.</summary>
    public async Task OpenTabAsync(string name)
    {
        ILocator tab = Page.Locator("#studio .mud-tab").Filter(new LocatorFilterOptions { HasTextRegex = new($"^\\s*{Regex.Escape(name)}\\s*$", RegexOptions.IgnoreCase) }).First;
        await tab.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        // By the program, not by the mouse: the bar of a narrow pane hides the last ones behind its arrows.
        await tab.DispatchEventAsync("click");
        await Page.Locator("#studio .mud-tab-active").Filter(new LocatorFilterOptions { HasTextString = name }).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    /// <summary>Drags an activity out of the tool box to a place of the window; returns its id.</summary>
    public async Task<string> DropAsync(string activity, int x, int y)
    {
        string[] before = await NodeIdsAsync();
        ILocator search = Page.Locator("#studio input[placeholder=Search]").First;
        await search.FillAsync(activity);
        await search.PressAsync("Enter");
        ILocator items = Page.Locator("[draggable=true]").Filter(new LocatorFilterOptions { HasTextRegex = new($"^\\s*{Regex.Escape(activity)}\\s*$") });
        ILocator item = items.First;
        await item.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        if (!await item.IsVisibleAsync())
            await Page.Locator("#studio .mud-expand-panel").Filter(new LocatorFilterOptions { Has = items }).Locator(".mud-expand-panel-header").First.ClickAsync();
        await item.HoverAsync();
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync(x - 40, y - 40, new() { Steps = 6 });
        await Page.Mouse.MoveAsync(x, y, new() { Steps = 6 });
        await Page.Mouse.UpAsync();
        await Eventually.TrueAsync(async () => (await NodeIdsAsync()).Length == before.Length + 1);
        return (await NodeIdsAsync()).Except(before).Single();
    }

    /// <summary>Draws a connection from an outcome of one activity to the entrance of another.</summary>
    public async Task ConnectAsync((string Id, string Port) from, (string Id, string Port) to)
    {
        int before = await Page.Locator("#studio .x6-edge").CountAsync();
        (float x, float y) = await PortAsync(from.Id, from.Port);
        (float toX, float toY) = await PortAsync(to.Id, to.Port);
        await Page.Mouse.MoveAsync(x, y);
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync((x + toX) / 2, y + 20, new() { Steps = 6 });
        await Page.Mouse.MoveAsync(toX, toY, new() { Steps = 6 });
        await Page.Mouse.UpAsync();
        await Eventually.TrueAsync(async () => await Page.Locator("#studio .x6-edge").CountAsync() == before + 1);
    }

    /// <summary>Selects an activity on the canvas; its fields show below.</summary>
    public Task SelectAsync(string id) => Eventually.TrueAsync(async () =>
    {
        // By its place: what is selected already lies under the frame of the selection. Again where the canvas moved meanwhile, as it does when fields come to stand below it.
        LocatorBoundingBoxResult box = (await Page.Locator($".x6-node[data-cell-id='{id}']").BoundingBoxAsync())!;
        await Page.Mouse.ClickAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        return await Page.Locator($".x6-node[data-cell-id='{id}'].x6-node-selected").CountAsync() == 1;
    });

    /// <summary>Returns the field with that label.</summary>
    public ILocator Field(string label) => Control(label).Locator("input:visible, textarea:visible").First;

    /// <summary>Returns the drop-down with that label; its value is the text of what was chosen.</summary>
    public ILocator Choice(string label) => Control(label).Locator("input").First;

    /// <summary>Writes into a field and leaves it.</summary>
    public async Task FillAsync(string label, string text)
    {
        await Field(label).FillAsync(text);
        await Page.Keyboard.PressAsync("Tab");
    }

    /// <summary>Picks an entry of a drop-down.</summary>
    public async Task ChooseAsync(string label, string entry)
    {
        await Control(label).Locator(".mud-input-slot").First.ClickAsync();
        await Page.Locator(".mud-popover-open .mud-list-item, .mud-popover-open .mud-list-item-extended").Filter(new LocatorFilterOptions { HasTextString = entry }).First.ClickAsync();
    }

    /// <summary>Waits until the server has stored a picture of the flow for which the condition holds.</summary>
    public Task SavedAsync(string definitionId, Func<JsonElement, bool> condition) => Eventually.TrueAsync(async () => condition(await RootOfAsync(definitionId)));

    /// <summary>Returns the newest picture of the flow, as the server has it.</summary>
    public async Task<JsonElement> RootOfAsync(string definitionId)
    {
        IAPIResponse answer = await Page.Context.APIRequest.GetAsync($"/elsa/api/workflow-definitions/by-definition-id/{definitionId}?versionOptions=Latest");
        return (await answer.JsonAsync())!.Value.GetProperty("root");
    }

    /// <summary>Returns the texts of the Studio's own frame that still have Latin letters: names and texts of people, scripts and proper names are left out.</summary>
    public Task<string[]> LatinLeftAsync() => Page.EvaluateAsync<string[]>(
        """
        () => {
          const peoples = 'script, style, noscript, textarea, code, pre, .monaco-editor, .x6-graph, td, .mud-chip-content, .mud-timeline-item-content .mud-typography-body2, #designer-notices';
          const proper = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|ID|JSON|ZIP|JavaScript|Liquid|Json|[A-Z]{2,4}|.*[\u4e00-\u9fff].*)$/;
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

    private ILocator Control(string label) => Page.Locator("#studio .mud-input-control").Filter(new LocatorFilterOptions { Has = Page.Locator($"legend:text-is('{label}'), label:text-is('{label}')") }).First;

    private async Task<string?> ScaleAsync() => await Page.Locator("#studio .x6-graph-svg-viewport").First.GetAttributeAsync("transform");

    private Task<string[]> NodeIdsAsync() => Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('#studio .x6-node')].map(node => node.dataset.cellId)");

    private async Task<(float X, float Y)> PortAsync(string id, string port)
    {
        LocatorBoundingBoxResult box = (await Page.Locator($".x6-node[data-cell-id='{id}'] .x6-port-body[port='{port}']").BoundingBoxAsync())!;
        return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
    }

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
