using EngagementFlows.Engagements.Cases;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Cases;

public sealed class CaseActivityTests
{
    private static readonly Guid Case = new("0197a000-0000-7000-8000-0000000000c1");

    [Fact]
    public void OpenCase_LongSubjectOverLines_IsOneShortLine()
    {
        ActivityResult result = new OpenCase().Execute(new FakeContext(new() { ["subject"] = $"Too loud\nsince {new string('x', 300)}", ["class"] = "urgent", ["description"] = "Every day." }));

        CaseOpened opened = result.Effects.OfType<CaseOpened>().Single();
        opened.Subject.Should().StartWith("Too loud since x").And.HaveLength(200).And.EndWith("…");
        (opened.Kind, opened.Class, opened.Description, opened.RaisedBy).Should().Be(("complaint", "urgent", "Every day.", null));
        result.Outputs!["case"].Should().Be(opened.CaseId.ToString("D"));
    }

    [Theory]
    [InlineData("kind", "praise", "*'praise'*question, complaint*")]
    [InlineData("class", "soon", "*'soon'*urgent, high, normal*")]
    [InlineData("subject", " ", "*'subject'*must not be empty*")]
    public void OpenCase_BadInput_SaysTheRule(string input, string value, string words)
    {
        PlainObject inputs = new() { ["subject"] = "Too loud" };
        inputs[input] = value;

        Action execute = () => new OpenCase().Execute(new FakeContext(inputs));

        execute.Should().Throw<ActivityFaultException>().WithMessage(words);
    }

    [Fact]
    public void AssignOwner_OfACase_NamesThePersonAndGivesTheCase()
    {
        ActivityResult result = new AssignOwner().Execute(new FakeContext(new() { ["case"] = Case.ToString("D"), ["from"] = "role:architect", ["isNeutral"] = true }));

        result.Outputs!["assignee"].Should().Be("person:neutral@rehearsal.example");
        result.Effects.OfType<CaseOwned>().Should().Equal(new CaseOwned(Case, "neutral@rehearsal.example", IsEscalation: false));
    }

    [Theory]
    [InlineData("owner", "Escalated", "person:architect@rehearsal.example")]
    [InlineData("person:architect@rehearsal.example", "Top", "person:last@rehearsal.example")]
    public void Escalate_UpTheLadder_TellsWhenTheLastRungHoldsIt(string holder, string outcome, string next)
    {
        ActivityResult result = new Escalate().Execute(new FakeContext(new() { ["case"] = Case.ToString("D"), ["holder"] = holder }));

        result.Outcomes.Should().Equal(outcome);
        result.Outputs!["assignee"].Should().Be(next);
        result.Effects.OfType<CaseOwned>().Should().Equal(new CaseOwned(Case, next["person:".Length..], IsEscalation: true));
    }

    [Fact]
    public void Escalate_FromTheLastRung_ChangesNothingAndTellsNobodyTwice()
    {
        ActivityResult result = new Escalate().Execute(new FakeContext(new() { ["case"] = Case.ToString("D"), ["holder"] = "person:last@rehearsal.example" }));

        result.Outcomes.Should().Equal(Escalate.Top);
        result.Outputs!["assignee"].Should().Be("person:last@rehearsal.example");
        result.Effects.Should().BeEmpty();
    }

    [Fact]
    public void CloseCase_Satisfaction_IsKept() =>
        new CloseCase().Execute(new FakeContext(new() { ["case"] = Case.ToString("D"), ["outcome"] = "accepted", ["satisfaction"] = 4L }))
            .Effects.OfType<CaseClosed>().Should().Equal(new CaseClosed(Case, "accepted", 4));

    [Fact]
    public void RecordLesson_OfNoCase_SaysWhereTheIdComesFrom()
    {
        Action execute = () => new RecordLesson().Execute(new FakeContext(new() { ["case"] = "the first", ["lesson"] = "Measure twice." }));

        execute.Should().Throw<ActivityFaultException>().WithMessage("*'the first'*output Case of Open case*");
    }
}
