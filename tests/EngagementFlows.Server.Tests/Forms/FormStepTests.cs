using EngagementFlows.Engagements.Forms;
using EngagementFlows.Scripts;
using EngagementFlows.Server.Forms;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace EngagementFlows.Server.Tests.Forms;

public sealed class FormStepTests
{
    private static readonly FormDefinition Form = FormReader.Read("""
        {
          "title": {"default": "Project", "zh-cn": "项目"},
          "pages": [
            {"name": "first", "elements": [
              {"type": "radiogroup", "name": "kind", "isRequired": true, "title": {"default": "Kind", "zh-cn": "类型"},
               "choices": [{"value": "new", "text": {"default": "New", "zh-cn": "新"}}, {"value": "old", "text": {"default": "Old", "zh-cn": "旧"}}]},
              {"type": "comment", "name": "building", "isRequired": true, "visibleIf": "{kind} = 'old'", "title": {"default": "Building", "zh-cn": "建筑"}}]},
            {"name": "second", "visibleIf": "{kind} = 'old'", "elements": [
              {"type": "checkbox", "name": "rooms", "title": {"default": "Rooms", "zh-cn": "房间"},
               "choices": [{"value": "a", "text": {"default": "A", "zh-cn": "甲"}}, {"value": "b", "text": {"default": "B", "zh-cn": "乙"}}]}]},
            {"name": "third", "elements": [
              {"type": "text", "inputType": "number", "name": "budget", "isRequired": true, "title": {"default": "Budget", "zh-cn": "预算"}}]}
          ]
        }
        """).Form!;

    [Fact]
    public void Of_NextWithRequiredAnswerMissing_StaysAndNamesIt()
    {
        FormStep step = Step("first", "next", shown: ["kind"]);

        step.Place.Should().Be(0);
        step.IsSent.Should().BeFalse();
        step.Faults.Should().ContainSingle().Which.Question.Should().Be("kind");
    }

    [Fact]
    public void Of_NextWithAnswerThatMakesAQuestionVisible_ShowsItBeforeGoingOnWithoutBlame()
    {
        FormStep step = Step("first", "next", shown: ["kind"], ("kind", "old"));

        step.Should().BeEquivalentTo(new { Place = 0, IsSent = false });
        step.Faults.Should().BeEmpty();
    }

    [Fact]
    public void Of_NextWithPageThatAsksNothing_LeavesItOut()
    {
        FormStep step = Step("first", "next", shown: ["kind"], ("kind", "new"));

        step.Place.Should().Be(1);
        Walk(("kind", "new")).Pages[1].Name.Should().Be("third");
    }

    [Fact]
    public void Of_Back_KeepsAnswersAndBlamesNobody()
    {
        FormStep step = Step("third", "back", shown: ["budget"], ("kind", "new"), ("budget", "a lot"));

        step.Should().BeEquivalentTo(new { Place = 0, IsSent = false });
        step.Faults.Should().BeEmpty();
    }

    [Fact]
    public void Of_SendWithEverythingAnswered_IsSent() =>
        Step("third", "send", shown: ["budget"], ("kind", "new"), ("budget", "1200")).IsSent.Should().BeTrue();

    [Fact]
    public void Of_SendWithASkippedPage_ReturnsToIt()
    {
        FormStep step = Step("third", "send", shown: ["budget"], ("kind", "old"), ("budget", "1200"));

        step.Should().BeEquivalentTo(new { Place = 0, IsSent = false });
        step.Faults.Should().ContainSingle().Which.Question.Should().Be("building");
    }

    [Fact]
    public void Of_SendWithPageNameMadeUp_BeginsAtTheFirst() => Step("nowhere", "next", shown: []).Place.Should().Be(0);

    [Fact]
    public void Read_OfChoices_TakesAllOfThem()
    {
        FormCollection fields = new(new Dictionary<string, StringValues> { ["q.rooms"] = new(["a", "b"]), ["q.kind"] = "old", ["page"] = "second", ["__RequestVerificationToken"] = "x" });

        PlainObject answers = FormPost.Read(Form, fields);

        answers.Count.Should().Be(2);
        answers["rooms"].Should().BeOfType<PlainList>().Which.Should().Equal("a", "b");
    }

    [Fact]
    public void Read_OfAStrangersField_IsLeftForTheValidatorToRefuse()
    {
        FormCollection fields = new(new Dictionary<string, StringValues> { ["q.isAdministrator"] = "true", ["q.kind"] = "new", ["q.budget"] = "1" });

        FormValidation validation = FormValidator.Validate(Form, FormPost.Read(Form, fields));

        validation.Faults.Should().ContainSingle().Which.Question.Should().Be("isAdministrator");
    }

    private static FormWalk Walk(params (string Name, string Value)[] answers)
    {
        PlainObject given = new();
        foreach ((string name, string value) in answers)
            given[name] = value;
        return new FormWalk(Form, given);
    }

    private static FormStep Step(string page, string go, string[] shown, params (string Name, string Value)[] answers) =>
        FormStep.Of(Walk(answers), new FormCollection(new Dictionary<string, StringValues> { ["page"] = page, ["go"] = go, ["shown"] = new(shown) }));
}
