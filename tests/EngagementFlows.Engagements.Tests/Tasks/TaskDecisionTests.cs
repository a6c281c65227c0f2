using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Tasks;

namespace EngagementFlows.Engagements.Tests.Tasks;

public sealed class TaskDecisionTests
{
    private static readonly Person Architect = Person(1, StaffRoles.Architect);
    private static readonly Person OtherArchitect = Person(2, StaffRoles.Architect);
    private static readonly Person Operator = Person(3, StaffRoles.Operator);

    [Fact]
    public void ToComplete_OwnTask_IsAllowed() =>
        TaskDecision.ToComplete(Approval(), Architect, "Approved", null).Should().Be(TaskVerdict.Allowed);

    [Fact]
    public void ToComplete_TaskOfAnother_IsRefusedWhateverTheRole()
    {
        TaskDecision.ToComplete(Approval(), OtherArchitect, "Approved", null).Should().Be(TaskVerdict.NotYours);
        TaskDecision.ToComplete(Approval(), Operator, "Approved", null).Should().Be(TaskVerdict.NotYours);
        TaskDecision.ToComplete(Approval() with { State = TaskState.Completed }, Operator, "Approved", null).Should().Be(TaskVerdict.NotYours);
    }

    [Fact]
    public void ToComplete_TaskOfARole_BelongsToEverybodyWithIt()
    {
        HumanTask task = Approval() with { Assignee = new(null, StaffRoles.Architect) };

        TaskDecision.ToComplete(task, OtherArchitect, "Approved", null).Should().Be(TaskVerdict.Allowed);
        TaskDecision.ToComplete(task, OtherArchitect with { IsActive = false }, "Approved", null).Should().Be(TaskVerdict.NotYours);
    }

    [Fact]
    public void ToComplete_EscalatedTask_BelongsToBoth()
    {
        HumanTask task = Approval() with { EscalatedTo = new(OtherArchitect.Id, null) };

        TaskDecision.ToComplete(task, OtherArchitect, "Approved", null).Should().Be(TaskVerdict.Allowed);
        TaskDecision.ToComplete(task, Architect, "Approved", null).Should().Be(TaskVerdict.Allowed);
    }

    [Fact]
    public void ToComplete_OwnRequest_IsRefusedForApprovalsOnly()
    {
        HumanTask own = Approval() with { RequestedById = Architect.Id };

        TaskDecision.ToComplete(own, Architect, "Approved", null).Should().Be(TaskVerdict.OwnRequest);
        TaskDecision.ToComplete(own with { Kind = TaskKind.Work }, Architect, "Approved", null).Should().Be(TaskVerdict.Allowed);
    }

    [Theory]
    [InlineData(TaskState.Completed)]
    [InlineData(TaskState.Expired)]
    [InlineData(TaskState.Withdrawn)]
    public void ToComplete_ClosedTask_IsRefused(TaskState state) =>
        TaskDecision.ToComplete(Approval() with { State = state }, Architect, "Approved", null).Should().Be(TaskVerdict.AlreadyClosed);

    [Theory]
    [InlineData("approved", null, TaskVerdict.UnknownOutcome)]
    [InlineData("Timed out", null, TaskVerdict.UnknownOutcome)]
    [InlineData("Rejected", null, TaskVerdict.CommentMissing)]
    [InlineData("Rejected", "  ", TaskVerdict.CommentMissing)]
    [InlineData("Returned", "more plans", TaskVerdict.Allowed)]
    [InlineData("Approved", "a\0b", TaskVerdict.CommentFaulty)]
    public void ToComplete_OutcomeAndComment_AreChecked(string outcome, string? comment, TaskVerdict verdict) =>
        TaskDecision.ToComplete(Approval(), Architect, outcome, comment).Should().Be(verdict);

    [Fact]
    public void MayReassign_HolderAndOperator_ButNoStranger()
    {
        TaskDecision.MayReassign(Approval(), Architect).Should().BeTrue();
        TaskDecision.MayReassign(Approval(), Operator).Should().BeTrue();
        TaskDecision.MayReassign(Approval(), OtherArchitect).Should().BeFalse();
        TaskDecision.MayReassign(Approval() with { State = TaskState.Completed }, Operator).Should().BeFalse();
    }

    [Fact]
    public void MayRead_StrangerWithoutWatch_MayNot()
    {
        TaskDecision.MayRead(Approval(), OtherArchitect).Should().BeFalse();
        TaskDecision.MayRead(Approval(), Person(4, StaffRoles.Auditor)).Should().BeTrue();
        TaskDecision.MayRead(Approval() with { CompletedById = OtherArchitect.Id }, OtherArchitect).Should().BeTrue();
    }

    private static Person Person(byte number, string role) =>
        new(new Guid(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, number), $"Person {number}", $"p{number}@firm.example", [role], "en", "Europe/Berlin");

    private static HumanTask Approval() => new()
    {
        Id = new Guid("0197a000-0000-7000-8000-0000000000bb"),
        InstanceId = Guid.Empty,
        BookmarkId = Guid.Empty,
        EngagementId = FakeContext.Engagement,
        DefinitionVersionId = "v1",
        Kind = TaskKind.Approval,
        Title = new("Approve", "审批"),
        Outcomes = ["Approved", "Rejected", "Returned"],
        Assignee = new(Architect.Id, null),
        State = TaskState.Open,
        OpenedAt = FakeContext.Start,
    };
}
