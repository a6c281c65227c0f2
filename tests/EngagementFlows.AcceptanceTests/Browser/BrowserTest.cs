namespace EngagementFlows.AcceptanceTests.Browser;

/// <summary>A test that looks through the browser; its pages end with it.</summary>
/// <remarks>A page that stays open works on: one of the designer whose server has gone takes a whole processor from all tests that follow, and half a gigabyte of memory.</remarks>
public abstract class BrowserTest(BrowserFixture browser) : IAsyncLifetime
{
    /// <summary>Gets the browser.</summary>
    protected BrowserFixture Browser { get; } = browser;

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => Browser.CloseAllAsync();
}
