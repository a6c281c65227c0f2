using EngagementFlows.Engagements.Rehearsal;
using EngagementFlows.Engine.Tests.Definitions;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Tests.Conformance;

public sealed class ConformanceTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "conformance");
    private static readonly PlainObject Deviations = (PlainObject)PlainJson.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "conformance-deviations", "conformance-deviations.json")))!;

    public static IEnumerable<object[]> Cases() =>
        Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal).Select(file => new object[] { Path.GetFileNameWithoutExtension(file) });

    public static IEnumerable<object[]> OwnCases() =>
        Directory.EnumerateFiles(Path.Combine(Folder, "own"), "*.json").Order(StringComparer.Ordinal).Select(file => new object[] { Path.GetFileNameWithoutExtension(file) });

    [Fact]
    public void Cases_AreAllThere() => Cases().Should().HaveCount(280);

    [Fact]
    public void Deviations_AreOfMarkedBugsOnly()
    {
        foreach ((string name, object? deviation) in Deviations)
        {
            PlainObject fields = (PlainObject)PlainJson.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")))!;
            fields["stockBug"].Should().Be(true, name);
            fields.ContainsKey("wantedExpected").Should().BeFalse(name);
            ((PlainObject)deviation!)["reason"].Should().BeOfType<string>(name);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Play_ConformanceCase_GivesTheExpectedResult(string name)
    {
        RehearsalCase played = RehearsalCase.Load(Path.Combine(Folder, name + ".json"));
        PlainObject expected = Deviations[name] is PlainObject deviation ? (PlainObject)deviation["expected"]! : played.Expected!;

        PlainObject actual = new CasePlayer(Flows.Catalog, TimeZoneInfo.Utc).Play(played);

        CaseComparison.Differences(played, expected, actual).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(OwnCases))]
    public void Play_OwnCase_GivesTheExpectedResult(string name)
    {
        RehearsalCase played = RehearsalCase.Load(Path.Combine(Folder, "own", name + ".json"));

        PlainObject actual = new CasePlayer(Flows.Catalog, TimeZoneInfo.Utc).Play(played);

        CaseComparison.Differences(played, played.Expected!, actual).Should().BeEmpty();
    }
}
