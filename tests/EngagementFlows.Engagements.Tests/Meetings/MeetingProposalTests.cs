using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Meetings;

public sealed class MeetingProposalTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Asia/Shanghai", "2026-03-02", "17:00", "该时间已过")]
    [InlineData("Asia/Shanghai", "2026-03-02", "17:30", null)]
    [InlineData("America/New_York", "2026-03-02", "07:00", null)]
    [InlineData("Europe/Berlin", "2020-01-01", "10:00", "该时间已过")]
    [InlineData("Europe/Berlin", "0001-01-01", "07:00", "该时间已过")]
    [InlineData("Europe/Berlin", "2036-03-02", "10:00", null)]
    [InlineData("Europe/Berlin", "2036-03-02", "10:30", "不得超过今后十年")]
    [InlineData("America/New_York", "9999-12-31", "20:30", "不得超过今后十年")]
    public void FaultOf_Proposal_LiesAheadByTenYearsAtMost(string zone, string date, string time, string? words)
    {
        PlainObject answers = new() { ["answer"] = "propose", ["proposedDate"] = date, ["proposedTime"] = time };

        AnswerFault? fault = MeetingProposal.FaultOf(answers, TimeZoneInfo.FindSystemTimeZoneById(zone), Now);

        if (words is null)
            fault.Should().BeNull();
        else
            (fault!.Question, fault.Message.ZhCn.Contains(words, StringComparison.Ordinal)).Should().Be(("proposedDate", true));
    }

    [Fact]
    public void FaultOf_AnswersThatProposeNothing_IsNone() =>
        MeetingProposal.FaultOf(new() { ["answer"] = "accept", ["proposedDate"] = "2020-01-01", ["proposedTime"] = "10:00" }, TimeZoneInfo.Utc, Now).Should().BeNull();
}
