using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Lint;
using EngagementFlows.Engagements.Tests.Workflows;
using EngagementFlows.Engine.Definitions;

namespace EngagementFlows.Engagements.Tests.Lint;

/// <summary>The rules for flows that face clients: each with a flow that breaks it and one that does not.</summary>
public sealed class FlowLintTests
{
    internal const string HelloMail = """{ "id": "Mail", "type": "EngagementFlows.SendClientMail", "version": 1, "template": "hello" }""";

    public static TheoryData<string> Processes { get; } = [.. ProcessFolder.All().Select(process => process.Name)];

    [Theory]
    [MemberData(nameof(Processes))]
    public void OurProcesses_BreakNoRuleThatBlocks(string process)
    {
        ProcessFolder folder = ProcessFolder.Of(process);
        WorkflowDefinition definition = folder.Definition();
        Dictionary<string, byte[]> assets = new[] { ("mail", "*"), ("forms", "*.json") }
            .SelectMany(part => folder.Files(part.Item1, part.Item2).Select(file => $"{part.Item1}/{file}"))
            .ToDictionary(path => path, path => Encoding.UTF8.GetBytes(folder.Text(path)));

        IReadOnlyList<DefinitionFault> faults = FlowLint.Judge(definition, DefinitionValidator.Validate(definition, DefinitionCatalogue.Create(ProcessFolder.Activities, [definition])), assets);

        faults.Where(fault => fault.Severity != FaultSeverity.Warning).Should().BeEmpty();
        // The intake reminds by the clock, and is told so.
        faults.Select(fault => fault.Rule).Should().Equal(process == "client-intake" ? [LintRules.TimerOutsideWorkingTime] : []);
        FlowLint.FacesClients(definition).Should().Be(process != "performance-review");
    }

    [Theory]
    [InlineData("AssignTask", "", true)]
    [InlineData("AssignTask", """, "dueIn": "" """, true)]
    [InlineData("AssignTask", """, "dueIn": "3 working days" """, false)]
    [InlineData("AssignTask", """, "dueIn": { "typeName": "String", "expression": { "type": "Liquid", "value": " " } } """, true)]
    [InlineData("AssignTask", """, "dueIn": { "typeName": "String", "expression": { "type": "JavaScript", "value": "return null;" } } """, true)]
    [InlineData("AssignTask", """, "dueIn": { "typeName": "String", "expression": { "type": "JavaScript", "value": "`${3} working days`" } } """, false)]
    [InlineData("AssignTask", """, "dueOn": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "new Date()" } } """, false)]
    [InlineData("RequestApproval", "", true)]
    [InlineData("RequestApproval", """, "dueIn": "3 working days" """, false)]
    public void Wait_ForStaffWithoutAnEnd_Blocks(string type, string input, bool isFault)
    {
        IReadOnlyList<DefinitionFault> faults = Judge(
            $$"""{{HelloMail}}, { "id": "Work", "type": "EngagementFlows.{{type}}", "version": 1, "title": "Do it", "titleZh": "去做"{{input}} }, {{HelloMail.Replace("Mail\"", "End\"", StringComparison.Ordinal)}}""",
            "Mail Done Work", "Work Done End", "Work Timed_out End");

        Blocking(faults).Should().Equal(isFault ? [(LintRules.WaitWithoutTimeOut, "Work", "dueIn")] : []);
    }

    [Fact]
    public void Wait_WhoseTimeOutLeadsNowhere_Blocks()
    {
        const string ask = """{ "id": "Ask", "type": "EngagementFlows.AskClient", "version": 1, "form": "forms/a.json", "mail": "hello" }""";
        const string task = """{ "id": "Work", "type": "EngagementFlows.AssignTask", "version": 1, "title": "Do it", "titleZh": "去做", "dueIn": "3 working days", "staysOpen": OPEN }""";

        Blocking(Judge($"{ask}, {HelloMail}", "Ask Answered Mail")).Should().Equal((LintRules.WaitWithoutTimeOut, "Ask", "dueIn"));
        Blocking(Judge($"{ask}, {HelloMail}", "Ask Answered Mail", "Ask Timed_out Mail")).Should().BeEmpty();
        Blocking(Judge($"{HelloMail}, {task.Replace("OPEN", "false", StringComparison.Ordinal)}", "Mail Done Work")).Should().Equal((LintRules.WaitWithoutTimeOut, "Work", "dueIn"));
        Blocking(Judge($"{HelloMail}, {task.Replace("OPEN", "true", StringComparison.Ordinal)}", "Mail Done Work")).Should().BeEmpty("it stays in the inbox as overdue");
    }

    [Fact]
    public void Event_WithoutALimit_Blocks()
    {
        const string wait = """{ "id": "Paid", "type": "Elsa.Event", "version": 1, "eventName": "paid" }""";

        Blocking(Judge($"{HelloMail}, {wait}", "Mail Done Paid")).Should().Equal((LintRules.EventWithoutLimit, "Paid", null));
        Judge($"{wait.Replace("\"eventName\"", "\"customProperties\": { \"canStartWorkflow\": true }, \"eventName\"", StringComparison.Ordinal)}, {HelloMail}", "Paid Done Mail").Should().BeEmpty("there it only begins");
    }

    [Theory]
    [InlineData("WaitAny", false)]
    [InlineData("WaitAll", true)]
    public void Event_BesideAClock_IsLimitedWhereTheFirstIsEnough(string mode, bool isFault)
    {
        IReadOnlyList<DefinitionFault> faults = Judge(
            $$"""
            {{HelloMail}}, { "id": "Paid", "type": "Elsa.Event", "version": 1, "eventName": "paid" }, { "id": "Enough", "type": "EngagementFlows.WaitWorkingTime", "version": 1, "time": "10 working days" },
            { "id": "First", "type": "Elsa.FlowJoin", "version": 1, "mode": { "typeName": "Object", "expression": { "type": "Literal", "value": "{{mode}}" } } }
            """,
            "Mail Done Paid", "Mail Done Enough", "Paid Done First", "Enough Done First");

        Blocking(faults).Should().Equal(isFault ? [(LintRules.EventWithoutLimit, "Paid", (string?)null)] : []);
    }

    [Theory]
    [InlineData("AskClient", "dueIn", "3650.00:00:00", true)]
    [InlineData("AskClient", "dueIn", "900 working days", true)]
    [InlineData("AskClient", "dueIn", "10 working days", false)]
    [InlineData("OfferStandingLink", "worksFor", "36500.00:00:00", true)]
    [InlineData("OfferStandingLink", "worksFor", "730.00:00:00", false)]
    [InlineData("AskClient", "dueIn", "JavaScript: '900 working days'", true)]
    [InlineData("AskClient", "dueIn", "JavaScript: return \"900 working days\";", true)]
    [InlineData("AskClient", "dueIn", "Liquid: 900 working days", true)]
    [InlineData("AskClient", "dueIn", "JavaScript: '9' + '00 working days'", false)]
    [InlineData("AskClient", "dueIn", "Liquid: {{ 900 }} working days", false)]
    public void Link_ThatNeverReallyEnds_Blocks(string type, string field, string length, bool isFault)
    {
        IReadOnlyList<DefinitionFault> faults = Judge(
            $$"""
            { "id": "Link", "type": "EngagementFlows.{{type}}", "version": 1, "form": "forms/a.json", "mail": "hello", "definition": "x", "label": "l", "labelZh": "名", "{{field}}": {{Input(length)}} }, {{HelloMail}}
            """,
            "Link Done Mail", "Link Answered Mail", "Link Timed_out Mail");

        Blocking(faults).Where(fault => fault.Rule == LintRules.LinkWithoutExpiry).Should().Equal(isFault ? [(LintRules.LinkWithoutExpiry, "Link", field)] : []);
    }

    [Fact]
    public void Mail_MissingInALanguage_Blocks()
    {
        Dictionary<string, byte[]> oneLanguage = new() { ["mail/hello.en.md"] = Text("Hello") };

        IReadOnlyList<DefinitionFault> faults = Judge([HelloMail], [], "[]", oneLanguage);

        Blocking(faults).Should().Equal((LintRules.MailWithoutLanguage, "Mail", "template"));
        faults[0].Message.Should().Contain("mail/hello.zh-CN.md");
        Judge([HelloMail], [], "[]", assets: null).Should().BeEmpty("what is not known is not judged");
        Judge([HelloMail.Replace("\"hello\"", """{ "typeName": "String", "expression": { "type": "JavaScript", "value": "'hel' + 'lo'" } }""", StringComparison.Ordinal)], [], "[]", oneLanguage).Should().BeEmpty();
    }

    [Fact]
    public void Loop_ThatAsksTheClientAgainAndAgain_Blocks()
    {
        string[] around = ["Ask Answered Good", "Ask Timed_out Mail", "Good True Mail", "Good False Ask"];

        Blocking(Judge($"{Ask()}, {Decision("getVariable('Answer').good")}, {HelloMail}", around)).Should().Equal((LintRules.LoopWithoutLimit, "Ask", null));
    }

    [Fact]
    public void Loop_ThatCountsItsRounds_IsLimited()
    {
        const string count = """
            { "id": "Count", "type": "Elsa.SetVariable", "version": 1, "variable": { "id": "round", "name": "Round", "typeName": "Int32" },
              "value": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "getVariable('Round') + 1" } } }
            """;
        string[] around = ["Ask Answered Good", "Ask Timed_out Mail", "Good True Count", "Good False Mail", "Count Done Ask"];

        Blocking(Judge($"{Ask()}, {Decision("getVariable('Round') < 3")}, {count}, {HelloMail}", around)).Should().BeEmpty();
        Blocking(Judge($"{Ask()}, {Decision("variables.Round < 3")}, {count}, {HelloMail}", around)).Should().BeEmpty();
        Blocking(Judge($"{Ask()}, {Decision("getRound() < 3")}, {count}, {HelloMail}", around)).Should().BeEmpty();
        Blocking(Judge($"{Ask()}, {Decision("getVariable('Answer').good")}, {count}, {HelloMail}", around)).Should().HaveCount(1, "what is counted is not asked");
    }

    [Fact]
    public void Loop_InWhichAPersonDecides_IsLimited_ButNotByHisSilence()
    {
        const string task = """{ "id": "Work", "type": "EngagementFlows.AssignTask", "version": 1, "title": "Do it", "titleZh": "去做", "dueIn": "3 working days" }""";

        Blocking(Judge($"{Ask()}, {task}, {HelloMail}", "Ask Answered Work", "Ask Timed_out Mail", "Work Done Ask", "Work Timed_out Mail")).Should().BeEmpty();
        Blocking(Judge($"{Ask()}, {task}, {HelloMail}", "Ask Answered Work", "Ask Timed_out Mail", "Work Done Mail", "Work Timed_out Ask")).Should().Equal((LintRules.LoopWithoutLimit, "Ask", null));
    }

    [Fact]
    public void Loop_ThatReachesNoClient_Warns()
    {
        IReadOnlyList<DefinitionFault> faults = Judge(
            $$"""{{HelloMail}}, { "id": "Rest", "type": "EngagementFlows.WaitWorkingTime", "version": 1, "time": "1 working days" }, { "id": "Say", "type": "Elsa.WriteLine", "version": 1, "text": "x" }""",
            "Mail Done Rest", "Rest Done Say", "Say Done Rest");

        faults.Should().ContainSingle().Which.Should().Match<DefinitionFault>(fault => fault.Severity == FaultSeverity.Warning && fault.Rule == LintRules.LoopWithoutLimit);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("getVariable('Answer').good", true)]
    [InlineData("getVariable('Round') < 3", false)]
    public void While_WithoutACounter_Blocks(string condition, bool isFault)
    {
        string loop = $$"""
            { "id": "Again", "type": "Elsa.While", "version": 1, "condition": { "typeName": "Boolean", "expression": { "type": "JavaScript", "value": "{{condition}}" } },
              "body": { "id": "Body", "type": "Elsa.Sequence", "version": 1, "activities": [ {{HelloMail}},
                { "id": "Count", "type": "Elsa.RunJavaScript", "version": 1, "script": { "typeName": "String", "expression": { "type": "Literal", "value": "setVariable('Round', getVariable('Round') + 1)" } } } ] } }
            """;

        Blocking(Judge(loop)).Should().Equal(isFault ? [(LintRules.LoopWithoutLimit, "Again", (string?)null)] : []);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(""", "requestedBy": { "typeName": "String", "expression": { "type": "Variable", "value": { "id": "by", "name": "By" } } }""", false)]
    [InlineData(""", "requestedBy": { "typeName": "String", "expression": { "type": "Variable", "value": { "id": "round", "name": "Round" } } }""", true)]
    [InlineData(""", "requestedBy": { "typeName": "String", "expression": { "type": "JavaScript", "value": "getVariable('By')" } }""", false)]
    [InlineData(""", "requestedBy": { "typeName": "String", "expression": { "type": "JavaScript", "value": "getVariable('Round')" } }""", true)]
    [InlineData(""", "requestedBy": { "typeName": "String", "expression": { "type": "JavaScript", "value": "variables['Round'] ?? ''" } }""", true)]
    [InlineData(""", "requestedBy": { "typeName": "String", "expression": { "type": "JavaScript", "value": "`${getRound()}`.trim()" } }""", true)]
    [InlineData(""", "requestedBy": { "typeName": "String", "expression": { "type": "JavaScript", "value": "getRound() ?? getBy()" } }""", false)]
    [InlineData(""", "requestedBy": { "typeName": "String", "expression": { "type": "JavaScript", "value": "getRound() ?? getCompletedByFromWork()" } }""", false)]
    [InlineData(""", "requestedBy": { "typeName": "String", "expression": { "type": "JavaScript", "value": "getRound() ?? variables[name()]" } }""", false)]
    [InlineData(""", "requestedBy": { "typeName": "String", "expression": { "type": "Liquid", "value": "{{ Variables.Round }}" } }""", true)]
    [InlineData(""", "requestedBy": { "typeName": "String", "expression": { "type": "Liquid", "value": "{{ Variables.Round }}{{ Variables.By }}" } }""", false)]
    public void Approval_OfWorkThatItsAuthorCouldApprove_Blocks(string requestedBy, bool isFault)
    {
        IReadOnlyList<DefinitionFault> faults = Judge(
            $$"""
            { "id": "Work", "type": "EngagementFlows.AssignTask", "version": 1, "title": "Do it", "titleZh": "去做", "dueIn": "3 working days", "staysOpen": true,
              "completedBy": { "typeName": "String", "memoryReference": { "id": "by" } } },
            { "id": "Approve", "type": "EngagementFlows.RequestApproval", "version": 1, "title": "Decide", "titleZh": "审批", "dueIn": "3 working days", "staysOpen": true{{requestedBy}} }, {{HelloMail}}
            """,
            "Work Done Approve", "Approve Approved Mail");

        Blocking(faults).Should().Equal(isFault ? [(LintRules.ApprovalByRequester, "Approve", "requestedBy")] : []);
    }

    [Fact]
    public void Approval_BeforeAnyWorkOfStaff_NeedsNoRequester() =>
        Blocking(Judge(
            $$"""
            {{HelloMail}}, { "id": "Approve", "type": "EngagementFlows.RequestApproval", "version": 1, "title": "Decide", "titleZh": "审批", "dueIn": "3 working days", "staysOpen": true },
            { "id": "Work", "type": "EngagementFlows.AssignTask", "version": 1, "title": "Do it", "titleZh": "去做", "dueIn": "3 working days", "staysOpen": true }
            """,
            "Mail Done Approve", "Approve Approved Work")).Should().BeEmpty();

    [Fact]
    public void Timer_ByTheClockBeforeAMail_Warns()
    {
        const string delay = """{ "id": "Rest", "type": "Elsa.Delay", "version": 1, "timeSpan": "3.00:00:00" }""";
        const string work = """{ "id": "Rest", "type": "EngagementFlows.WaitWorkingTime", "version": 1, "time": "3 working days" }""";
        const string say = """{ "id": "Say", "type": "Elsa.WriteLine", "version": 1, "text": "x" }""";

        DefinitionFault warning = Judge($"{delay}, {say}, {HelloMail}", "Rest Done Say", "Say Done Mail").Should().ContainSingle().Which;
        warning.Severity.Should().Be(FaultSeverity.Warning, "it annoys, and harms nobody");
        (warning.Rule, warning.ActivityId).Should().Be((LintRules.TimerOutsideWorkingTime, "Rest"));
        Judge($"{work}, {HelloMail}", "Rest Done Mail").Should().BeEmpty();
        Judge($"{HelloMail}, {delay}", "Mail Done Rest").Should().BeEmpty("nobody is written to after it");
        Judge($"{delay}, {work.Replace("Rest", "Morning", StringComparison.Ordinal)}, {HelloMail}", "Rest Done Morning", "Morning Done Mail").Should().BeEmpty("the mail waits for working time");
    }

    [Theory]
    [InlineData("4.00:00:00", true)]
    [InlineData("3 working days", false)]
    public void Reminder_ByTheClock_Warns(string every, bool warns) =>
        Judge($"{Ask(every)}, {HelloMail}", "Ask Answered Mail", "Ask Timed_out Mail").Select(fault => (fault.Severity, fault.Rule, fault.Field)).Should()
            .Equal(warns ? [(FaultSeverity.Warning, LintRules.TimerOutsideWorkingTime, "remindEvery")] : []);

    [Theory]
    [InlineData("AskClient", "5.00:00:00", "Timed_out", true)]
    [InlineData("AskClient", "5 working days", "Timed_out", false)]
    [InlineData("AskClient", "5.00:00:00", "Answered", false)]
    [InlineData("AskClient", "21.00:00:00", "Timed_out", false)]
    [InlineData("AssignTask", "1.12:00:00", "Timed_out", true)]
    [InlineData("RequestApproval", "5.00:00:00", "Timed_out", true)]
    [InlineData("RequestApproval", "5.00:00:00", "Approved", false)]
    public void TimeOut_ByTheClockBeforeAMail_Warns(string type, string length, string port, bool warns)
    {
        string ask = $$"""{ "id": "Ask", "type": "EngagementFlows.{{type}}", "version": 1, "title": "Do it", "titleZh": "去做", "form": "forms/a.json", "mail": "hello", "dueIn": "{{length}}" }""";
        const string say = """{ "id": "Say", "type": "Elsa.WriteLine", "version": 1, "text": "x" }, { "id": "End", "type": "Elsa.WriteLine", "version": 1, "text": "x" }""";

        Judge($"{ask}, {say}, {HelloMail}", "Ask Timed_out End", $"Ask {port} Say", "Say Done Mail").Select(fault => (fault.Severity, fault.Rule, fault.ActivityId, fault.Field)).Should()
            .Equal(warns ? [(FaultSeverity.Warning, LintRules.TimerOutsideWorkingTime, "Ask", "dueIn")] : []);
    }

    [Theory]
    [InlineData("JavaScript", "variables['Roun']", true)]
    [InlineData("JavaScript", "variables['Round'] + variables[`By`]", false)]
    [InlineData("JavaScript", "const variables = { Roun: 1 }; variables.Roun", false)]
    [InlineData("JavaScript", "getVariable('Roun')", true)]
    [InlineData("JavaScript", "getRoun()", true)]
    [InlineData("JavaScript", "variables.Roun", true)]
    [InlineData("Liquid", "{{ Variables.Roun }}", true)]
    [InlineData("JavaScript", "getVariable('Round')", false)]
    [InlineData("JavaScript", "'getVariable(\\'Roun\\')'", false)]
    [InlineData("JavaScript", "const name = 'x'; getVariable(name)", false)]
    [InlineData("Liquid", "{{ Variables.Round }} {{ Variables.Answer.good }}", false)]
    public void Expression_ThatReadsAnUndefinedVariable_Blocks(string language, string text, bool isFault)
    {
        string say = $$"""{ "id": "Say", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "{{language}}", "value": {{JsonSerializer.Serialize(text)}} } } }""";

        Blocking(Judge($"{HelloMail}, {say}", "Mail Done Say")).Should().Equal(isFault ? [(LintRules.UndefinedVariable, "Say", "text")] : []);
        Judge(say).Where(fault => fault.Severity != FaultSeverity.Warning).Should().BeEmpty("a flow without clients is only warned");
    }

    [Fact]
    public void Expression_ThatReadsWhatAScriptSets_IsDefined()
    {
        const string set = """{ "id": "Set", "type": "Elsa.RunJavaScript", "version": 1, "script": { "typeName": "String", "expression": { "type": "Literal", "value": "setVariable('Made', 1)" } } }""";
        const string say = """{ "id": "Say", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "JavaScript", "value": "getVariable('Made')" } } }""";

        Judge($"{HelloMail}, {set}, {say}", "Mail Done Set", "Set Done Say").Should().BeEmpty();
    }

    [Fact]
    public void Mail_ThatReadsAnUndefinedVariable_Blocks()
    {
        Dictionary<string, byte[]> assets = new() { ["mail/hello.en.md"] = Text("{{ Data.Round }} {{ Data.Lnik }} {{ Contact.Name }}"), ["mail/hello.zh-CN.md"] = Text("{{ Data.Round }}") };

        IReadOnlyList<DefinitionFault> faults = Judge([HelloMail], [], Variables, assets);

        Blocking(faults).Should().Equal((LintRules.UndefinedVariable, "Mail", "template"));
        faults[0].Message.Should().Contain("'Data.Lnik'").And.Contain("mail/hello.en.md");
    }

    [Fact]
    public void EveryFinding_SaysTheWayOutInBothLanguages()
    {
        IReadOnlyList<DefinitionFault> faults =
        [
            .. Judge($"{Ask("4.00:00:00")}, {Decision("getVariable('Nothing')")}", "Ask Answered Good", "Good True Ask"),
            .. Judge("""{ "id": "Rest", "type": "Elsa.Delay", "version": 1, "timeSpan": "1:00" }, """ + HelloMail, "Rest Done Mail"),
            .. Judge($$"""{{HelloMail}}, { "id": "Paid", "type": "Elsa.Event", "version": 1, "eventName": "paid" }, { "id": "Work", "type": "EngagementFlows.AssignTask", "version": 1, "title": "a", "titleZh": "甲" }, { "id": "Approve", "type": "EngagementFlows.RequestApproval", "version": 1, "title": "a", "titleZh": "甲" }""", "Mail Done Paid", "Paid Done Work", "Work Done Approve"),
            .. Judge([HelloMail], [], "[]", new Dictionary<string, byte[]>()),
            .. Judge("""{ "id": "Link", "type": "EngagementFlows.AskClient", "version": 1, "form": "forms/a.json", "mail": "hello", "dueIn": "3650.00:00:00" }"""),
        ];

        faults.Select(fault => fault.Rule).Distinct().Should().BeEquivalentTo(typeof(LintRules).GetFields().Select(rule => rule.GetValue(null)));
        faults.Should().OnlyContain(fault => Regex.IsMatch(fault.In("zh-CN"), "[\u4e00-\u9fff].*。$") && fault.In("en").EndsWith('.') && !Regex.IsMatch(fault.In("en"), "[\u4e00-\u9fff]") && fault.ActivityId != null);
    }

    private const string Variables = """[ { "id": "round", "name": "Round", "typeName": "Int32" }, { "id": "answer", "name": "Answer", "typeName": "Object" }, { "id": "by", "name": "By", "typeName": "String" } ]""";

    // "Liquid: x" is that expression, anything else a literal.
    private static string Input(string text) => text.Split(": ", 2) is ["Liquid" or "JavaScript", { } expression]
        ? JsonSerializer.Serialize(new { typeName = "String", expression = new { type = text.Split(": ", 2)[0], value = expression } })
        : JsonSerializer.Serialize(text);

    internal static string Ask(string remindEvery = "3 working days") => $$"""
        { "id": "Ask", "type": "EngagementFlows.AskClient", "version": 1, "form": "forms/a.json", "mail": "hello", "remindEvery": "{{remindEvery}}",
          "answers": { "typeName": "Object", "memoryReference": { "id": "answer" } } }
        """;

    internal static string Decision(string condition) =>
        $$"""{ "id": "Good", "type": "Elsa.FlowDecision", "version": 1, "condition": { "typeName": "Boolean", "expression": { "type": "JavaScript", "value": "{{condition}}" } } }""";

    private static byte[] Text(string body) => Encoding.UTF8.GetBytes($"---\nsubject: \"Hello\"\n---\n{body}\n");

    internal static IReadOnlyList<DefinitionFault> Judge(string activities, params string[] connections) => Judge([activities], connections, Variables, Languages.All.ToDictionary(language => $"mail/hello.{language}.md", _ => Text("Hello")));

    private static IReadOnlyList<DefinitionFault> Judge(string[] activities, string[] connections, string variables, IReadOnlyDictionary<string, byte[]>? assets)
    {
        string ways = string.Join(", ", connections.Select(connection => connection.Split(' ')).Select(parts =>
            $$"""{ "source": { "activity": "{{parts[0]}}", "port": "{{parts[1].Replace('_', ' ')}}" }, "target": { "activity": "{{parts[2]}}", "port": "In" } }"""));
        DefinitionReading reading = DefinitionReader.Read(
            $$"""
            { "definitionId": "d", "id": "d1", "name": "d", "version": 1, "variables": {{variables}},
              "root": { "id": "Root", "type": "Elsa.Flowchart", "version": 1, "activities": [ {{string.Join(", ", activities)}} ], "connections": [ {{ways}} ] } }
            """,
            ProcessFolder.Activities);
        reading.Refusals.Should().BeEmpty();
        WorkflowDefinition definition = reading.Definition!;
        // Whether everything is connected is the validator's own matter.
        IReadOnlyList<DefinitionFault> faults = [.. DefinitionValidator.Validate(definition, DefinitionCatalogue.Create(ProcessFolder.Activities, [definition])).Where(fault => fault.Rule is not null)];
        return FlowLint.Judge(definition, faults, assets);
    }

    internal static IEnumerable<(string? Rule, string? ActivityId, string? Field)> Blocking(IReadOnlyList<DefinitionFault> faults) =>
        faults.Where(fault => fault.Severity != FaultSeverity.Warning).Select(fault => (fault.Rule, fault.ActivityId, fault.Field));
}
