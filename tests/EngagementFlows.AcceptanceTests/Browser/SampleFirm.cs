using EngagementFlows.Server.Samples;
using EngagementFlows.Server.Security;
using EngagementFlows.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Browser;

/// <summary>The server as a newcomer finds it: sample firm, an intake under way for each client, nobody has a password yet.</summary>
public class SampleFirm : ServerFixture, IAsyncLifetime
{
    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        await Services.GetRequiredService<SampleData>().FillAsync(CancellationToken.None);
    }

    /// <summary>Returns the folder of the working copy that the tests were built from.</summary>
    public static string Clone()
    {
        DirectoryInfo root = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "EngagementFlows.sln")))
            root = root.Parent ?? throw new InvalidOperationException("The tests run inside the clone.");
        return root.FullName;
    }

    /// <summary>Sets the password of a person by his one-time link, as the printed address asks for, and ends on the first page.</summary>
    public async Task SignInAsync(IPage page, string email)
    {
        Guid person = await Postgres.ScalarAsync<Guid>("select id from person where email = $1", email);
        string token = await Services.GetRequiredService<AccountLinks>().CreateAsync(person, "test", CancellationToken.None);
        await page.GotoAsync($"/welcome/{token}");
        await page.FillAsync("#password", Password);
        await page.FillAsync("#repeated", Password);
        await page.ClickAsync("main button");
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/");
    }

    protected override void WriteFiles(string folder)
    {
        string source = Path.Combine(Clone(), "workflows");
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(folder, "workflows", Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
