using System.Xml.Linq;

namespace EngagementFlows.Server.Tests.Architecture;

public sealed class ProjectTests
{
    private static readonly Dictionary<string, string[]> AllowedEdges = new()
    {
        ["EngagementFlows.Scripts"] = [],
        ["EngagementFlows.Engine"] = ["EngagementFlows.Scripts"],
        ["EngagementFlows.Engagements"] = ["EngagementFlows.Engine"],
        ["EngagementFlows.Postgres"] = ["EngagementFlows.Engagements"],
        ["EngagementFlows.Server"] = ["EngagementFlows.Postgres"],
    };

    // What the pure projects may use beside the base class library. Nothing that does I/O.
    private static readonly Dictionary<string, string[]> AllowedPackages = new()
    {
        ["EngagementFlows.Scripts"] = [],
        ["EngagementFlows.Engine"] = ["Microsoft.Extensions.Logging.Abstractions"],
        ["EngagementFlows.Engagements"] = ["Markdig", "NodaTime", "Microsoft.Extensions.Logging.Abstractions"],
    };

    public static TheoryData<string> Projects() => [.. AllowedEdges.Keys];

    public static TheoryData<string> PureProjects() => [.. AllowedPackages.Keys];

    [Fact]
    public void Sources_AllProjects_AreKnown() =>
        Repository.Files("src", "*.csproj").Select(Path.GetFileNameWithoutExtension).Should().BeEquivalentTo(AllowedEdges.Keys);

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_PointOneWay(string project) =>
        Items(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension).Should().BeSubsetOf(AllowedEdges[project]);

    [Theory]
    [MemberData(nameof(PureProjects))]
    public void Packages_OfPureProjects_DoNoInputOrOutput(string project) =>
        Items(project, "PackageReference").Should().BeSubsetOf(AllowedPackages[project]);

    [Theory]
    [MemberData(nameof(PureProjects))]
    public void Frameworks_OfPureProjects_AreTheBaseClassLibraryOnly(string project)
    {
        Load(project).Root!.Attribute("Sdk")!.Value.Should().Be("Microsoft.NET.Sdk");
        Items(project, "FrameworkReference").Should().BeEmpty();
    }

    [Fact]
    public void Sql_OutsideOfPostgres_IsAbsent()
    {
        IEnumerable<string> offenders = Repository.Files("src", "*.cs")
            .Where(path => !path.Contains("EngagementFlows.Postgres" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .Where(path => File.ReadAllText(path).Contains("NpgsqlCommand", StringComparison.Ordinal))
            // Makes the product's database in its own cluster, before there is any to migrate.
            .Where(path => !path.EndsWith("EmbeddedPostgresConnection.cs", StringComparison.Ordinal));

        offenders.Should().BeEmpty();
    }

    private static IEnumerable<string> Items(string project, string kind) =>
        Load(project).Descendants(kind).Select(item => item.Attribute("Include")!.Value.Replace('\\', '/'));

    private static XDocument Load(string project) =>
        XDocument.Load(Repository.Files("src", "*.csproj").Single(path => Path.GetFileNameWithoutExtension(path) == project));
}
