using EngagementFlows.Engagements.Forms;
using EngagementFlows.Scripts;
using EngagementFlows.Server.Forms;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace EngagementFlows.Server.Tests.Forms;

/// <summary>Rows of groups as fields of a page, and the buttons that add and remove them.</summary>
public sealed class FormPostTests
{
    private static readonly FormDefinition Form = FormReader.Read(RegisterFixture.RegisterForm).Form!;
    private static readonly FormQuestion Goals = Form.Questions[1];

    [Fact]
    public void Read_FieldsOfAnyAnswers_GivesTheSameAnswers()
    {
        Gen<PlainObject> row =
            from goal in Gen.Elements("a", "=cmd|' /C calc'!A0", "<b>\"x\"</b>", "多一些光", "two\nlines", " ")
            from scope in Gen.Elements("in", "out", "")
            select Row(goal, scope);
        Gen<PlainObject> answers =
            from rows in row.ListOf()
            from project in Gen.Elements("North", "'; drop table client; --")
            select new PlainObject { ["project"] = project, ["goals"] = new PlainList(rows) };

        Prop.ForAll(answers.ToArbitrary(), given =>
        {
            FormCollection fields = new(FormPost.FieldsOf(Form, given, new HashSet<string>()).GroupBy(field => field.Field).ToDictionary(field => field.Key, field => new StringValues([.. field.Select(one => one.Value)])));

            AnswerJson.Write(FormPost.Read(Form, fields)).Should().Be(AnswerJson.Write(given));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Read_RowsWithGapsAndBlankOnes_KeepTheirOrder()
    {
        PlainObject answers = Read(("q.goals", ["", "10", "2", "7"]), ("q.goals.10.goal", ["c"]), ("q.goals.2.goal", ["a"]));

        AnswerJson.Write(answers).Should().Be("""{"goals":[{"goal":"a"},{},{"goal":"c"}]}""");
    }

    [Theory]
    [InlineData("q.goals.x.goal")]
    [InlineData("q.goals.-1.goal")]
    [InlineData("q.goals.99999.goal")]
    [InlineData("q.goals.0.goal.goal")]
    [InlineData("q.project.0.goal")]
    [InlineData("q.goals.0.isAdministrator")]
    public void Read_FieldMadeUp_IsLeftForTheValidatorToRefuse(string field)
    {
        PlainObject answers = Read(("q.project", ["North"]), ("q.goals", ["", "0"]), ("q.goals.0.goal", ["light"]), (field, ["x"]));

        FormValidator.Validate(Form, answers).Faults.Should().ContainSingle().Which.Message.En.Should().Contain("does not ask this");
    }

    [Fact]
    public void ApplyTo_AddAndRemove_KeepsWhatWasTypedAndSaysWhatWasDone()
    {
        FormWalk walk = new(Form, new() { ["project"] = "North", ["goals"] = new PlainList([Row("a", ""), Row("b", "")]) });

        (FormWalk grown, RowAct added) = RowAct.Of(Form, RowAct.Add(Goals))!.ApplyTo(walk);
        (FormWalk shrunk, RowAct removed) = RowAct.Of(Form, RowAct.Remove(Goals, 0))!.ApplyTo(grown);

        grown.RowsOf(Goals).Should().HaveCount(3);
        added.Focus.Should().Be("row-goals.2");
        added.Said!.ZhCn.Should().Be("已添加：目标 3。");
        shrunk.Given["project"].Should().Be("North");
        shrunk.RowsOf(Goals).Select(row => row["goal"] as string ?? "").Should().Equal("b", "");
        removed.Focus.Should().Be("row-goals.0");
        removed.Said!.En.Should().Be("Goal 1 was removed.");
    }

    [Fact]
    public void ApplyTo_BeyondTheLimits_ChangesNothing()
    {
        FormWalk one = new(Form, new() { ["goals"] = new PlainList([Row("a", "")]) });
        FormWalk four = new(Form, new() { ["goals"] = new PlainList(Enumerable.Range(0, 4).Select(_ => Row("a", ""))) });

        RowAct.Of(Form, "remove:goals.0")!.ApplyTo(one).Walk.RowsOf(Goals).Should().ContainSingle();
        RowAct.Of(Form, "remove:goals.7")!.ApplyTo(four).Walk.RowsOf(Goals).Should().HaveCount(4);
        RowAct.Of(Form, "add:goals")!.ApplyTo(four).Walk.RowsOf(Goals).Should().HaveCount(4);
    }

    [Theory]
    [InlineData("add:")]
    [InlineData("add:project")]
    [InlineData("remove:goals")]
    [InlineData("remove:goals.x")]
    [InlineData("remove:.1")]
    [InlineData("send")]
    [InlineData("")]
    public void Of_NoButtonOfAGroup_IsNone(string go) => RowAct.Of(Form, go).Should().BeNull();

    [Fact]
    public void Walk_QuestionThatARowsAnswerMakesVisible_IsShownBeforeItIsBlamed()
    {
        FormWalk walk = new(Form, new() { ["project"] = "North", ["goals"] = new PlainList([Row("a", "in"), Row("b", "out")]) });

        walk.HasUnseen(Form.Pages[0], new HashSet<string> { "project", "goals", "pain" }).Should().BeTrue();
        walk.FaultsOf(Form.Pages[0], new HashSet<string> { "project", "goals", "pain" }).Should().BeEmpty();
        walk.FaultsOf(Form.Pages[0], new HashSet<string> { "project", "goals", "goals.1.why" }).Should().ContainSingle().Which.Row!.En.Should().Be("Goal 2");
        walk.QuestionsOf(Goals, walk.RowsOf(Goals)[0]).Select(question => question.Name).Should().NotContain("why");
        FormWalk.DecidingInRow(Goals).Should().Equal("scope");
    }

    private static PlainObject Row(string goal, string scope)
    {
        PlainObject row = new();
        if (!string.IsNullOrWhiteSpace(goal))
            row["goal"] = goal;
        if (scope.Length > 0)
            row["scope"] = scope;
        return row;
    }

    private static PlainObject Read(params (string Name, string[] Values)[] fields) =>
        FormPost.Read(Form, new FormCollection(fields.ToDictionary(field => field.Name, field => new StringValues(field.Values))));
}
