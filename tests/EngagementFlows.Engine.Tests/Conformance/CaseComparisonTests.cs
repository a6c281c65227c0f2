using System.Text.Json;
using EngagementFlows.Engagements.Rehearsal;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engine.Tests.Conformance;

/// <summary>The comparator finds every result equal to itself, and notices every kind of change.</summary>
public sealed class CaseComparisonTests
{
    private static readonly (string Name, Func<RehearsalCase, PlainObject, bool> Change)[] Mutations =
    [
        ("status", (_, result) => Replace(result, "status", "Pending")),
        ("subStatus", (_, result) => Replace(result, "subStatus", "Pending")),
        ("line dropped", (_, result) => result["writeLine"] is PlainList { Count: > 0 } lines && Drop(lines)),
        ("line added", (_, result) => result["writeLine"] is PlainList lines && Add(lines, "one more")),
        ("variable changed", (played, result) => !played.Unordered.Contains("variables") && result["variables"] is PlainObject { Count: > 0 } map && Replace(map, map.First().Key, "changed!")),
        ("output added", (_, result) => result["outputs"] is PlainObject map && Replace(map, "NotThere", "x")),
        ("bookmark missing", (_, result) => result["bookmarks"] is PlainList { Count: > 0 } list && Drop(list)),
        ("incident added", (_, result) => result["incidents"] is PlainList list && Add(list, new PlainObject { ["activityId"] = "NotThere" })),
        ("activity dropped", (_, result) => result["activities"] is PlainList { Count: > 0 } list && Drop(list)),
        ("activity status", (_, result) => result["activities"] is PlainList { Count: > 0 } list && Replace((PlainObject)list[^1]!, "status", "Pending")),
        ("step bookmark", (played, result) => !played.IsAsync && result["afterStimulus"] is PlainList { Count: > 0 } steps && Add((PlainList)((PlainObject)steps[^1]!)["bookmarks"]!, "NotThere")),
        ("other missing", (_, result) => result["otherInstances"] is PlainList { Count: > 0 } list && Drop(list)),
        ("accepted", (_, result) => result["rejected"] is true && result.Remove("rejected")),
    ];

    [Fact]
    public void Differences_OfEveryExpectedResult_NoticeEveryMutation()
    {
        Dictionary<string, int> noticed = [];
        foreach (string file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "conformance"), "*.json"))
        {
            RehearsalCase played = RehearsalCase.Load(file);
            PlainObject expected = played.Expected!;
            CaseComparison.Differences(played, expected, expected.DeepClone()).Should().BeEmpty(played.Name);
            foreach ((string name, Func<RehearsalCase, PlainObject, bool> change) in Mutations)
            {
                PlainObject mutated = expected.DeepClone();
                if (!change(played, mutated))
                    continue;
                CaseComparison.Differences(played, expected, mutated).Should().NotBeEmpty($"{name} in {played.Name}");
                noticed[name] = noticed.GetValueOrDefault(name) + 1;
            }
        }

        noticed.Keys.Should().BeEquivalentTo(Mutations.Select(mutation => mutation.Name));
    }

    [Theory]
    [InlineData("5", "5.0", true)]
    [InlineData("\"2026-01-01T00:00:00Z\"", "\"2026-01-01T01:00:00+01:00\"", true)]
    [InlineData("{\"a\":null}", "{}", true)]
    [InlineData("[1,2]", "[2,1]", false)]
    [InlineData("\"5\"", "5", false)]
    [InlineData("true", "1", false)]
    public void Differences_OfValues_FollowTheRules(string wanted, string found, bool isSame)
    {
        using JsonDocument document = JsonDocument.Parse("""{ "name": "x", "definition": {} }""");
        RehearsalCase played = RehearsalCase.Read(document.RootElement, "x", path => path);

        IReadOnlyList<string> differences = CaseComparison.Differences(played, Result(wanted), Result(found));

        (differences.Count == 0).Should().Be(isSame);
    }

    [Fact]
    public void Differences_OfAUsersCase_CompareNamedFieldsOnly()
    {
        using JsonDocument document = JsonDocument.Parse("""{ "name": "x", "definition": "flow.json" }""");
        RehearsalCase played = RehearsalCase.Read(document.RootElement, "x", _ => "{}");

        CaseComparison.Differences(played, new PlainObject { ["status"] = "Finished" }, new PlainObject { ["status"] = "Finished", ["writeLine"] = new PlainList { "a" } }).Should().BeEmpty();
        CaseComparison.Differences(played, new PlainObject { ["status"] = "Finished" }, new PlainObject { ["status"] = "Running" }).Should().ContainSingle();
    }

    private static PlainObject Result(string value) => new() { ["variables"] = new PlainObject { ["V"] = PlainJson.Parse(value) } };

    private static bool Replace(PlainObject map, string name, string value)
    {
        if (name is "status" or "subStatus" && !map.ContainsKey(name))
            return false;
        map[name] = value;
        return true;
    }

    private static bool Drop(PlainList list)
    {
        list.RemoveAt(list.Count - 1);
        return true;
    }

    private static bool Add(PlainList list, object value)
    {
        list.Add(value);
        return true;
    }
}
