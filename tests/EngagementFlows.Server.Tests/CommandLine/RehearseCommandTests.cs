using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;
using EngagementFlows.Server.CommandLine;

namespace EngagementFlows.Server.Tests.CommandLine;

public sealed class RehearseCommandTests : IDisposable
{
    private const string Flow = """
        { "definitionId": "nap", "id": "nap-v1", "name": "nap", "version": 1, "isPublished": true, "root": { "id": "Main", "type": "Elsa.Sequence", "activities": [
            { "id": "Nap", "type": "Elsa.Delay", "timeSpan": "30.00:00:00" }, { "id": "Say", "type": "Elsa.WriteLine", "text": "up" } ] } }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rehearse");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Run_CaseWithDefinitionByPath_ComparesNamedFieldsAndCounts()
    {
        Write("flow.json", Flow);
        string good = Write("good.json", """{ "definition": "flow.json", "stimuli": [ { "type": "advance", "by": "365.00:00:00" } ], "expected": { "writeLine": ["up"], "status": "Finished" } }""");
        string bad = Write("bad.json", """{ "definition": "flow.json", "expected": { "status": "Finished" } }""");

        (int code, string output) = Rehearse([good, bad], json: false);

        code.Should().Be(1);
        output.Should().Contain("pass good").And.Contain("FAIL bad: status: expected \"Finished\", got \"Running\"").And.EndWith("1 passed, 1 failed\n");
    }

    [Fact]
    public void Run_Json_PrintsAResultPerLineAndNothingElse()
    {
        Write("flow.json", Flow);
        string file = Write("one.json", """{ "definition": "flow.json", "expected": {} }""");

        (int code, string output) = Rehearse([file], json: true);

        code.Should().Be(0);
        PlainObject line = (PlainObject)PlainJson.Parse(output)!;
        line["name"].Should().Be("one");
        ((PlainObject)line["actual"]!)["subStatus"].Should().Be("Suspended");
    }

    [Fact]
    public void Run_FileThatIsNoCase_FailsWithTheReason()
    {
        (int code, string output) = Rehearse([Write("odd.json", "[]"), Path.Combine(_folder.FullName, "gone.json")], json: false);

        code.Should().Be(1);
        output.Should().Contain("'definition'").And.Contain("cannot be read").And.EndWith("0 passed, 2 failed\n");
    }

    [Fact]
    public void Run_FaultyDefinition_ListsAllFaultsWithExitCodeOne()
    {
        string file = Write("flow.json", Flow.Replace("Elsa.WriteLine", "Elsa.WriteLin", StringComparison.Ordinal).Replace("30.00:00:00", "P30D", StringComparison.Ordinal));
        using StringWriter output = new() { NewLine = "\n" };

        int code = ValidateCommand.Run([file], output);

        code.Should().Be(1);
        output.ToString().Should().Contain("[Say.type]").And.Contain("Did you mean 'Elsa.WriteLine'?").And.Contain("[Nap.timeSpan]");
    }

    private static (int Code, string Output) Rehearse(string[] files, bool json)
    {
        using StringWriter output = new() { NewLine = "\n" };
        int code = RehearseCommand.Run(files, TimeZoneInfo.Utc, json, output);
        return (code, output.ToString());
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
