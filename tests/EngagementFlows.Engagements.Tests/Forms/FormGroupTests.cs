using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Scripts;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Engagements.Tests.Forms;

/// <summary>Groups of questions that are answered any number of times.</summary>
public sealed class FormGroupTests
{
    private static readonly FormDefinition Form = MinutesForm.Read();

    [Fact]
    public void Read_Paneldynamic_KnowsRowsTextsAndLimits()
    {
        FormQuestion actions = Form.Questions[1];

        actions.Kind.Should().Be(QuestionKind.Group);
        actions.IsRequired.Should().BeTrue("one row is the least");
        actions.Group!.Should().BeEquivalentTo(new { First = 2, Least = 1, Most = 5 });
        actions.Group!.AddText.ZhCn.Should().Be("添加行动项");
        actions.Group.Questions.Select(question => question.Name).Should().Equal("what", "due", "cost", "rooms", "state", "why");
        actions.Group.Questions[1].Panel!.En.Should().Be("When");
        actions.Group.TitleOf(1, new() { ["what"] = "Measure\nthe hall" }).En.Should().Be("Action 2: Measure the hall");
        actions.Group.TitleOf(0, new()).ZhCn.Should().Be("第 1 项", "nothing is answered yet");
    }

    [Theory]
    [InlineData("""{ "type": "paneldynamic", "name": "g", "title": "1", "templateElements": [ { "type": "paneldynamic", "name": "h", "title": "1", "templateElements": [] } ] }""", "rows have no rows")]
    [InlineData("""{ "type": "paneldynamic", "name": "g", "title": "1", "templateElements": [ { "type": "panel", "name": "p", "elements": [ { "type": "paneldynamic", "name": "h", "title": "1" } ] } ] }""", "rows have no rows")]
    [InlineData("""{ "type": "paneldynamic", "name": "g", "title": "1" }""", "asks nothing")]
    [InlineData("""{ "type": "paneldynamic", "name": "g", "title": "1", "maxPanelCount": 51, "templateElements": [ { "type": "text", "name": "a", "title": "1" } ] }""", "from 1 to 50")]
    [InlineData("""{ "type": "paneldynamic", "name": "g", "title": "1", "minPanelCount": 3, "maxPanelCount": 2, "templateElements": [ { "type": "text", "name": "a", "title": "1" } ] }""", "must not be greater")]
    [InlineData("""{ "type": "paneldynamic", "name": "g", "title": "1", "keyName": "a", "templateElements": [ { "type": "text", "name": "a", "title": "1" } ] }""", "'keyName'")]
    [InlineData("""{ "type": "paneldynamic", "name": "g", "title": "1", "templateTitle": "{panel.b}", "templateElements": [ { "type": "text", "name": "a", "title": "1" } ] }""", "'{panel.b}' means nothing")]
    [InlineData("""{ "type": "paneldynamic", "name": "g", "title": "1", "templateTitle": "Action", "templateElements": [ { "type": "text", "name": "a", "title": "1" } ] }""", "one language")]
    [InlineData("""{ "type": "paneldynamic", "name": "g", "title": "1", "templateElements": [ { "type": "text", "name": "a", "title": "1" }, { "type": "text", "name": "a", "title": "1" } ] }""", "used twice")]
    [InlineData("""{ "type": "paneldynamic", "name": "g", "title": "1", "templateElements": [ { "type": "text", "name": "a", "title": "1", "visibleIf": "{panel.b} = 1" } ] }""", "'panel.b' is not a question")]
    [InlineData("""{ "type": "paneldynamic", "name": "g", "title": "1", "templateElements": [ { "type": "text", "name": "a", "title": "1" } ] }, { "type": "text", "name": "b", "title": "1", "visibleIf": "{g} = 1" }""", "only empty and notempty")]
    [InlineData("""{ "type": "paneldynamic", "name": "g", "title": "1", "templateElements": [ { "type": "text", "name": "a", "title": "1" } ] }, { "type": "text", "name": "b", "title": "1", "visibleIf": "{panel.a} = 1" }""", "'panel.a' is not a question")]
    [InlineData("""{ "type": "dropdown", "name": "g", "title": "1", "efChoices": "staff:gardener" }""", "gardener")]
    [InlineData("""{ "type": "dropdown", "name": "g", "title": "1", "efChoices": "staff", "choices": [1] }""", "without choices of its own")]
    [InlineData("""{ "type": "checkbox", "name": "g", "title": "1", "efChoices": "staff" }""", "stands in a dropdown")]
    public void Read_WhatAGroupCannotBe_IsAFault(string elements, string words) =>
        FormReader.Read($$"""{ "title": "1", "elements": [ {{elements}} ] }""").Faults.Should().Contain(fault => fault.Message.Contains(words, StringComparison.Ordinal));

    [Fact]
    public void Read_MoreFieldsThanAPageCarries_IsAFault()
    {
        string questions = string.Join(',', Enumerable.Range(0, 101).Select(i => $$"""{ "type": "text", "name": "q{{i}}", "title": "1" }"""));

        FormReader.Read($$"""{ "title": "1", "elements": [ { "type": "paneldynamic", "name": "g", "title": "1", "templateElements": [ {{questions}} ] } ] }""")
            .Faults.Should().ContainSingle().Which.Message.Should().Contain("5050 questions");
    }

    [Fact]
    public void Validate_Rows_AreAListOfObjectsAndTypedWithTheirNumber()
    {
        FormValidation validation = Validate(
            new() { ["what"] = " Measure ", ["due"] = "2026-03-03", ["rooms"] = new PlainList(["1"]) },
            new() { ["what"] = "" },
            new() { ["what"] = "Draw", ["cost"] = "12.5" });

        validation.Faults.Should().BeEmpty();
        AnswerJson.Write(validation.Answers).Should().Be("""{"actions":[{"what":"Measure","due":"2026-03-03","rooms":["1"]},{"what":"Draw","cost":12.5}]}""");
        validation.Typed.Select(answer => (answer.Question, answer.Row)).Should().Equal(("actions.what", 1), ("actions.due", 1), ("actions.rooms", 1), ("actions.what", 2), ("actions.cost", 2));
        validation.Typed[1].Date.Should().Be(new DateOnly(2026, 3, 3));
    }

    [Fact]
    public void Validate_FaultInARow_NamesTheRowInBothLanguages()
    {
        AnswerFault fault = Validate(new() { ["what"] = "Measure" }, new() { ["what"] = "Draw", ["due"] = "soon" }).Faults.Should().ContainSingle().Subject;

        fault.Question.Should().Be("actions.1.due");
        fault.Row!.En.Should().Be("Action 2: Draw");
        fault.Row.ZhCn.Should().Be("第 2 项：Draw");
        fault.Message.ZhCn.Should().Contain("年-月-日");
    }

    [Fact]
    public void Validate_ConditionOfARow_LooksAtItsRowAndAtQuestionsAround()
    {
        PlainObject given = new() { ["signed"] = true, ["actions"] = new PlainList([Row("A", "1"), Row("B", "2"), Row("C", "2", "because")]) };

        FormValidation signed = FormValidator.Validate(Form, given);
        given["signed"] = false;
        FormValidation unsigned = FormValidator.Validate(Form, given);

        signed.Faults.Select(fault => fault.Question).Should().Equal("actions.1.why");
        unsigned.Faults.Should().BeEmpty();
        AnswerJson.Write(unsigned.Answers).Should().NotContain("because", "what is not asked is not taken");
    }

    [Fact]
    public void Validate_NoRowWithAnAnswer_AsksForTheLeast()
    {
        Validate().Faults.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Question = "actions", Message = AnswerWords.RowMissing });
        Validate(new(), new() { ["what"] = "  " }).Faults.Should().ContainSingle(fault => fault.Question == "actions");
    }

    [Fact]
    public void Validate_QuestionThatDependsOnRows_IsAskedWithAny() =>
        FormValidator.Validate(Form, new() { ["actions"] = new PlainList([Row("A", "1")]), ["thanks"] = "x" }).Answers["thanks"].Should().Be("x");

    [Theory]
    [InlineData("""{"actions": "x"}""", "actions")]
    [InlineData("""{"actions": {"what": "x"}}""", "actions")]
    [InlineData("""{"actions": ["x"]}""", "actions")]
    [InlineData("""{"actions": [[{}]]}""", "actions")]
    [InlineData("""{"actions": [{"what":"a"},{"what":"a"},{"what":"a"},{"what":"a"},{"what":"a"},{"what":"a"}]}""", "actions")]
    [InlineData("""{"actions": [{"what": {"a": 1}}]}""", "actions.0.what")]
    [InlineData("""{"actions": [{"what": "a", "isAdministrator": true}]}""", "actions.0.isAdministrator")]
    [InlineData("""{"actions": [{"what": "a\u0000b"}]}""", "actions.0.what")]
    [InlineData("""{"actions": [{"what": "a"}], "actions.0.what": "b"}""", "actions.0.what")]
    public void Validate_SomethingElseThanRows_IsRefusedNotThrown(string given, string where) =>
        FormValidator.Validate(Form, AnswerJson.Read(given)!).Faults.Should().ContainSingle().Which.Question.Should().Be(where);

    [Fact]
    public void Validate_AnyRows_GivesTheSameWhenItsAnswersAreGivenBack() => Prop.ForAll(MinutesForm.Rows.ToArbitrary(), rows =>
    {
        FormValidation once = FormValidator.Validate(Form, new() { ["actions"] = rows });

        FormValidation again = FormValidator.Validate(Form, AnswerJson.Read(AnswerJson.Write(once.Answers))!);

        AnswerJson.Write(again.Answers).Should().Be(AnswerJson.Write(once.Answers));
        int taken = once.Answers["actions"] is PlainList list ? list.Count : 0;
        taken.Should().Be(rows.Cast<PlainObject>().Count(row => !FormGroup.IsBlank(row)), "blank rows alone are left out, and a faulty one keeps what is right");
        once.Typed.All(answer => answer.Row >= 1 && answer.Row <= taken).Should().BeTrue();
        once.Faults.Where(fault => fault.Row is not null).All(fault => int.Parse(fault.Question.Split('.')[1], System.Globalization.CultureInfo.InvariantCulture) < rows.Count).Should().BeTrue();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Staff_IsOfferedByRoleAndChecked()
    {
        FormDefinition form = FormReader.Read("""
            { "title": "1", "elements": [
              { "type": "dropdown", "name": "anybody", "title": "1", "efChoices": "staff" },
              { "type": "paneldynamic", "name": "g", "title": "1", "templateElements": [ { "type": "dropdown", "name": "who", "title": "1", "efChoices": "staff:architect" } ] } ] }
            """).Form!;
        Person[] staff = [Member("Li", StaffRoles.Architect), Member("Mia", StaffRoles.AccountManager)];

        FormDefinition filled = form.WithStaff(staff);

        form.AsksForStaff.Should().BeTrue();
        filled.AsksForStaff.Should().BeTrue();
        filled.Questions[0].Choices.Select(choice => choice.Text.En).Should().Equal("Li", "Mia");
        filled.Questions[1].Group!.Questions[0].Choices.Select(choice => choice.Value).Should().Equal("li@firm.example");
        FormValidator.Validate(filled, new() { ["anybody"] = "mia@firm.example", ["g"] = new PlainList([new PlainObject { ["who"] = "li@firm.example" }]) }).Faults.Should().BeEmpty();
        FormValidator.Validate(filled, new() { ["g"] = new PlainList([new PlainObject { ["who"] = "mia@firm.example" }]) }).Faults.Should().ContainSingle().Which.Question.Should().Be("g.0.who");
        FormValidator.Validate(form, new() { ["anybody"] = "mia@firm.example" }).Faults.Should().ContainSingle("nobody is offered where the staff is not known");

        static Person Member(string name, string role) => new(FakeContext.Engagement, name, $"{name.ToLowerInvariant()}@firm.example", [role], "en", "UTC");
    }

    private static FormValidation Validate(params PlainObject[] rows) => FormValidator.Validate(Form, new() { ["actions"] = new PlainList(rows) });

    private static PlainObject Row(string what, string state, string? why = null)
    {
        PlainObject row = new() { ["what"] = what, ["state"] = state };
        if (why is not null)
            row["why"] = why;
        return row;
    }
}
