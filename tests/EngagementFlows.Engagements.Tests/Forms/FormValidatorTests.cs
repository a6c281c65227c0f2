using EngagementFlows.Engagements.Forms;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Forms;

public sealed class FormValidatorTests
{
    private static readonly FormDefinition Form = FormReader.Read("""
        { "title": "1", "elements": [
          { "type": "text", "name": "name", "title": "1", "isRequired": true, "maxLength": 10 },
          { "type": "comment", "name": "goal", "title": "1" },
          { "type": "text", "inputType": "number", "name": "area", "title": "1", "min": 10, "max": 100 },
          { "type": "text", "inputType": "date", "name": "start", "title": "1", "min": "2026-01-01" },
          { "type": "text", "inputType": "email", "name": "mail", "title": "1" },
          { "type": "dropdown", "name": "kind", "title": "1", "choices": [1, 2], "showOtherItem": true },
          { "type": "checkbox", "name": "rooms", "title": "1", "choices": [1, 2, 3], "maxSelectedChoices": 2 },
          { "type": "boolean", "name": "listed", "title": "1" },
          { "type": "rating", "name": "score", "title": "1" },
          { "type": "text", "name": "permit", "title": "1", "isRequired": true, "visibleIf": "{listed} = true",
            "validators": [ { "type": "regex", "regex": "^[A-Z]{2}-[0-9]+$" } ] } ] }
        """).Form!;

    [Fact]
    public void Validate_GoodAnswers_GivesEachItsType()
    {
        FormValidation validation = FormValidator.Validate(Form, new()
        {
            ["name"] = " Loft ",
            ["goal"] = "line\nline",
            ["area"] = "42.5",
            ["start"] = "2026-05-01",
            ["mail"] = "a@b.example",
            ["kind"] = "2",
            ["rooms"] = new PlainList(["1", 3L]),
            ["listed"] = "true",
            ["score"] = 4L,
            ["permit"] = "AB-12",
        });

        validation.Faults.Should().BeEmpty();
        validation.Answers["name"].Should().Be("Loft");
        validation.Answers["area"].Should().Be(42.5);
        validation.Answers["score"].Should().Be(4L);
        validation.Answers["listed"].Should().Be(true);
        validation.Typed.Single(answer => answer.Question == "area").Number.Should().Be(42.5m);
        validation.Typed.Single(answer => answer.Question == "start").Date.Should().Be(new DateOnly(2026, 5, 1));
        validation.Typed.Single(answer => answer.Question == "rooms").Choices.Should().Equal("1", "3");
    }

    [Theory]
    [InlineData("name", "12345678901", "10")]
    [InlineData("name", "a\0b", "stored")]
    [InlineData("name", "a\nb", "stored")]
    [InlineData("area", "much", "number")]
    [InlineData("area", "9", "least")]
    [InlineData("area", "1e3", "number")]
    [InlineData("start", "2025-12-31", "earliest")]
    [InlineData("start", "31.12.2026", "year-month-day")]
    [InlineData("mail", "a@b.example, c@d.example", "mail address")]
    [InlineData("kind", "3", "offered")]
    [InlineData("listed", "maybe", "yes or no")]
    [InlineData("score", "6", "offered")]
    [InlineData("nonsense", "x", "does not ask")]
    public void Validate_BadAnswer_SaysWhatThePersonCanDo(string question, string answer, string words)
    {
        PlainObject given = new() { ["name"] = "x" };
        given[question] = answer;

        FormValidator.Validate(Form, given).Faults.Should().ContainSingle(fault => fault.Question == question)
            .Which.Message.En.Should().Contain(words);
    }

    [Fact]
    public void Validate_TooManyChoices_IsRefused()
    {
        FormValidation validation = FormValidator.Validate(Form, new() { ["name"] = "x", ["rooms"] = new PlainList(["1", "2", "3"]) });

        validation.Faults.Should().ContainSingle().Which.Message.ZhCn.Should().Be("请最多选择 2 项。");
    }

    [Fact]
    public void Validate_HiddenQuestion_IsNeitherRequiredNorStored()
    {
        FormValidation validation = FormValidator.Validate(Form, new() { ["name"] = "x", ["listed"] = false, ["permit"] = "whatever" });

        validation.Faults.Should().BeEmpty();
        validation.Answers.ContainsKey("permit").Should().BeFalse();
    }

    [Fact]
    public void Validate_VisibleRequiredQuestion_MustBeAnswered()
    {
        FormValidator.Validate(Form, new() { ["name"] = "x", ["listed"] = true }).Faults.Should().ContainSingle(fault => fault.Question == "permit");
        FormValidator.Validate(Form, new() { ["name"] = "x", ["listed"] = true, ["permit"] = "12" }).Faults.Should().ContainSingle(fault => fault.Question == "permit");
    }

    [Fact]
    public void Validate_Other_NeedsItsText()
    {
        FormValidator.Validate(Form, new() { ["name"] = "x", ["kind"] = "other" }).Faults.Should().ContainSingle(fault => fault.Question == "kind");

        FormValidation validation = FormValidator.Validate(Form, new() { ["name"] = "x", ["kind"] = "other", ["kind-Comment"] = "a barn" });
        validation.Faults.Should().BeEmpty();
        validation.Answers["kind-Comment"].Should().Be("a barn");
    }

    [Fact]
    public void Validate_NothingGiven_AsksForWhatIsRequiredOnly() =>
        FormValidator.Validate(Form, new()).Faults.Select(fault => fault.Question).Should().Equal("name");
}
