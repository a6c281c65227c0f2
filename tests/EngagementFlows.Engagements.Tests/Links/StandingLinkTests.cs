using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Links;

public sealed class StandingLinkTests
{
    private static readonly Guid Engagement = new("0197a000-0000-7000-8000-0000000000e1");
    private static readonly Guid Contact = new("0197a000-0000-7000-8000-0000000000a1");
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void IdOf_SameContactAndFlow_IsTheSameUntilItWasTakenBack()
    {
        Guid id = StandingLink.IdOf(Engagement, Contact, "complaint-escalation", revoked: 0);

        StandingLink.IdOf(Engagement, Contact, "complaint-escalation", revoked: 0).Should().Be(id);
        new[]
        {
            StandingLink.IdOf(Engagement, Contact, "complaint-escalation", revoked: 1), StandingLink.IdOf(Contact, Engagement, "complaint-escalation", revoked: 0),
            StandingLink.IdOf(Engagement, Contact, "change-request", revoked: 0), StandingLink.IdOf(Engagement, Engagement, "complaint-escalation", revoked: 0),
        }.Should().OnlyHaveUniqueItems().And.NotContain(id);
        id.ToString("D")[14].Should().Be('8', "it is a UUID of version 8");
    }

    [Fact]
    public void At_EachState_SaysWhetherItStartsAnything()
    {
        StandingLink link = new(new("0197a000-0000-7000-8000-0000000000a1"), Engagement, Contact, "complaint-escalation", "forms/complaint.json", new("Tell us", "告诉我们"), Now, Now.AddDays(730), null);

        link.At(Now.AddDays(730).AddTicks(-1)).Should().Be(LinkVerdict.Open);
        link.At(Now.AddDays(730)).Should().Be(LinkVerdict.Expired);
        (link with { RevokedAt = Now }).At(Now.AddDays(731)).Should().Be(LinkVerdict.Revoked);
    }

    [Fact]
    public void Offer_ForTheFirstTime_GivesTheAddressAndTellsTheTimeline()
    {
        ActivityResult result = new OfferStandingLink().Execute(new FakeContext(Inputs()));

        StandingLinkOffered offered = result.Effects.OfType<StandingLinkOffered>().Single();
        (offered.DefinitionId, offered.FormPath, offered.Label.ZhCn).Should().Be(("complaint-escalation", "forms/complaint.json", "问题反馈"));
        result.Outputs!["link"].Should().Be(MailAddresses.StandingLinkPlaceholder(offered.LinkId));
        result.Effects.OfType<TimelineEntryAdded>().Should().ContainSingle();
    }

    [Theory]
    [InlineData("definition", " ", "*'definition'*must not be empty*")]
    [InlineData("form", "complaint.json", "*'form'*forms/*")]
    [InlineData("label", " ", "*'label'*must not be empty*")]
    [InlineData("worksFor", "always", "*'worksFor'*'always'*")]
    public void Offer_BadInput_SaysTheRule(string input, string value, string words)
    {
        PlainObject inputs = Inputs();
        if (input == "label")
            inputs["labelZh"] = value;
        inputs[input] = value;

        Action execute = () => new OfferStandingLink().Execute(new FakeContext(inputs));

        execute.Should().Throw<ActivityFaultException>().WithMessage(words);
    }

    [Fact]
    public void Asked_OfferedInTheSameBurst_IsTheSameLinkAndNotNew()
    {
        StandingLinkOffered offered = new(new("0197a000-0000-7000-8000-0000000000a1"), Engagement, Contact, "complaint-escalation", "forms/complaint.json", new("Tell us", "告诉我们"), Now.AddDays(1));

        new StandingLinkAsked(Engagement, "complaint-escalation").TryAnswer([offered], out object? answer).Should().BeTrue();
        answer.Should().Be(new StandingLinkPlace(offered.LinkId, Contact, IsNew: false));
        new StandingLinkAsked(Engagement, "change-request").TryAnswer([offered], out _).Should().BeFalse();
    }

    [Fact]
    public void Inputs_OfAFlow_AreWhatItDeclaresAndTheContactIsNobodyElse()
    {
        PlainObject answers = new() { ["subject"] = "Too late", ["class"] = "high", ["raisedBy"] = "The mayor", ["secret"] = "x" };

        PlainObject inputs = StandingInputs.Of(Flow("Subject", "Class", "RaisedBy", "Description"), answers, "Wang Fang");

        inputs.Should().BeEquivalentTo(new PlainObject { ["Subject"] = "Too late", ["Class"] = "high", ["RaisedBy"] = "Wang Fang" });
        StandingInputs.Of(Flow("Answers"), answers, "Wang Fang")["Answers"].Should().BeSameAs(answers);
    }

    [Fact]
    public void Token_OfAStandingLink_OpensNoOtherKind()
    {
        LinkTokens tokens = new(new LinkKeys("k1", [new("k1", new byte[32])]));

        tokens.ReadStanding(tokens.MakeStanding(Contact)).Should().Be(Contact);
        tokens.Read(tokens.MakeStanding(Contact)).Should().BeNull();
        tokens.ReadStanding(tokens.Make(Contact)).Should().BeNull();
    }

    private static PlainObject Inputs() => new()
    {
        ["definition"] = "complaint-escalation",
        ["form"] = "forms/complaint.json",
        ["label"] = "Tell us what is wrong",
        ["labelZh"] = "问题反馈",
    };

    private static WorkflowDefinition Flow(params string[] inputs) => DefinitionReader.Read(
        $$"""
        {"definitionId":"f","id":"f1","version":1,"inputs":[{{string.Join(',', inputs.Select(name => "{\"type\":\"Object\",\"name\":\"" + name + "\"}"))}}],"root":{"type":"Elsa.Sequence","version":1,"id":"S","activities":[]} }
        """,
        new ActivityCatalog([.. ElsaActivities.All])).Definition!;
}
