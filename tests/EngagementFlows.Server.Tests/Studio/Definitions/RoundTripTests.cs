using System.Text.Json.Nodes;
using EngagementFlows.Engagements;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Server.Studio.Definitions;
using EngagementFlows.Server.Tests.Architecture;

namespace EngagementFlows.Server.Tests.Studio.Definitions;

/// <summary>Who opens a flow in the Studio and saves it stores nothing; who changes one thing changes that alone.</summary>
public sealed class RoundTripTests
{
    private static readonly ActivityCatalog Activities = new([.. ElsaActivities.All, .. EngagementActivities.All]);
    private static readonly KnownActivities Known = new(DefinitionCatalogue.Create(Activities, []));
    private static readonly ShownVersion Version = new("flow-v3", "flow", 3, IsLatest: true, IsPublished: false, DateTimeOffset.UnixEpoch, Revision: 4);

    public static TheoryData<string> Files => [.. DefinitionFiles().Select(path => Path.GetRelativePath(Repository.Root, path))];

    [Theory]
    [MemberData(nameof(Files))]
    public void OpenAndSave_WithoutAChange_KeepsEveryLetter(string path)
    {
        foreach (string language in (string[])["en", "zh-CN"])
        {
            foreach (JsonObject stored in DefinitionsIn(path))
            {
                JsonObject shown = ShownDefinition.Of(stored, Version, Known, language);
                JsonObject kept = KeptDefinition.Of(stored, shown, StudioDouble.ModelOf(shown), Known, language);

                DefinitionNodes.Write(kept).Should().Be(DefinitionNodes.Write(stored));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Shown_HasWhatTheStudioNeeds(string path)
    {
        foreach (JsonObject stored in DefinitionsIn(path))
        {
            JsonObject shown = ShownDefinition.Of(stored, Version, Known, "en");
            HashSet<string> nodeIds = [];
            foreach (JsonObject activity in ActivitiesIn(shown["root"]))
            {
                nodeIds.Add(activity["nodeId"]!.GetValue<string>()).Should().BeTrue();
                Known.IsKnown(activity["type"]!.GetValue<string>(), activity["version"]!.GetValue<int>()).Should().Be(activity["type"]!.GetValue<string>() != ShownActivities.NotFound);
                activity.Where(member => member.Value is null).Should().BeEmpty();
            }

            // The journal tells of activities by the engine's ids, and the picture is painted by these.
            WorkflowDefinition definition = DefinitionReader.Read(DefinitionNodes.Write(stored), Activities).Definition!;
            nodeIds.Should().BeSubsetOf(definition.Root.SelfAndDescendants().Select(node => node.NodeId));
            shown["customProperties"]!["engagementFlows"]!["revision"]!.GetValue<int>().Should().Be(4);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void LogicHash_OfAnotherPicture_IsTheSame(string path)
    {
        foreach (JsonObject stored in DefinitionsIn(path))
        {
            JsonObject shown = ShownDefinition.Of(stored, Version, Known, "en");
            JsonObject model = StudioDouble.ModelOf(shown);
            foreach (JsonObject activity in ActivitiesIn(model["root"]))
                activity["metadata"] = WithPosition(activity["metadata"] as JsonObject, 7_000, 11);
            JsonObject kept = KeptDefinition.Of(stored, shown, model, Known, "en");

            DefinitionLogic.Hash(DefinitionNodes.Write(kept)).Should().Be(DefinitionLogic.Hash(DefinitionNodes.Write(stored)));
            DefinitionNodes.Write(WithoutPicture(kept)).Should().Be(DefinitionNodes.Write(WithoutPicture(stored)), "activities and connections stand where they stood, in whatever order the Studio sends them");
        }
    }

    [Fact]
    public void InputOfAFlow_IsKnownInWhateverWayItsNameIsWritten()
    {
        WorkflowDefinition flow = DefinitionReader.Read(
            """
            { "definitionId": "part", "id": "part-v1", "name": "Part", "version": 1, "isPublished": true, "options": { "usableAsActivity": true },
              "inputs": [ { "name": "due_in days", "type": "Int32" }, { "name": "Name", "type": "Boolean" } ], "outputs": [ { "name": "the-answer", "type": "Decimal" } ],
              "root": { "id": "Main", "type": "Elsa.WriteLine", "version": 1 } }
            """,
            Activities).Definition!;
        KnownActivities known = new(DefinitionCatalogue.Create(Activities, [flow]));
        JsonObject stored = Flow("""{ "id": "Use", "type": "Part", "version": 1, "dueInDays": 3 }""");
        JsonObject shown = ShownDefinition.Of(stored, Version, known, "en");

        known.TypeOf("Part", 1, "dueIndays").Should().Be("Int32");
        known.TypeOf("Part", 1, "flowName").Should().Be("Boolean");
        known.TypeOf("Part", 1, "theAnswer").Should().Be("Decimal");
        known.TypeOf("Part", 1, "other").Should().Be("Object");
        StudioDouble.Activity(shown["root"], "Use")["dueInDays"]!.ToJsonString().Should().Be("""{"typeName":"Int32","expression":{"type":"Literal","value":3}}""", "a bare value breaks the panel");
        DefinitionNodes.Write(KeptDefinition.Of(stored, shown, StudioDouble.ModelOf(shown), known, "en")).Should().Be(DefinitionNodes.Write(stored));
    }

    [Fact]
    public void Sizes_ThatTheStudioMeasured_AreNoChange()
    {
        JsonObject stored = Intake();
        JsonObject shown = Show(stored);
        JsonObject model = StudioDouble.ModelOf(shown);
        StudioDouble.Activity(model["root"], "SendWelcome")["metadata"]!["designer"]!["size"] = new JsonObject { ["width"] = 227.25, ["height"] = 87.90625 };

        KeptDefinition.IsOnlyMeasured(stored, Keep(stored, shown, model)).Should().BeTrue();
    }

    [Fact]
    public void Input_FilledFirst_GetsItsTypeAndLeavesTheRest()
    {
        JsonObject stored = Intake();
        JsonObject shown = Show(stored);
        JsonObject model = StudioDouble.ModelOf(shown);
        StudioDouble.Activity(model["root"], "SendWelcome")["urgent"] = StudioDouble.Literal("True");
        StudioDouble.Activity(model["root"], "SendWelcome")["template"] = StudioDouble.Literal("regret");
        JsonObject kept = Keep(stored, shown, model);

        JsonObject activity = StudioDouble.Activity(kept["root"], "SendWelcome");
        activity["template"]!.ToJsonString().Should().Be("""{"typeName":"String","expression":{"type":"Literal","value":"regret"}}""");
        activity["urgent"]!["typeName"]!.GetValue<string>().Should().NotBeNullOrEmpty();
        activity.Remove("urgent");
        activity["template"]!["expression"]!["value"] = "welcome";
        DefinitionNodes.Write(kept).Should().Be(DefinitionNodes.Write(stored));
    }

    [Theory]
    [InlineData("Acme.NotHere", 1)]
    [InlineData("Elsa.WriteLine", 99)]
    public void UnknownActivity_IsShownAsOne_AndComesBackAsItWas(string type, int version)
    {
        JsonObject stored = Flow($$"""
            { "id": "Odd", "type": "{{type}}", "version": {{version}}, "secret": { "deep": [1, 2.50, null] }, "metadata": { "designer": { "position": { "x": 1, "y": 2 } } } }
            """, """{ "source": { "activity": "Odd", "port": "Elsewhere" }, "target": { "activity": "End", "port": "In" } }""");
        JsonObject shown = Show(stored);
        JsonObject model = StudioDouble.ModelOf(shown);
        JsonObject standIn = StudioDouble.Activity(model["root"], "Odd");
        standIn["metadata"]!["designer"]!["position"] = new JsonObject { ["x"] = 500, ["y"] = 2 };
        // The picture of an unknown activity has no such port: the Studio may lose its connection.
        model["root"]!["connections"] = new JsonArray();
        JsonObject kept = Keep(stored, shown, model);

        standIn["type"]!.GetValue<string>().Should().Be("Elsa.NotFoundActivity");
        StudioDouble.Activity(kept["root"], "Odd")["metadata"]!["designer"]!["position"]!["x"]!.GetValue<int>().Should().Be(500);
        StudioDouble.Activity(kept["root"], "Odd")["metadata"]!["designer"]!["position"]!["x"] = 1;
        DefinitionNodes.Write(kept).Should().Be(DefinitionNodes.Write(stored));
    }

    [Fact]
    public void UnknownMembers_OfRootVariablesAndActivities_Survive()
    {
        JsonObject stored = Flow("""{ "id": "Say", "type": "Elsa.WriteLine", "version": 1, "text": "bare", "ours": { "a": null } }""");
        stored["tenantId"] = "north";
        stored["variables"] = JsonNode.Parse("""[ { "id": "v1", "name": "Count", "typeName": "Int32", "value": 1, "note": "kept" }, { "id": "v2", "name": "Gone", "typeName": "String" } ]""");
        JsonObject shown = Show(stored);
        JsonObject model = StudioDouble.ModelOf(shown);
        model["variables"]![0]!["name"] = "Number";
        ((JsonArray)model["variables"]!).RemoveAt(1);
        StudioDouble.Activity(model["root"], "Say")["text"] = StudioDouble.Literal("other");
        JsonObject kept = Keep(stored, shown, model);

        shown["variables"]![0]!["value"]!.GetValue<string>().Should().Be("1");
        StudioDouble.Activity(shown["root"], "Say")["text"]!["expression"]!["value"]!.GetValue<string>().Should().Be("bare");
        kept["tenantId"]!.GetValue<string>().Should().Be("north");
        kept["variables"]!.ToJsonString().Should().Be("""[{"id":"v1","name":"Number","typeName":"Int32","value":1,"note":"kept"}]""");
        StudioDouble.Activity(kept["root"], "Say").ToJsonString().Should().Contain("\"ours\":{\"a\":null}").And.Contain("\"value\":\"other\"");
    }

    [Fact]
    public void Activities_AddedAndRemoved_LeaveTheOthersInTheirOrder()
    {
        JsonObject stored = Intake();
        JsonObject shown = Show(stored);
        JsonObject model = StudioDouble.ModelOf(shown);
        JsonArray activities = (JsonArray)model["root"]!["activities"]!;
        activities.Remove(activities.Single(one => one!["id"]!.GetValue<string>() == "SendWelcome"));
        activities.Insert(0, JsonNode.Parse("""{ "id": "99e9339dc5d060df", "nodeId": "Workflow1:Intake:99e9339dc5d060df", "name": "WriteLine1", "type": "Elsa.WriteLine", "version": 1, "metadata": { "designer": { "position": { "x": 1, "y": 1 } } } }"""));
        JsonObject kept = Keep(stored, shown, model);

        string[] before = [.. ((JsonArray)stored["root"]!["activities"]!).Select(one => one!["id"]!.GetValue<string>())];
        ((JsonArray)kept["root"]!["activities"]!).Select(one => one!["id"]!.GetValue<string>()).Should().Equal([.. before.Where(id => id != "SendWelcome"), "99e9339dc5d060df"]);
        kept["root"]!["connections"]!.ToJsonString().Should().Contain("SendWelcome", "the Studio takes the connections of a removed activity away by itself");
    }

    [Fact]
    public void Names_AreChangedInTheReadersLanguageAlone()
    {
        JsonObject stored = Intake();
        JsonObject shown = ShownDefinition.Of(stored, Version, Known, "zh-CN");
        JsonObject model = StudioDouble.ModelOf(shown);
        model["name"] = "收集需求";
        StudioDouble.Activity(model["root"], "SendWelcome")["metadata"]!["displayText"] = "问候客户";
        JsonObject kept = KeptDefinition.Of(stored, shown, model, Known, "zh-CN");

        shown["name"]!.GetValue<string>().Should().Be("客户需求收集");
        kept["name"]!.GetValue<string>().Should().Be("Client intake");
        kept["customProperties"]!["displayName"]!.ToJsonString(Readable).Should().Be("""{"en":"Client intake","zh-CN":"收集需求"}""");
        JsonObject activity = StudioDouble.Activity(kept["root"], "SendWelcome");
        activity["metadata"]!["displayText"]!.GetValue<string>().Should().Be("Welcome the client");
        activity["customProperties"]!["displayName"]!["zh-CN"]!.GetValue<string>().Should().Be("问候客户");
    }

    [Theory]
    [InlineData("zh-CN", "收集客户需求。", "en", "First mail to decision.")]
    [InlineData("en", "From mail to yes or no.", "zh-CN", "收集需求。")]
    public void Description_IsChangedInTheReadersLanguageAlone(string language, string text, string other, string kept)
    {
        JsonObject stored = Intake();
        stored["description"] = "First mail to decision.";
        stored["customProperties"]!["description"] = new JsonObject { ["zh-CN"] = "收集需求。" };
        JsonObject shown = ShownDefinition.Of(stored, Version, Known, language);
        JsonObject model = StudioDouble.ModelOf(shown);
        model["description"] = text;
        JsonObject saved = KeptDefinition.Of(stored, shown, model, Known, language);

        ShownDefinition.Of(saved, Version, Known, language)["description"]!.GetValue<string>().Should().Be(text);
        ShownDefinition.Of(saved, Version, Known, other)["description"]!.GetValue<string>().Should().Be(kept);
        saved["customProperties"]!["outcomes"]!.ToJsonString().Should().Be(stored["customProperties"]!["outcomes"]!.ToJsonString());
    }

    [Fact]
    public void Description_ThatIsEmptied_IsGoneInBothLanguages()
    {
        JsonObject stored = Intake();
        JsonObject shown = ShownDefinition.Of(stored, Version, Known, "zh-CN");
        JsonObject model = StudioDouble.ModelOf(shown);
        model["description"] = "";
        JsonObject saved = KeptDefinition.Of(stored, shown, model, Known, "zh-CN");

        DefinitionReader.Read(DefinitionNodes.Write(saved), Activities).Definition!.Description.Should().BeNull();
    }

    [Fact]
    public void NamesOfInputs_InBothLanguages_SurviveWhateverIsChangedElsewhere()
    {
        JsonObject stored = DefinitionsIn("workflows/change-request/change-request.json").Single();
        JsonObject shown = Show(stored);
        JsonObject model = StudioDouble.ModelOf(shown);
        StudioDouble.Activity(model["root"], "DescribeChange")["metadata"]!["displayText"] = "Ask for a change";
        model["customProperties"]!["VariableTestValues"] = new JsonObject { ["Round"] = "2" };
        ((JsonArray)model["inputs"]!).Add(JsonNode.Parse("""{ "type": "String", "name": "Urgency", "displayName": "Urgency", "category": "Primitives", "uiHint": "singleline", "isArray": false }"""));
        JsonObject kept = Keep(stored, shown, model);

        kept["customProperties"]!["VariableTestValues"]!["Round"]!.GetValue<string>().Should().Be("2");
        kept["customProperties"]!["inputs"]!.ToJsonString().Should().Be(stored["customProperties"]!["inputs"]!.ToJsonString());
        IReadOnlyList<InputDeclaration> inputs = DefinitionReader.Read(DefinitionNodes.Write(kept), Activities).Definition!.Inputs;
        inputs.Select(input => input.Called.ZhCn).Should().Equal("动机", "标题", "Urgency");
        inputs[0].Description!.ZhCn.Should().Be("如已有人说明原因，请填写");
    }

    [Fact]
    public void NamesOfInputs_AreChangedInTheReadersLanguageAlone()
    {
        JsonObject stored = DefinitionsIn("workflows/change-request/change-request.json").Single();
        JsonObject shown = ShownDefinition.Of(stored, Version, Known, "zh-CN");
        JsonObject model = StudioDouble.ModelOf(shown);
        model["inputs"]![0]!["displayName"] = "变更动机";
        model["inputs"]![1]!["category"] = "Words";
        JsonObject kept = KeptDefinition.Of(stored, shown, model, Known, "zh-CN");

        shown["inputs"]![0]!["displayName"]!.GetValue<string>().Should().Be("动机");
        shown["inputs"]![0]!["description"]!.GetValue<string>().Should().Be("如已有人说明原因，请填写");
        IReadOnlyList<InputDeclaration> inputs = DefinitionReader.Read(DefinitionNodes.Write(kept), Activities).Definition!.Inputs;
        inputs.Select(input => (input.Called.En, input.Called.ZhCn)).Should().Equal(("Motive", "变更动机"), ("Title", "标题"));
        kept["inputs"]![1]!["category"]!.GetValue<string>().Should().Be("Words");
        kept["inputs"]![1]!["description"]!.GetValue<string>().Should().Be("what shall change, in a line");
        kept["inputs"]![0]!.ToJsonString().Should().Be(stored["inputs"]![0]!.ToJsonString());
    }

    [Fact]
    public void Cases_WithActivitiesInside_AreMergedOneByOne()
    {
        JsonObject stored = Flow("""
            { "id": "Which", "type": "Elsa.Switch", "version": 1, "mode": "MatchAny", "cases": [
              { "label": "A", "condition": { "type": "JavaScript", "value": "true" }, "activity": { "id": "SayA", "type": "Elsa.WriteLine", "version": 1, "text": "a", "kept": 1.50 }, "mine": 1 },
              { "label": "B", "condition": { "type": "JavaScript", "value": "false" }, "activity": null } ] }
            """);
        JsonObject shown = Show(stored);
        JsonObject model = StudioDouble.ModelOf(shown);
        StudioDouble.Activity(model["root"], "Which")["cases"]![1]!["condition"]!["value"] = "1 > 2";
        JsonObject kept = Keep(stored, shown, model);

        StudioDouble.Activity(shown["root"], "SayA")["nodeId"]!.GetValue<string>().Should().Be("Workflow1:Main:Which:SayA");
        StudioDouble.Activity(kept["root"], "Which")["cases"]![1]!["condition"]!["value"] = "false";
        DefinitionNodes.Write(kept).Should().Be(DefinitionNodes.Write(stored));
    }

    private static System.Text.Json.JsonSerializerOptions Readable { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static JsonObject Show(JsonObject stored) => ShownDefinition.Of(stored, Version, Known, "en");

    private static JsonObject Keep(JsonObject stored, JsonObject shown, JsonObject model) => KeptDefinition.Of(stored, shown, model, Known, "en");

    private static JsonObject Intake() => DefinitionsIn("workflows/client-intake/client-intake.json").Single();

    private static JsonObject Flow(string activity, string? connection = null) => DefinitionNodes.Parse($$"""
        { "definitionId": "flow", "id": "flow-v1", "name": "Flow", "version": 1, "root": { "id": "Main", "type": "Elsa.Flowchart", "version": 1,
          "activities": [ {{activity}}, { "id": "End", "type": "Elsa.WriteLine", "version": 1 } ], "connections": [ {{connection}} ] } }
        """);

    private static JsonObject WithPosition(JsonObject? metadata, int x, int y)
    {
        JsonObject moved = metadata?.DeepClone() as JsonObject ?? [];
        moved["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = x, ["y"] = y } };
        return moved;
    }

    private static JsonObject WithoutPicture(JsonObject definition)
    {
        JsonObject copy = (JsonObject)definition.DeepClone();
        Forget(copy);
        return copy;

        static void Forget(JsonNode? node)
        {
            foreach (JsonNode? inner in node is JsonObject map ? [.. map.Select(member => member.Value)] : node as IEnumerable<JsonNode?> ?? [])
                Forget(inner);
            if (node is not JsonObject activity || activity.Member("metadata") is not JsonObject metadata)
                return;
            metadata.Remove("designer");
            if (metadata.Count == 0)
                activity.Drop("metadata");
        }
    }

    private static IEnumerable<JsonObject> ActivitiesIn(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                if (map["nodeId"] is not null)
                    yield return map;
                foreach (JsonObject inner in map.SelectMany(member => ActivitiesIn(member.Value)))
                    yield return inner;
                break;
            case JsonArray list:
                foreach (JsonObject inner in list.SelectMany(ActivitiesIn))
                    yield return inner;
                break;
            default:
                break;
        }
    }

    private static IEnumerable<string> DefinitionFiles() =>
    [
        .. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "workflows")).Where(folder => Path.GetFileName(folder) != "samples")
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.json")).Order(StringComparer.Ordinal),
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests/conformance"), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal),
    ];

    // A case holds its definition, and perhaps those of its children.
    private static IEnumerable<JsonObject> DefinitionsIn(string path)
    {
        JsonObject file = DefinitionNodes.Parse(File.ReadAllText(Path.Combine(Repository.Root, path)));
        if (file["root"] is not null || file["definitionId"] is not null)
            return [file];
        return file.SelectMany(member => member.Value switch
        {
            JsonObject one => [one],
            JsonArray many => many.OfType<JsonObject>(),
            _ => Enumerable.Empty<JsonObject>(),
        }).Where(one => one["root"] is JsonObject && IsStorable(one));
    }

    // What the reader refuses is never stored, and so never opened.
    private static bool IsStorable(JsonObject definition) => DefinitionReader.Read(DefinitionNodes.Write(definition), Activities).Definition is not null;
}
