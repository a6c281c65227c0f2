using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;

namespace EngagementFlows.Engine.Tests.Definitions;

public sealed class TrialVersionTests
{
    private static readonly ActivityCatalog Activities = new(ElsaActivities.All);

    [Fact]
    public void WithTrial_IsFoundByItsIdAlone()
    {
        DefinitionCatalogue catalogue = DefinitionCatalogue.Create(Activities, [Part("part-v1", 1, isPublished: false), Part("part-v2", 2, isPublished: true)])
            .WithTrial(Part("part-v1.7", 1, isPublished: false)).WithTrial(Part("part-v3.1", 3, isPublished: false));

        catalogue.Version("part-v3.1")!.Version.Should().Be(3);
        catalogue.Published("part")!.Id.Should().Be("part-v2");
        catalogue.All.Select(version => version.Id).Should().BeEquivalentTo("part-v1", "part-v2");
        catalogue.Trials.Select(version => version.Id).Should().BeEquivalentTo("part-v1.7", "part-v3.1");
        catalogue.AsActivity("Part", 1)!.Id.Should().Be("part-v1");
        catalogue.AsActivity("Part", 3)!.Id.Should().Be("part-v2", "a flow that pins a version never runs somebody's trial of it");
    }

    [Theory]
    [InlineData("""{"definitionId":"a","version":7,"root":{"id":"r","type":"Elsa.Flowchart","activities":[{"id":"b","type":"Elsa.WriteLine"},{"id":"a","type":"Elsa.WriteLine","nodeId":"Workflow1:r:a","metadata":{"designer":{"position":{"x":1,"y":2}}},"customProperties":null}],"connections":[{"source":{"activity":"a"},"target":{"activity":"b"},"vertices":[{"x":1,"y":1}]}]}}""", true)]
    [InlineData("""{"definitionId":"a","root":{"id":"r","type":"Elsa.Flowchart","activities":[{"id":"a","type":"Elsa.WriteLine","metadata":{"displayText":"Say"}},{"id":"b","type":"Elsa.WriteLine"}],"connections":[{"source":{"activity":"a"},"target":{"activity":"b"}}]}}""", false)]
    [InlineData("""{"definitionId":"a","root":{"id":"r","type":"Elsa.Flowchart","activities":[{"id":"a","type":"Elsa.WriteLine"},{"id":"b","type":"Elsa.WriteLine"}],"connections":[{"source":{"activity":"b"},"target":{"activity":"a"}}]}}""", false)]
    [InlineData("""{"definitionId":"a","root":{"id":"r","type":"Elsa.Sequence","activities":[{"id":"a","type":"Elsa.WriteLine"},{"id":"b","type":"Elsa.WriteLine"}],"connections":[{"source":{"activity":"a"},"target":{"activity":"b"}}]}}""", false)]
    public void LogicHash_PassesOverThePictureAlone(string other, bool isSame)
    {
        const string Json = """{"definitionId":"a","root":{"id":"r","type":"Elsa.Flowchart","activities":[{"id":"a","type":"Elsa.WriteLine"},{"id":"b","type":"Elsa.WriteLine"}],"connections":[{"source":{"activity":"a"},"target":{"activity":"b"}}]}}""";

        (DefinitionLogic.Hash(other) == DefinitionLogic.Hash(Json)).Should().Be(isSame);
    }

    private static WorkflowDefinition Part(string id, int version, bool isPublished) => DefinitionReader.Read(
        $$"""
        { "definitionId": "part", "id": "{{id}}", "name": "Part", "version": {{version}}, "isPublished": {{(isPublished ? "true" : "false")}}, "options": { "usableAsActivity": true },
          "root": { "id": "Main", "type": "Elsa.WriteLine" } }
        """,
        Activities).Definition!;
}
