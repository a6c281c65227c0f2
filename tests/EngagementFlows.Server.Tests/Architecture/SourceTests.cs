namespace EngagementFlows.Server.Tests.Architecture;

public sealed class SourceTests
{
    private const int MostLines = 400;

    [Fact]
    public void Files_AreShort()
    {
        IEnumerable<string> offenders =
            from folder in new[] { "src", "tests" }
            from pattern in new[] { "*.cs", "*.razor" }
            from path in Repository.Files(folder, pattern)
            let lines = File.ReadLines(path).Count()
            where lines > MostLines
            select $"{Path.GetRelativePath(Repository.Root, path)}: {lines}";

        offenders.Should().BeEmpty($"a file has at most {MostLines} lines");
    }

    [Fact]
    public void Folders_AreNamedAfterConcepts()
    {
        string[] kinds = ["Contracts", "Models", "Services", "Helpers", "Extensions", "Utils", "Utilities", "Managers", "Common"];

        IEnumerable<string> offenders = Repository.Files("src", "*.cs")
            .Where(path => Path.GetDirectoryName(Path.GetRelativePath(Repository.Root, path))!.Split(Path.DirectorySeparatorChar).Any(kinds.Contains));

        offenders.Should().BeEmpty();
    }

    // Pages are looked at one by one (Staff/Folder); where an act leads can only be seen here.
    [Fact]
    public void Redirects_GoThroughTheSite()
    {
        string[] own = ["Site.cs", "Sessions.cs"];
        string[] forbidden = ["Results.LocalRedirect(", "Results.Redirect(", ".Redirect(StaffUrls", ".Redirect($\"/", ".Redirect(\"/", "NavigateTo(StaffUrls", "NavigateTo($\"/", "NavigateTo(\"/"];

        IEnumerable<string> offenders = Repository.Files(Path.Combine("src", "EngagementFlows.Server"), "*.cs")
            .Where(path => !own.Contains(Path.GetFileName(path)) && File.ReadAllText(path) is var text && forbidden.Any(call => text.Contains(call, StringComparison.Ordinal)))
            .Select(path => Path.GetRelativePath(Repository.Root, path));

        offenders.Should().BeEmpty("in a folder of somebody else's host only Site knows where our own addresses are");
    }

    [Fact]
    public void Tests_NeverSkipAndNeverSleep()
    {
        // Put together here, so that this file does not find itself.
        string[] forbidden = ["Skip" + " = \"", "Task" + ".Delay(", "Thread" + ".Sleep("];

        // Benchmarks and the crash drill are programs about time; everything else is a test or serves tests.
        IEnumerable<string> offenders = Repository.Files("tests", "*.cs")
            .Where(path => !path.Contains("EngagementFlows.Benchmarks", StringComparison.Ordinal) && !path.Contains("EngagementFlows.CrashDrill", StringComparison.Ordinal))
            .Where(path => File.ReadAllText(path) is var text && forbidden.Any(word => text.Contains(word, StringComparison.Ordinal)))
            .Select(path => Path.GetRelativePath(Repository.Root, path));

        offenders.Should().BeEmpty("a test waits for a signal, not for time, and what is skipped proves nothing");
    }

    [Fact]
    public void Sources_HaveNoUnfinishedWork()
    {
        string[] marks = ["TO" + "DO", "FIX" + "ME", "HA" + "CK:", "NotImplemented" + "Exception"];

        IEnumerable<string> offenders =
            from path in Repository.Files("src", "*.cs").Concat(Repository.Files("src", "*.razor"))
            let text = File.ReadAllText(path)
            where marks.Any(mark => text.Contains(mark, StringComparison.Ordinal))
            select Path.GetRelativePath(Repository.Root, path);

        offenders.Should().BeEmpty();
    }
}
