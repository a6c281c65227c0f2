using EngagementFlows.Engagements.Links;

namespace EngagementFlows.Engagements.Tests.Links;

public sealed class LinkDecisionTests
{
    private static readonly DateTimeOffset Now = FakeContext.Start;

    [Theory]
    [InlineData(LinkState.Open, 1, LinkVerdict.Open)]
    [InlineData(LinkState.Open, 0, LinkVerdict.Expired)]
    [InlineData(LinkState.Consumed, 1, LinkVerdict.AlreadyAnswered)]
    [InlineData(LinkState.Consumed, -1, LinkVerdict.AlreadyAnswered)]
    [InlineData(LinkState.Ended, 1, LinkVerdict.Ended)]
    [InlineData(LinkState.Ended, -1, LinkVerdict.Expired)]
    [InlineData(LinkState.Revoked, 1, LinkVerdict.Revoked)]
    [InlineData(LinkState.Revoked, -1, LinkVerdict.Revoked)]
    public void ToShow_StateAndDate_Decide(LinkState state, int hoursLeft, LinkVerdict verdict) =>
        LinkDecision.ToShow(Link(state, hoursLeft), Now).Should().Be(verdict);

    [Fact]
    public void ToAnswer_DeclineWhereItIsNotOffered_IsRefused()
    {
        Link link = Link(LinkState.Open, hoursLeft: 1) with { MayDecline = false };

        LinkDecision.ToAnswer(link, LinkDecision.Declined, Now).Should().Be(LinkVerdict.MayNotDecline);
        LinkDecision.ToAnswer(link, LinkDecision.Answered, Now).Should().Be(LinkVerdict.Open);
    }

    private static Link Link(LinkState state, int hoursLeft) => new(
        new Guid("0197a000-0000-7000-8000-0000000000aa"), Guid.Empty, Guid.Empty, FakeContext.Engagement, Guid.Empty, "v1", "forms/intake.json", MayDecline: true,
        state, Now.AddDays(-1), Now.AddHours(hoursLeft));
}
