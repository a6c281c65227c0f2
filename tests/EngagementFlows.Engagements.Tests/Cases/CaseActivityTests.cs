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

    [Fact]
    public void Escalate_UpTheLadder_EndsAtTheTop()
    {
        List<string> way = [];
        string holder = "owner";
        ActivityResult result;
        do
        {
            result = new Escalate().Execute(new FakeContext(new() { ["case"] = Case.ToString("D"), ["holder"] = holder }));
            holder = (string)result.Outputs!["assignee"]!;
            way.Add($"{result.Outcomes![0]} {holder}");
        }
        while (result.Outcomes[0] != Escalate.Top);

        way.Should().Equal("Escalated person:architect@rehearsal.example", "Escalated person:last@rehearsal.example", "Top person:last@rehearsal.example");
        result.Effects.Should().BeEmpty("nobody is told twice");
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
