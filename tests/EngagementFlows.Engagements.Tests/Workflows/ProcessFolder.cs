using System.Runtime.CompilerServices;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;

namespace EngagementFlows.Engagements.Tests.Workflows;

/// <summary>A process of the repository's <c>workflows</c> folder.</summary>
internal sealed record ProcessFolder(string Path)
{
    public static readonly ActivityCatalog Activities = new([.. ElsaActivities.All, .. EngagementActivities.All]);

    public string Name => System.IO.Path.GetFileName(Path);

    public static IEnumerable<ProcessFolder> All() => Directory.GetDirectories(Root())
        .Where(folder => System.IO.Path.GetFileName(folder) != "samples")
        .Order(StringComparer.Ordinal)
        .Select(folder => new ProcessFolder(folder));

    public static ProcessFolder Of(string name) => new(System.IO.Path.Combine(Root(), name));

    public WorkflowDefinition Definition()
    {
        DefinitionReading reading = DefinitionReader.Read(Text($"{Name}.json"), Activities);
        reading.Refusals.Should().BeEmpty();
        return reading.Definition!;
    }

    public string Text(string file) => File.ReadAllText(System.IO.Path.Combine(Path, file));

    public IEnumerable<string> Files(string folder, string pattern)
    {
        string path = System.IO.Path.Combine(Path, folder);
        return Directory.Exists(path) ? Directory.GetFiles(path, pattern).Select(file => System.IO.Path.GetFileName(file)!).Order(StringComparer.Ordinal) : [];
    }

    public static string Root([CallerFilePath] string here = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "../../../workflows"));
}
