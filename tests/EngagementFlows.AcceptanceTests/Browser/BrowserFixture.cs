using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Browser;

/// <summary>One headless browser for all tests of the collection; each test opens contexts of its own, which end with it (<see cref="BrowserTest"/>).</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private readonly List<IBrowserContext> _contexts = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        (string path, Dictionary<string, string> environment) = ChromiumBinary.Prepare();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Headless = true,
            Env = Environment(environment),
            // The sandbox needs rights that neither root nor a container has; the pages are our own.
            Args = ["--no-sandbox", "--headless=shell", "--disable-gpu", "--font-render-hinting=none"],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>Opens a page in a fresh context: no cookies of others.</summary>
    /// <param name="baseUrl">The server's address.</param>
    /// <param name="language"><c>en</c> or <c>zh-CN</c>, as the browser asks for it.</param>
    /// <param name="width">1440 for a desk, 390 for a phone.</param>
    public async Task<IPage> OpenAsync(string baseUrl, string language, int width)
    {
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = baseUrl,
            Locale = language,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
        });
        _contexts.Add(context);
        // Only a guard: who needs it has failed.
        context.SetDefaultTimeout(120_000);
        return await context.NewPageAsync();
    }

    /// <summary>Closes all pages that are open, with their cookies and caches.</summary>
    public async Task CloseAllAsync()
    {
        foreach (IBrowserContext context in _contexts)
            await context.CloseAsync();
        _contexts.Clear();
    }

    // Playwright takes the whole environment or none of it.
    private static Dictionary<string, string> Environment(Dictionary<string, string> added)
    {
        Dictionary<string, string> all = [];
        foreach (System.Collections.DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
            all[(string)variable.Key] = (string?)variable.Value ?? "";
        foreach ((string name, string value) in added)
            all[name] = value;
        return all;
    }
}

/// <summary>Tests that look through the browser run one after the other: two of them on a small machine would only wait for each other.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser";
}
