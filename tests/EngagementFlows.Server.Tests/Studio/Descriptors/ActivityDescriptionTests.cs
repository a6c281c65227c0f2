using System.Text.Json;
using System.Text.RegularExpressions;
using EngagementFlows.Engagements;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Postgres.Definitions;
using EngagementFlows.Server.Languages;
using EngagementFlows.Server.Studio;
using EngagementFlows.Server.Studio.Descriptors;

namespace EngagementFlows.Server.Tests.Studio.Descriptors;

/// <summary>What holds for the descriptions of all activities: a mistake in one of them leaves the Studio's whole picture blank.</summary>
public sealed class ActivityDescriptionTests
{
    // What the Studio 3.8 has editors for.
    private static readonly string[] Hints =
    [
        "singleline", "multiline", "checkbox", "dropdown", "radiolist", "checklist", "multitext", "dynamic-outcomes", "dictionary", "json-editor", "code-editor", "variable-picker",
        "input-picker", "outcome-picker", "output-picker", "type-picker", "workflow-definition-picker", "flow-switch-editor", "switch-editor", "http-status-codes",
    ];

    private static readonly ActivityCatalog Activities = new([.. ElsaActivities.All, .. EngagementActivities.All]);
    private static readonly StudioLists Lists = new(
        [new(NamedValue.Calendar, "munich", new("Munich", "慕尼黑")), new(NamedValue.PromiseClass, "urgent", new("Urgent", "紧急"))],
        [new("Li Wei (li.wei@example.com)", "person:li.wei@example.com")],
        ["forms/ask.json", "forms/ask.txt", "mail/ask.en.md", "mail/ask.zh-CN.md"],
        WrittenValues.In("""
            { "type": "Elsa.Flowchart", "activities": [
                { "type": "EngagementFlows.AskClient", "mail": { "typeName": "String", "expression": { "type": "Literal", "value": "from-before" } } },
                { "type": "EngagementFlows.AskClient", "mail": { "typeName": "String", "expression": { "type": "JavaScript", "value": "'scripted'" } }, "form": "forms/plain.json" },
                { "type": "Elsa.If", "then": { "type": "EngagementFlows.AskClient", "Mail": { "expression": { "type": "Literal", "value": "inside" } } } }
            ] }
            """));

    public static TheoryData<string> Languages { get; } = ["en", "zh-CN"];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Describe_OfAllTypes_IsWhatTheStudioCanRead(string language)
    {
        JsonElement[] activities = Described(language);

        activities.Select(activity => $"{activity.GetProperty("typeName")} {activity.GetProperty("version")}").Should().OnlyHaveUniqueItems();
        activities.Should().HaveCount(Activities.All.Count() + 1, "the stand-in is added");
        foreach (JsonElement activity in activities)
        {
            string type = activity.GetProperty("typeName").GetString()!;
            foreach (string text in new[] { "name", "displayName", "description", "category" })
                activity.GetProperty(text).GetString().Should().NotBeNullOrWhiteSpace($"{type} {text}");
            activity.GetProperty("kind").GetString().Should().BeOneOf("Action", "Trigger");
            foreach (string list in new[] { "inputs", "outputs", "ports" })
                activity.GetProperty(list).ValueKind.Should().Be(JsonValueKind.Array, $"{type} {list}");
            foreach (string map in new[] { "customProperties", "constructionProperties" })
                activity.GetProperty(map).ValueKind.Should().Be(JsonValueKind.Object, $"{type} {map}");
            activity.GetProperty("inputs").EnumerateArray().Select(input => input.GetProperty("name").GetString()).Should().OnlyHaveUniqueItems(type);
            activity.GetProperty("ports").EnumerateArray().Select(port => port.GetProperty("name").GetString()).Should().OnlyHaveUniqueItems(type);
            foreach (JsonElement input in activity.GetProperty("inputs").EnumerateArray())
                CheckInput($"{type}.{input.GetProperty("name")}", input);
        }
    }

    [Fact]
    public void Describe_InChinese_LeavesNoTextInEnglish()
    {
        foreach (JsonElement activity in Described("zh-CN"))
        {
            string type = activity.GetProperty("typeName").GetString()!;
            IEnumerable<string> texts =
            [
                Text(activity, "displayName"), Text(activity, "description"),
                .. activity.GetProperty("inputs").EnumerateArray().SelectMany(input => new[] { Text(input, "displayName"), Text(input, "description") }),
                .. activity.GetProperty("outputs").EnumerateArray().SelectMany(output => new[] { Text(output, "displayName"), Text(output, "description") }),
                .. activity.GetProperty("ports").EnumerateArray().Select(port => Text(port, "displayName")),
            ];
            texts.Should().OnlyContain(text => Regex.IsMatch(text, "[\u4e00-\u9fff]"), type);
        }
    }

    [Fact]
    public void Describe_InEnglish_HasNoChinese() =>
        Described("en").Should().OnlyContain(activity => !Regex.IsMatch(activity.GetRawText(), "[\u4e00-\u9fff]"));

    [Fact]
    public void Describe_NamesOfPortsAndValues_AreTheSameInBothLanguages()
    {
        static string Keys(string language) => string.Join('\n', Described(language).Select(activity =>
            $"{activity.GetProperty("typeName")} {string.Join(',', activity.GetProperty("ports").EnumerateArray().Select(port => $"{port.GetProperty("type")} {port.GetProperty("name")}"))} "
            + string.Join(',', activity.GetProperty("inputs").EnumerateArray().Select(input => $"{input.GetProperty("name")} {string.Join('|', Values(input))}"))));

        Keys("zh-CN").Should().Be(Keys("en"));
    }

    [Fact]
    public void Describe_PlainInputs_AreNotWrapped() =>
        (from activity in Described("en")
         from input in activity.GetProperty("inputs").EnumerateArray()
         where !input.GetProperty("isWrapped").GetBoolean()
         select $"{activity.GetProperty("typeName")}.{input.GetProperty("name")}").Should().BeEquivalentTo(
        [
            "Elsa.FlowSwitch.Cases", "Elsa.Switch.Cases", "Elsa.SetVariable.Variable", "Elsa.Fork.JoinMode", "Elsa.SendHttpRequest.ExpectedStatusCodes",
            "Elsa.HttpEndpoint.ExposeRequestTooLargeOutcome", "Elsa.HttpEndpoint.ExposeFileTooLargeOutcome", "Elsa.HttpEndpoint.ExposeInvalidFileExtensionOutcome",
            "Elsa.HttpEndpoint.ExposeInvalidFileMimeTypeOutcome",
        ]);

    [Fact]
    public void Describe_Ports_AreOutcomesAndPlacesForActivities()
    {
        Dictionary<string, JsonElement> activities = Described("en").ToDictionary(activity => activity.GetProperty("typeName").GetString()!);

        Ports("EngagementFlows.AskClient").Should().Equal("Flow Answered", "Flow Declined", "Flow Timed out");
        Ports("Elsa.If").Should().Equal("Embedded Then", "Embedded Else", "Flow Done");
        Ports("Elsa.BulkDispatchWorkflows").Should().Equal("Embedded ChildCompleted", "Embedded ChildFaulted", "Flow Completed", "Flow Canceled", "Flow Done");
        Ports("Elsa.Finish").Should().BeEmpty();
        activities["Elsa.Finish"].GetProperty("isTerminal").GetBoolean().Should().BeTrue();
        activities["Elsa.Start"].GetProperty("isStart").GetBoolean().Should().BeTrue();
        activities["Elsa.Flowchart"].GetProperty("isContainer").GetBoolean().Should().BeTrue();
        activities["Elsa.Flowchart"].GetProperty("isBrowsable").GetBoolean().Should().BeFalse();
        activities["Elsa.NotFoundActivity"].GetProperty("isBrowsable").GetBoolean().Should().BeFalse();
        activities["EngagementFlows.AskClient"].GetProperty("isBrowsable").GetBoolean().Should().BeTrue();

        IEnumerable<string> Ports(string type) => activities[type].GetProperty("ports").EnumerateArray().Select(port => $"{port.GetProperty("type").GetString()} {port.GetProperty("name").GetString()}");
    }

    [Fact]
    public void Describe_ANewTask_HasItsUsualOutcomeWrittenOut()
    {
        JsonElement task = Described("en").Single(activity => activity.GetProperty("typeName").GetString() == "EngagementFlows.AssignTask");

        task.GetProperty("constructionProperties").GetProperty("outcomes").GetRawText().Should().Be("""{"typeName":"String[]","expression":{"type":"Object","value":"[\"Done\"]"}}""");
        task.GetProperty("inputs").EnumerateArray().Single(input => input.GetProperty("name").GetString() == "Outcomes")
            .GetProperty("uiSpecifications").GetRawText().Should().Be("""{"DynamicOutcomesOptions":{"fixedOutcomes":["Timed out"]}}""");
    }

    [Fact]
    public void Describe_DropDowns_SayInTheReadersLanguageWhatTheyWrite()
    {
        JsonElement stage = Input("zh-CN", "EngagementFlows.SetEngagementStage", "Stage");
        JsonElement calendar = Input("zh-CN", "EngagementFlows.AskClient", "Calendar");
        JsonElement assignee = Input("en", "EngagementFlows.AssignTask", "Assignee");

        Choices(stage).Should().Contain(("需求分析", "needs"));
        Choices(calendar).Should().Contain([("慕尼黑 (munich)", "munich"), ("客户的工作时间", "client")]);
        Choices(Input("en", "EngagementFlows.StartClock", "Class")).Should().Equal(("– nothing –", ""), ("Urgent (urgent)", "urgent"));
        Choices(assignee).Should().Contain([("The engagement's owner", "owner"), ("Everybody with the role: Account manager", "role:account-manager")]);
        Choices(assignee).Should().Contain(("Li Wei (li.wei@example.com)", "person:li.wei@example.com"));
        assignee.GetProperty("isWrapped").GetBoolean().Should().BeTrue("an expression is written instead at will");
    }

    [Fact]
    public void Describe_DropDownsOfFormsAndMails_OfferTheFlowsAndWhatIsWrittenThere()
    {
        Values(Input("en", "EngagementFlows.AskClient", "Form")).Should().Equal("forms/ask.json", "forms/plain.json");
        Values(Input("en", "EngagementFlows.AskClient", "Mail")).Should().Equal("ask", "from-before", "inside");
        Values(Input("en", "EngagementFlows.AskClient", "ReminderMail")).Should().Equal("", "ask");
        Values(Input("en", "EngagementFlows.ProposeVersion", "Form")).Should().Equal("built-in/meeting-answer.json", "built-in/figures.json", "forms/ask.json");
    }

    [Fact]
    public void Describe_OfEachType_AsksTheServerAgainForOneDropDownAtMost() =>
        // With two, the Studio makes the fields of an activity anew while somebody writes into them.
        Described("en").Should().AllSatisfy(activity => activity.GetProperty("inputs").EnumerateArray()
            .Count(input => input.TryGetProperty("uiSpecifications", out JsonElement specifications) && specifications.TryGetProperty("Refresh", out _))
            .Should().Be(Text(activity, "typeName") == "EngagementFlows.OfferStandingLink" ? 1 : 0, Text(activity, "typeName")));

    [Fact]
    public void Describe_RequiredInputs_SaySo()
    {
        Text(Input("en", "EngagementFlows.AskClient", "Form"), "description").Should().StartWith("Required. ");
        Text(Input("zh-CN", "EngagementFlows.AskClient", "Form"), "description").Should().StartWith("必填。");
        Text(Input("en", "EngagementFlows.AskClient", "DueIn"), "description").Should().NotStartWith("Required. ");
    }

    [Fact]
    public void Describe_InstantsAndTheirDefaults_AreTextThatTheEngineReads()
    {
        Text(Input("en", "Elsa.StartAt", "DateTime"), "uiHint").Should().Be("singleline");
        Text(Input("en", "Elsa.StartAt", "DateTime"), "description").Should().Contain("2026-03-30T10:00:00");
        Text(Input("en", "Elsa.Timer", "Interval"), "defaultValue").Should().Be("00:01:00");
    }

    [Fact]
    public void Describe_FlowsThatAreActivities_AreOfferedInTheirPublishedVersionAndKnownInOlderOnes()
    {
        DefinitionCatalogue catalogue = DefinitionCatalogue.Create(Activities, [Flow("small", 1, published: false), Flow("small", 2, published: true), Flow("small", 3, published: false), Flow("other", 1, published: true, usable: false)]);

        StudioActivity[] flows = [.. ActivityTexts.Describe(catalogue, Lists, Language.English).Where(activity => activity.TypeName == "SmallFlow").OrderBy(activity => activity.Version)];

        flows.Select(flow => (flow.Version, flow.IsBrowsable)).Should().Equal((1, false), (2, true));
        flows[1].Category.Should().Be("Of the house");
        flows[1].Inputs.Select(input => (input.Name, input.UiHint, input.IsWrapped)).Should().Equal(("Urgent", "checkbox", true), ("FlowName", "singleline", true));
        flows[1].Outputs.Should().ContainSingle().Which.Name.Should().Be("Answer");
        flows[1].Ports.Select(port => (port.Name, port.Type, port.IsBrowsable)).Should().Equal(("Root", "Embedded", false), ("Yes", "Flow", true), ("Done", "Flow", true));
        flows[1].CustomProperties["RootType"].Should().Be("WorkflowDefinitionActivity");
        flows[0].ConstructionProperties.Should().Contain("workflowDefinitionVersionId", "small-1").And.Contain("latestAvailablePublishedVersion", 2);
        ActivityTexts.Knows(catalogue, "SmallFlow", 1).Should().BeTrue();
        ActivityTexts.Knows(catalogue, "SmallFlow", 3).Should().BeFalse("it is a draft");
        ActivityTexts.Knows(catalogue, "Elsa.WriteLine", 1).Should().BeTrue();
        ActivityTexts.Knows(catalogue, "Elsa.WriteLine", 2).Should().BeFalse();
        ActivityTexts.Knows(catalogue, "Acme.Nothing", 1).Should().BeFalse();
    }

    [Fact]
    public void Describe_AnInputWhoseEditorIsNotKnown_IsABugOfOurs()
    {
        InputDescriptor odd = new("x", "String", new("X", "某"), new("X.", "某。")) { UIHint = "crystal-ball" };

        odd.Invoking(InputEditors.HintOf).Should().Throw<InvalidOperationException>().WithMessage("*crystal-ball*");
    }

    private static void CheckInput(string name, JsonElement input)
    {
        foreach (string text in new[] { "name", "typeName", "displayName", "description", "uiHint" })
            Text(input, text).Should().NotBeNullOrWhiteSpace($"{name} {text}");
        string hint = Text(input, "uiHint");
        hint.Should().BeOneOf(Hints, name);
        if (hint == "dropdown")
        {
            JsonElement list = input.GetProperty("uiSpecifications").GetProperty("dropdown").GetProperty("selectList");
            list.GetProperty("items").ValueKind.Should().Be(JsonValueKind.Array, name);
            bool isAsked = input.GetProperty("uiSpecifications").TryGetProperty("Refresh", out _);
            (isAsked || list.GetProperty("items").GetArrayLength() > 0).Should().BeTrue($"{name} offers nothing to choose");
            Values(input).Should().OnlyHaveUniqueItems(name);
        }

        if (hint == "code-editor")
        {
            input.GetProperty("uiSpecifications").GetProperty("code-editor").GetProperty("editorHeight").ValueKind.Should().Be(JsonValueKind.Number, name);
            Text(input.GetProperty("uiSpecifications").GetProperty("code-editor"), "language").Should().Be("javascript");
        }

        if (hint == "checklist")
            input.GetProperty("uiSpecifications").GetProperty("checklist").GetProperty("checkList").GetProperty("items").GetArrayLength().Should().BePositive(name);
        foreach (JsonProperty member in input.EnumerateObject())
            member.Value.ValueKind.Should().NotBe(JsonValueKind.Null, $"{name} {member.Name}");
    }

    private static JsonElement[] Described(string language)
    {
        DefinitionCatalogue catalogue = DefinitionCatalogue.Create(Activities, []);
        return [.. ActivityTexts.Describe(catalogue, Lists, Language.Of(language)).Select(activity => JsonSerializer.SerializeToElement(activity, StudioJson.Options))];
    }

    private static JsonElement Input(string language, string type, string name) =>
        Described(language).Single(activity => Text(activity, "typeName") == type).GetProperty("inputs").EnumerateArray().Single(input => Text(input, "name") == name);

    private static IEnumerable<(string Text, string Value)> Choices(JsonElement input) =>
        input.GetProperty("uiSpecifications").GetProperty("dropdown").GetProperty("selectList").GetProperty("items").EnumerateArray().Select(item => (Text(item, "text"), Text(item, "value")));

    private static IEnumerable<string> Values(JsonElement input) =>
        input.TryGetProperty("uiSpecifications", out JsonElement specifications) && specifications.TryGetProperty("dropdown", out _) ? Choices(input).Select(choice => choice.Value) : [];

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static WorkflowDefinition Flow(string id, int version, bool published, bool usable = true) => DefinitionReader.Read(
        $$"""
        { "definitionId": "{{id}}", "id": "{{id}}-{{version}}", "name": "{{id}} flow", "version": {{version}}, "isLatest": true, "isPublished": {{(published ? "true" : "false")}},
          "options": { "usableAsActivity": {{(usable ? "true" : "false")}}, "activityCategory": "Of the house" }, "outcomes": ["Yes"],
          "inputs": [ { "name": "Urgent", "type": "Boolean" }, { "name": "Name", "type": "String" } ], "outputs": [ { "name": "Answer", "type": "String" } ],
          "root": { "id": "Main", "type": "Elsa.WriteLine", "version": 1, "text": "hello" } }
        """,
        Activities).Definition!;
}
