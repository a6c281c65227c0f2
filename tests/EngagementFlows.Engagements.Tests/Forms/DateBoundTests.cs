using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engagements.Tests.Workflows;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Forms;

public sealed class DateBoundTests
{
    // Shanghai has its Tuesday already.
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 17, 0, 0, TimeSpan.Zero);

    private static readonly FormDefinition Form = FormReader.Read("""
        { "title": "1", "elements": [
          { "type": "text", "inputType": "date", "name": "from", "title": { "default": "From", "zh-cn": "开始" }, "minValueExpression": "today()", "maxValueExpression": "today(30)" },
          { "type": "text", "inputType": "date", "name": "until", "title": "1", "minValueExpression": "{from}", "min": "2026-01-01" },
          { "type": "paneldynamic", "name": "rows", "title": "1", "templateElements": [
            { "type": "text", "inputType": "date", "name": "last", "title": { "default": "Last {day}", "zh-cn": "最后一天" } },
            { "type": "text", "inputType": "date", "name": "first", "title": "1", "minValueExpression": "{from}", "maxValueExpression": "{panel.last}" } ] } ] }
        """).Form!;

    [Theory]
    [InlineData("today()", null, 0)]
    [InlineData(" today( -7 ) ", null, -7)]
    [InlineData("{panel.from}", "panel.from", 0)]
    public void Parse_WhatTheServerCanCheck_IsTheBound(string text, string? question, int days) => DateBound.Parse(text).Should().Be(new DateBound(question, days));

    [Theory]
    [InlineData("today() + 1")]
    [InlineData("today(99999)")]
    [InlineData("{a} + {b}")]
    [InlineData("now()")]
    public void Parse_AnythingElse_IsNone(string text) => DateBound.Parse(text).Should().BeNull();

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-02", null)]
    [InlineData("Asia/Shanghai", "2026-03-02", "日期不得早于2026年3月3日（周二）。")]
    [InlineData("Asia/Shanghai", "2026-04-02", null)]
    [InlineData("Asia/Shanghai", "2026-04-03", "日期不得晚于2026年4月2日（周四）。")]
    [InlineData("Nowhere/Land", "2026-03-02", null)]
    public void Validate_DateByTheDay_GoesByTheClocksOfWhoAnswers(string zone, string from, string? fault) =>
        FormValidator.Validate(Form.On(Now, zone), new() { ["from"] = from }).Faults.Select(one => one.Message.ZhCn).Should().Equal(fault is null ? [] : [fault]);

    [Fact]
    public void Validate_DateBeforeTheOneAskedBefore_NamesThatOne()
    {
        AnswerFault fault = FormValidator.Validate(Form.On(Now, "UTC"), new() { ["from"] = "2026-03-10", ["until"] = "2026-03-09" }).Faults.Should().ContainSingle().Subject;

        fault.Question.Should().Be("until");
        fault.Message.En.Should().Be("This must not lie before “From”, which is Tue 10 Mar 2026.");
        fault.Message.ZhCn.Should().Be("不得早于“开始”，即2026年3月10日（周二）。");
    }

    [Fact]
    public void Validate_DateBeforeOneThatIsMissingOrFaulty_IsBoundByNothing()
    {
        FormValidator.Validate(Form.On(Now, "UTC"), new() { ["until"] = "2026-01-02" }).Faults.Should().BeEmpty();
        FormValidator.Validate(Form.On(Now, "UTC"), new() { ["from"] = "2025-03-10", ["until"] = "2026-01-02" }).Faults.Should().ContainSingle().Which.Question.Should().Be("from");
    }

    [Fact]
    public void Validate_DatesInRows_AreBoundByTheirRowAndByWhatStandsAround()
    {
        PlainObject given = new()
        {
            ["from"] = "2026-03-10",
            ["rows"] = new PlainList([Row("2026-03-12", "2026-03-11"), Row("2026-03-12", "2026-03-13"), Row("2026-03-12", "2026-03-09")]),
        };

        FormValidator.Validate(Form.On(Now, "UTC"), given).Faults.Select(fault => (fault.Question, fault.Message.En)).Should().Equal(
            ("rows.1.first", "This must not lie after “Last {day}”, which is Thu 12 Mar 2026."), ("rows.2.first", "The earliest date allowed is Tue 10 Mar 2026."));
    }

    [Theory]
    [InlineData("""{ "type": "text", "inputType": "date", "name": "q", "title": "1", "minValueExpression": "today() + 1" }""", "today(30)")]
    [InlineData("""{ "type": "text", "inputType": "date", "name": "q", "title": "1", "maxValueExpression": "{q}" }""", "not a date that is asked before")]
    [InlineData("""{ "type": "text", "name": "a", "title": "1" }, { "type": "text", "inputType": "date", "name": "q", "title": "1", "minValueExpression": "{a}" }""", "not a date that is asked before")]
    [InlineData("""{ "type": "text", "inputType": "number", "name": "q", "title": "1", "minValueExpression": "today()" }""", "date")]
    public void Read_BoundThatCannotBeChecked_IsAFault(string elements, string words) =>
        FormReader.Read($$"""{ "title": "1", "elements": [ {{elements}} ] }""").Faults.Should().ContainSingle().Which.Message.Should().Contain(words);

    [Theory]
    [InlineData("plan-approval", "2027-12-01", "2026-01-01", "1999-12-20", "phases.0.until", "milestones.0.due")]
    [InlineData("plan-approval", "2026-03-01", "2026-03-05", "2026-03-02", "phases.0.from")]
    [InlineData("plan-approval", "2026-03-02", "2026-03-02", "2026-03-02")]
    // A plan that is changed while it runs has phases that began.
    [InlineData("change-request", "2025-11-03", "2026-03-05", "2025-12-20")]
    [InlineData("change-request", "2027-12-01", "2026-01-01", "2025-12-20", "phases.0.until")]
    public void Plan_DatesThatCannotBe_AreRefusedAtTheirFields(string process, string from, string until, string due, params string[] faulty)
    {
        FormDefinition plan = FormReader.Read(ProcessFolder.Of(process).Text("forms/plan.json")).Form!.WithStaff(
            [new(Guid.Empty, "Li Wei", "li.wei@linden.example", ["architect"], "zh-CN", "Asia/Shanghai")]);
        PlainObject given = new()
        {
            ["summary"] = "x",
            ["phases"] = new PlainList([new PlainObject { ["title"] = "Design", ["architect"] = "li.wei@linden.example", ["from"] = from, ["until"] = until }]),
            ["milestones"] = new PlainList([new PlainObject { ["title"] = "Design agreed", ["due"] = due }]),
            ["deliverables"] = new PlainList([new PlainObject { ["title"] = "Drawings" }]),
        };

        FormValidator.Validate(plan.On(Now, "Europe/Berlin"), given).Faults.Select(fault => fault.Question).Should().Equal(faulty);
    }

    private static PlainObject Row(string last, string first) => new() { ["last"] = last, ["first"] = first };
}
