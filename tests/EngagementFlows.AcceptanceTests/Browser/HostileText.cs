using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Browser;

/// <summary>Script in all the forms in which it is smuggled, and how a real browser tells that none of it became more than text.</summary>
internal static class HostileText
{
    public const string Payload = "\"'></textarea></title><script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>{{ 7 | times: 7 }}[a](javascript:alert(4))";

    /// <summary>Notes whatever a page should not do.</summary>
    public static void Watch(IPage page, List<string> fired)
    {
        page.Dialog += (_, dialog) =>
        {
            fired.Add($"{page.Url}: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        page.Console += (_, message) =>
        {
            // A refusal by the content security policy means that something of the payload became markup.
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                fired.Add($"{page.Url}: {message.Text}");
        };
    }

    /// <summary>Asks the page that is open for elements that only a payload could have made.</summary>
    public static async Task ShouldBeTextAsync(IPage page, string where) =>
        (await page.EvaluateAsync<int>("""
            () => document.querySelectorAll('script:not([src]), img[src="x"], svg[onload], [onerror], [onload], [href^="javascript:" i], [action^="javascript:" i]').length
            """)).Should().Be(0, where);

    /// <summary>Opens the pages and those that they lead to, as far as <paramref name="most"/>; returns the text of all of them.</summary>
    public static async Task<string> CrawlAsync(IPage page, IEnumerable<string> paths, int most)
    {
        HashSet<string> seen = [.. paths];
        Queue<string> waiting = new(seen);
        List<string> texts = [];
        while (texts.Count < most && waiting.TryDequeue(out string? path))
        {
            await page.GotoAsync(path);
            await ShouldBeTextAsync(page, path);
            // Folded parts too: what stands in them is in the page all the same.
            texts.Add(await page.EvaluateAsync<string>("() => document.title + ' ' + document.querySelector('main').textContent"));
            foreach (string next in await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('main a[href^=\"/\"]')].map(a => a.getAttribute('href')).filter(a => !a.endsWith('.csv')).slice(0, 12)"))
            {
                if (seen.Add(next))
                    waiting.Enqueue(next);
            }
        }

        return string.Join('\n', texts);
    }
}
