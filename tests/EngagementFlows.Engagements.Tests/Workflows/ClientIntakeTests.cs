using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Workflows;

/// <summary>The ways through the intake, played in memory.</summary>
public sealed class ClientIntakeTests
{
    private readonly PlayedFlow _flow = new("client-intake");

    [Fact]
    public void Start_WelcomesAsksAndWaits()
    {
        _flow.WaitsAt.Should().Be("AskIntake");
        _flow.Of<ClientMailRequested>().Select(mail => mail.Template).Should().Equal("welcome", "ask");
        _flow.Of<StageChanged>().Single().Stage.Should().Be("intake");
    }

    [Fact]
    public void Approval_EndsWithTheConfirmation()
    {
        _flow.Answer("Answered", Brief());
        _flow.WaitsAt.Should().Be("CheckBrief");
        _flow.Complete("Complete");
        _flow.WaitsAt.Should().Be("ApproveBrief");
        _flow.Of<TaskOpened>().Last().RequestedBy.Should().Be("mia@firm.example");
        _flow.Complete("Approved", by: "li@firm.example");

        _flow.Instance.Status.Should().Be(InstanceStatus.Finished);
        _flow.Of<StageChanged>().Select(change => change.Stage).Should().Equal("intake", "review", "approved");
        _flow.Of<ClientMailRequested>().Select(mail => mail.Template).Should().Equal("welcome", "ask", "confirm");
    }

    [Fact]
    public void Rejection_TellsTheClientWithoutTheReason()
    {
        _flow.Answer("Answered", Brief());
        _flow.Complete("Complete");
        _flow.Complete("Rejected", "too small for us");

        _flow.Instance.Status.Should().Be(InstanceStatus.Finished);
        ClientMailRequested mail = _flow.Of<ClientMailRequested>().Last();
        mail.Template.Should().Be("regret");
        mail.Message.Should().BeNull();
        _flow.Of<StageChanged>().Last().Stage.Should().Be("rejected");
    }

    [Fact]
    public void Silence_IsRemindedThenCalledThenPutToRest()
    {
        _flow.Pass(TimeSpan.FromDays(13));
        _flow.Of<ClientMailRequested>().Count(mail => mail.Template == "remind").Should().Be(3);
        _flow.WaitsAt.Should().Be("AskIntake");

        _flow.Pass(TimeSpan.FromDays(1));
        _flow.WaitsAt.Should().Be("CallClient");
        _flow.Of<LinkEnded>().Single().LinkId.Should().Be(_flow.Of<LinkIssued>().Single().LinkId);

        _flow.Pass(TimeSpan.FromDays(7));
        _flow.Instance.Status.Should().Be(InstanceStatus.Finished);
        _flow.Of<StageChanged>().Last().Stage.Should().Be("dormant");
        _flow.Of<ClientMailRequested>().Last().Template.Should().Be("closing");
        _flow.Of<TaskReminded>().Should().HaveCount(2);
        _flow.Of<TaskEscalated>().Should().ContainSingle();
    }

    [Fact]
    public void Call_AskAgain_SendsANewLink()
    {
        _flow.Pass(TimeSpan.FromDays(14));
        _flow.Complete("Ask again");

        _flow.WaitsAt.Should().Be("AskIntake");
        _flow.Of<LinkIssued>().Should().HaveCount(2);
    }

    [Fact]
    public void Decline_PutsTheEngagementToRest()
    {
        _flow.Answer("Declined");

        _flow.Instance.Status.Should().Be(InstanceStatus.Finished);
        _flow.Of<StageChanged>().Last().Stage.Should().Be("dormant");
    }

    [Fact]
    public void ApprovalTimeOut_GoesToTheOwner_WhoMayAskAgain()
    {
        _flow.Answer("Answered", Brief());
        _flow.Complete("Complete");
        _flow.Pass(TimeSpan.FromDays(5));

        _flow.WaitsAt.Should().Be("ChaseDecision");
        _flow.Of<TaskClosed>().Last().State.Should().Be(TaskState.Expired);
        _flow.Complete("Ask again");
        _flow.WaitsAt.Should().Be("ApproveBrief");
    }

    [Fact]
    public void Cancellation_TakesLinkAndTaskBack()
    {
        _flow.Cancel();

        _flow.Instance.Status.Should().Be(InstanceStatus.Cancelled);
        _flow.Of<LinkEnded>().Should().ContainSingle();

        PlayedFlow other = new("client-intake");
        other.Answer("Answered", Brief());
        other.Cancel();
        other.Of<TaskClosed>().Single().State.Should().Be(TaskState.Withdrawn);
    }

    private static PlainObject Brief() => new() { ["projectType"] = "new", ["goals"] = "A bright house for six people." };
}
