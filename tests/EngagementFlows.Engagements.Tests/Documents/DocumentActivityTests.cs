using EngagementFlows.Engagements.Documents;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Documents;

public sealed class DocumentActivityTests
{
    private readonly PlainObject _inputs = new()
    {
        ["kind"] = "plan",
        ["form"] = "forms/plan.json",
        ["content"] = new PlainObject { ["goal"] = "A brighter office", ["phases"] = new PlainList([new PlainObject { ["title"] = "Sketch" }]) },
        ["proposedBy"] = "mia@firm.example",
    };

    [Fact]
    public void Execute_FirstVersion_IsNumberOneAndChanged()
    {
        ActivityResult result = new ProposeVersion().Execute(new FakeContext(_inputs));

        VersionProposed version = result.Effects.OfType<VersionProposed>().Single();
        (version.Number, version.Kind, version.ProposedBy).Should().Be((1, "plan", "mia@firm.example"));
        version.ContentHash.Should().HaveLength(64);
        result.Outputs!["version"].Should().Be(version.VersionId.ToString("D"));
        result.Outputs["isChanged"].Should().Be(true);
    }

    [Theory]
    [InlineData("A brighter office", false)]
    [InlineData("A darker office", true)]
    public void Execute_NextVersion_TellsWhetherItDiffers(string goal, bool isChanged)
    {
        FakeContext context = new(_inputs);
        Note(context, new ProposeVersion().Execute(context));
        _inputs["content"] = new PlainObject { ["phases"] = new PlainList([new PlainObject { ["title"] = "Sketch" }]), ["goal"] = goal };

        ActivityResult result = new ProposeVersion().Execute(context);

        result.Outputs!["number"].Should().Be(2L);
        result.Outputs["isChanged"].Should().Be(isChanged);
    }

    [Theory]
    [InlineData("kind", "Our plan", "*'Our plan'*small letters*")]
    [InlineData("form", "../secret.json", "*'../secret.json'*process folder*")]
    [InlineData("content", null, "*Give the answers of the form*")]
    public void Execute_BadInput_SaysTheRule(string input, string? value, string words)
    {
        _inputs[input] = value;

        Action execute = () => new ProposeVersion().Execute(new FakeContext(_inputs));

        execute.Should().Throw<ActivityFaultException>().WithMessage(words);
    }

    [Fact]
    public void Execute_Freeze_TakesTheNewestOnly()
    {
        FakeContext context = new(_inputs);
        VersionProposed version = Note(context, new ProposeVersion().Execute(context));
        _inputs["document"] = version.VersionId.ToString("D");
        _inputs["frozenBy"] = "Wang Fang";

        ActivityResult result = new FreezeVersion().Execute(context);
        result.Effects.OfType<VersionFrozen>().Should().Equal(
            new VersionFrozen(new(version.VersionId, FakeContext.Engagement, "plan", 1, DocumentState.Frozen), "Wang Fang"));
        context.Done.AddRange(result.Effects);

        Action again = () => new FreezeVersion().Execute(context);
        again.Should().Throw<ActivityFaultException>().WithMessage("*version 1 of 'plan'*frozen already*");
    }

    [Fact]
    public void Execute_FreezeOfAVersionThatWasReplaced_SaysSo()
    {
        FakeContext context = new(_inputs);
        VersionProposed old = new(new("0197a000-0000-7000-8000-0000000000d1"), FakeContext.Engagement, "plan", 1, "v", "forms/plan.json", "{}", "", null);
        context.Done.Add(old);
        context.Done.Add(old with { VersionId = new("0197a000-0000-7000-8000-0000000000d2"), Number = 2 });
        _inputs["document"] = old.VersionId.ToString("D");
        _inputs["frozenBy"] = "Wang Fang";

        Action freeze = () => new FreezeVersion().Execute(context);

        freeze.Should().Throw<ActivityFaultException>().WithMessage("*version 1 of 'plan'*newer version*");
    }

    [Fact]
    public void Execute_TaskOrLinkThatShowsAnotherEngagementsVersion_IsRefused()
    {
        VersionProposed others = new(new("0197a000-0000-7000-8000-0000000000d3"), new("0197a000-0000-7000-8000-0000000000e2"), "review", 1, "v", "forms/plan.json", "{}", "", null);
        PlainObject inputs = new() { ["document"] = others.VersionId.ToString("D"), ["title"] = "Read it", ["form"] = "forms/plan.json", ["mail"] = "plan", ["frozenBy"] = "Wang Fang" };
        foreach (Activity activity in (Activity[])[new AssignTask(), new RequestApproval(), new AskClient(), new FreezeVersion()])
        {
            FakeContext context = new(inputs);
            context.Done.Add(others);
            Action show = () => activity.Execute(context);
            show.Should().Throw<ActivityFaultException>(activity.GetType().Name).WithMessage("*another engagement's document*", activity.GetType().Name);
        }
    }

    [Fact]
    public void Execute_Read_GivesTheVersionThatWasSignedOffLast()
    {
        FakeContext context = new(_inputs);
        VersionProposed first = Note(context, new ProposeVersion().Execute(context));
        new ReadVersion().Execute(context).Outcomes.Should().Equal(ReadVersion.NotFound);
        context.Done.Add(new VersionFrozen(new(first.VersionId, FakeContext.Engagement, "plan", 1, DocumentState.Frozen), "Wang Fang"));
        _inputs["content"] = new PlainObject { ["goal"] = "Something that nobody signed" };
        Note(context, new ProposeVersion().Execute(context));

        ActivityResult result = new ReadVersion().Execute(context);

        result.Outcomes.Should().Equal(ReadVersion.Found);
        (result.Outputs!["version"], result.Outputs["number"]).Should().Be((first.VersionId.ToString("D"), 1L));
        ((PlainObject)result.Outputs["content"]!)["goal"].Should().Be("A brighter office");
    }

    [Fact]
    public void TryAnswer_SignedOffInThisStepAndProposedEarlier_IsToBeRetried()
    {
        VersionFrozen frozen = new(new(new("0197a000-0000-7000-8000-0000000000d1"), FakeContext.Engagement, "plan", 4, DocumentState.Frozen), "Wang Fang");

        new VersionInForceAsked(FakeContext.Engagement, "plan").TryAnswer([frozen], out object? answer).Should().BeTrue();
        answer.Should().BeOfType<Unanswerable>().Which.Reason.Should().Contain("Version 4 of 'plan'").And.Contain("Retry");
        new VersionInForceAsked(FakeContext.Engagement, "needs").TryAnswer([frozen], out _).Should().BeFalse();
    }

    [Fact]
    public void Of_OrderOfNames_DoesNotMatterButOrderOfItemsDoes()
    {
        PlainObject one = new() { ["a"] = 1L, ["b"] = new PlainList([1L, 2L]) };
        PlainObject same = new() { ["b"] = new PlainList([1L, 2L]), ["a"] = 1L };
        PlainObject other = new() { ["a"] = 1L, ["b"] = new PlainList([2L, 1L]) };

        DocumentHash.Of(same).Should().Be(DocumentHash.Of(one));
        DocumentHash.Of(other).Should().NotBe(DocumentHash.Of(one));
    }

    private static VersionProposed Note(FakeContext context, ActivityResult result)
    {
        context.Done.AddRange(result.Effects);
        return result.Effects.OfType<VersionProposed>().Single();
    }
}
