using System.Text.Json;
using EngagementFlows.Engagements.Lint;
using EngagementFlows.Engine.Definitions;
using static EngagementFlows.Engagements.Tests.Lint.FlowLintTests;

namespace EngagementFlows.Engagements.Tests.Lint;

/// <summary>What counts the rounds of a loop, however it is written, and what only seems to.</summary>
public sealed class LoopCountersTests
{
    private static readonly string[] s_around = ["Ask Answered Good", "Ask Timed_out Mail", "Good True Count", "Good False Mail", "Count Done Ask"];

    [Theory]
    [InlineData("setRound(getRound() + 1)")]
    [InlineData("setVariable('Round', getVariable('Round') + 1)")]
    [InlineData("variables.Round = variables.Round + 1")]
    [InlineData("variables['Round'] = variables['Round'] + 1")]
    [InlineData("variables.Round += 1")]
    [InlineData("variables.Round++")]
    [InlineData("--variables.Round")]
    [InlineData("variables[`Round`]++")]
    [InlineData("[variables.Round] = [variables.Round + 1]")]
    [InlineData("const next = variables.Round + 1; if (next > 0) { variables.Round = next; }")]
    [InlineData("const f = () => variables.Round++; f()")]
    [InlineData("setRound((getRound() ?? 0) + 1)")]
    [InlineData("setRound(getAnswer().good ? 0 : getRound() + 1)")]
    [InlineData("if (getAnswer().good) setRound(99); else setRound(getRound() + 1)")]
    public void Loop_CountedByAScript_IsLimited(string script) => Blocking(Judge($"{Ask()}, {Decision("getRound() < 3")}, {Script(script)}, {HelloMail}", s_around)).Should().BeEmpty();

    [Theory]
    [InlineData("setRound(getRound())")]
    [InlineData("setVariable('Round', getVariable('Round'))")]
    [InlineData("variables.Round = variables.Round")]
    [InlineData("variables.Round = getRound()")]
    [InlineData("variables.Round ??= 0")]
    [InlineData("setRound(Number(getRound() || 0))")]
    [InlineData("setRound(1); console.log(getRound())")]
    [InlineData("variables.Round = getAnswer().number + 1")]
    [InlineData("setRound(0); setRound(getRound() + 1)")]
    [InlineData("variables.Round += 1; variables.Round = 0")]
    [InlineData("const variables = { Round: 1 }; variables.Round++")]
    [InlineData("'variables.Round++'")]
    public void Loop_WhoseCounterStandsStill_Blocks(string script) =>
        Blocking(Judge($"{Ask()}, {Decision("getRound() < 3")}, {Script(script)}, {HelloMail}", s_around)).Should().Equal((LintRules.LoopWithoutLimit, "Ask", null));

    [Theory]
    [InlineData("JavaScript", "getRound() + 1", false)]
    [InlineData("JavaScript", "return getRound() + 1;", false)]
    [InlineData("JavaScript", "getRound()", true)]
    [InlineData("Liquid", "{{ Variables.Round | plus: 1 }}", false)]
    [InlineData("Liquid", "{{ Variables.Round }}", true)]
    [InlineData("Literal", "1", true)]
    public void Loop_CountedBySettingAVariable_IsLimitedIfItMoves(string language, string value, bool isFault) =>
        Blocking(Judge($"{Ask()}, {Decision("getRound() < 3")}, {Set("Count", language, value)}, {HelloMail}", s_around)).Should()
            .Equal(isFault ? [(LintRules.LoopWithoutLimit, "Ask", (string?)null)] : []);

    [Theory]
    [InlineData("getRound() + 1", false)]
    [InlineData("getRound()", true)]
    public void Loop_CountedByTheResultOfAScript_IsLimitedIfItMoves(string script, bool isFault) =>
        Blocking(Judge($"{Ask()}, {Decision("getRound() < 3")}, {Script(script, """, "result": { "typeName": "Object", "memoryReference": { "id": "round" } }""")}, {HelloMail}", s_around)).Should()
            .Equal(isFault ? [(LintRules.LoopWithoutLimit, "Ask", (string?)null)] : []);

    [Theory]
    [InlineData("0", true)]
    [InlineData("99", false)]
    public void Loop_WhoseCounterIsSetBackOnTheWay_BlocksAndNamesWhatDoesSo(string value, bool isFault)
    {
        IReadOnlyList<DefinitionFault> faults = Judge(
            $"{Set("Begin", "Literal", "0")}, {Ask()}, {Decision("getRound() < 3")}, {Script("variables.Round++")}, {Set("Back", "Literal", value)}, {HelloMail}",
            "Begin Done Ask", "Ask Answered Back", "Back Done Good", "Ask Timed_out Mail", "Good True Count", "Good False Mail", "Count Done Ask");

        Blocking(faults).Should().Equal(isFault ? [(LintRules.LoopWithoutLimit, "Ask", (string?)null)] : []);
        faults.All(fault => fault.Message.Contains("'Round', but 'Back'", StringComparison.Ordinal) && fault.In("zh-CN").Contains("“Back”", StringComparison.Ordinal)).Should().BeTrue();
    }

    [Fact]
    public void Loop_WithinALoop_MayBeginToCountAnewInEachRoundOfThatOne()
    {
        string activities = $"{Set("Begin", "Literal", "0")}, {Ask()}, {Decision("getRound() < 3")}, {Script("variables.Round++")}, {HelloMail}";
        const string task = """, { "id": "Work", "type": "EngagementFlows.AssignTask", "version": 1, "title": "Do it", "titleZh": "去做", "dueIn": "3 working days", "staysOpen": true }""";
        string[] around = ["Begin Done Ask", .. s_around, "Mail Done Work", "Work Done Begin"];

        Blocking(Judge(activities + task, around)).Should().BeEmpty("a member of staff decides about the outer one");
        Blocking(Judge(activities, [.. s_around, "Begin Done Ask", "Mail Done Begin"])).Should().ContainSingle("nothing ends the outer one");
    }

    private static string Script(string text, string more = "") =>
        $$"""{ "id": "Count", "type": "Elsa.RunJavaScript", "version": 1, "script": { "typeName": "String", "expression": { "type": "Literal", "value": {{JsonSerializer.Serialize(text)}} } }{{more}} }""";

    private static string Set(string id, string language, string value) => $$"""
        { "id": "{{id}}", "type": "Elsa.SetVariable", "version": 1, "variable": { "id": "round", "name": "Round", "typeName": "Int32" },
          "value": { "typeName": "Object", "expression": { "type": "{{language}}", "value": {{JsonSerializer.Serialize(value)}} } } }
        """;
}
