using EngagementFlows.Engagements.Tests.Workflows;
using EngagementFlows.Engine.Activities;

namespace EngagementFlows.Engagements.Tests.Activities;

/// <summary>The pages in <c>docs/activities</c> say what the activities say of themselves.</summary>
/// <remarks><c>EF_WRITE_ACTIVITIES=1 dotnet test tests/EngagementFlows.Engagements.Tests --filter ActivityPages</c> writes them; a reviewer reads what changed.</remarks>
public sealed class ActivityPagesTests
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(ProcessFolder.Root(), "../docs/activities"));

    [Fact]
    public async Task Pages_OfAllActivities_AreThoseOfTheirDescriptors()
    {
        Dictionary<string, string> pages = Pages();
        if (Environment.GetEnvironmentVariable("EF_WRITE_ACTIVITIES") == "1")
        {
            Directory.CreateDirectory(Folder);
            foreach (string old in Directory.GetFiles(Folder, "*.md"))
                File.Delete(old);
            foreach ((string name, string text) in pages)
                await File.WriteAllTextAsync(Path.Combine(Folder, name), text);
        }

        Directory.GetFiles(Folder, "*.md").Select(Path.GetFileName).Should().BeEquivalentTo(pages.Keys);
        foreach ((string name, string text) in pages)
            (await File.ReadAllTextAsync(Path.Combine(Folder, name))).ReplaceLineEndings("\n").Should().Be(text, name);
    }

    private static Dictionary<string, string> Pages()
    {
        ActivityDescriptor[] activities = [.. EngagementActivities.All.Select(activity => activity.Descriptor)];
        ProcessFolder[] processes = [.. ProcessFolder.All()];
        Dictionary<string, string> pages = new() { ["README.md"] = ActivityPage.Index(activities) };
        foreach (ActivityDescriptor activity in activities)
        {
            string[] usedIn = [.. processes.Where(process => process.Text($"{process.Name}.json").Contains($"\"{activity.TypeName}\"", StringComparison.Ordinal)).Select(process => process.Name)];
            pages.Add(ActivityPage.FileName(activity), ActivityPage.Of(activity, usedIn));
        }

        return pages;
    }
}
