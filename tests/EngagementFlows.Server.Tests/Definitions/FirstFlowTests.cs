using System.IO.Compression;
using System.Text;
using EngagementFlows.Server.Definitions;
using EngagementFlows.Server.Tests.Architecture;

namespace EngagementFlows.Server.Tests.Definitions;

/// <summary>The ZIP that the guide to a first flow hands out is the folder beside it, packed.</summary>
public sealed class FirstFlowTests
{
    private static readonly string Guides = Path.Combine(Repository.Root, "docs", "guides");

    [Fact]
    public void Zip_HoldsTheFilesOfItsFolder_AndNoOthers()
    {
        Dictionary<string, string> folder = Directory.EnumerateFiles(Path.Combine(Guides, "first-flow"), "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(Guides, path).Replace('\\', '/'), File.ReadAllText);

        Packed().Should().Equal(folder, "docs/guides/first-flow.zip must be packed anew when a file of docs/guides/first-flow changes: cd docs/guides && zip -X -r first-flow.zip first-flow");
    }

    [Fact]
    public void Zip_IsReadByTheImport()
    {
        ArchiveReading reading = DefinitionArchive.Read(File.ReadAllBytes(Path.Combine(Guides, "first-flow.zip")));

        reading.Faults.Should().BeEmpty();
        reading.Processes.Should().ContainSingle();
    }

    private static Dictionary<string, string> Packed()
    {
        using ZipArchive archive = ZipFile.OpenRead(Path.Combine(Guides, "first-flow.zip"));
        Dictionary<string, string> files = [];
        foreach (ZipArchiveEntry entry in archive.Entries.Where(entry => entry.Name.Length > 0))
        {
            using StreamReader text = new(entry.Open(), Encoding.UTF8);
            files[entry.FullName] = text.ReadToEnd();
        }

        return files;
    }
}
