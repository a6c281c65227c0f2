using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Workflows;

/// <summary>The ways through the intake on which the client is asked more than once, played in memory.</summary>
public sealed class ClientIntakeRoundsTests
{
    private readonly PlayedFlow _flow = new("client-intake");

    [Fact]
    public void Return_AsksTheClientAgainWithTheComment()
    {
        _flow.Answer("Answered", Brief());
        _flow.Complete("Complete");
        _flow.Complete("Returned", "Which floor?");

        _flow.WaitsAt.Should().Be("AskIntake");
        _flow.Of<ClientMailRequested>().Last().Message.Should().Be("Which floor?");
        _flow.Of<LinkIssued>().Should().HaveCount(2).And.OnlyHaveUniqueItems(link => link.LinkId);
    }

    [Fact]
    public void ThreeRounds_AreTheLimit_ThenTheOwnerMeetsTheClient()
    {
        for (int round = 1; round <= 3; round++)
        {
            _flow.Answer("Answered", Brief());
            _flow.Complete("Incomplete", $"question {round}");
        }

        _flow.WaitsAt.Should().Be("MeetClient");
        _flow.Of<LinkIssued>().Should().HaveCount(3);
        _flow.Complete("Complete");
        _flow.WaitsAt.Should().Be("ApproveBrief");
    }

    [Fact]
    public void EveryEffectKey_IsUsedOnce()
    {
        _flow.Pass(TimeSpan.FromDays(14));
        _flow.Complete("Ask again");
        _flow.Pass(TimeSpan.FromDays(5));
        _flow.Answer("Answered", Brief());
        _flow.Complete("Incomplete", "more");
        _flow.Pass(TimeSpan.FromDays(30));

        _flow.Of<ClientMailRequested>().Should().OnlyHaveUniqueItems(mail => mail.EffectKey).And.OnlyHaveUniqueItems(mail => mail.MailId);
        _flow.Of<TaskOpened>().Should().OnlyHaveUniqueItems(task => task.TaskId);
    }

    private static PlainObject Brief() => new() { ["projectType"] = "new", ["goals"] = "A bright house for six people." };
}
