using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Tasks;

public sealed class HumanTaskActivityTests
{
    [Fact]
    public void Execute_Approval_OpensATaskForTheArchitectWithItsWaits()
    {
        FakeContext context = new(Inputs());

        ActivityResult result = new RequestApproval().Execute(context);

        TaskOpened opened = result.Effects.OfType<TaskOpened>().Single();
        opened.Kind.Should().Be(TaskKind.Approval);
        opened.Assignee.Should().Be(new AssigneeExpression(AssigneeKind.Architect, ""));
        opened.Outcomes.Should().Equal("Approved", "Rejected", "Returned");
        opened.DueAt.Should().Be(FakeContext.Start.AddDays(5));
        result.Waits.Select(wait => wait.Name).Should().Equal(WaitNames.Task, WaitNames.TimeOut, WaitNames.Escalation, WaitNames.Reminder);
    }

    [Theory]
    [InlineData("Approved")]
    [InlineData("Rejected")]
    [InlineData("Returned")]
    public void Resume_Decision_BecomesTheOutcome(string outcome)
    {
        FakeContext context = new(Inputs());
        RequestApproval activity = new();
        WaitRequest wait = activity.Execute(context).Waits[0];

        ActivityResult result = activity.Resume(context, context.Bookmark(wait), new()
        {
            ["Outcome"] = outcome,
            ["Comment"] = "because",
            ["CompletedBy"] = "li@firm.example",
            ["CompletedByName"] = "Li",
        });

        result.Outcomes.Should().Equal(outcome);
        result.Outputs!["comment"].Should().Be("because");
        TimelineEntryAdded entry = result.Effects.OfType<TimelineEntryAdded>().Single();
        entry.Kind.Should().Be(TimelineKinds.Approval);
        entry.Actor.Should().Be("Li");
        entry.Text.En.Should().Contain("because");
    }

    [Fact]
    public void Resume_Escalation_GoesOnWaiting()
    {
        FakeContext context = new(Inputs());
        RequestApproval activity = new();
        WaitRequest escalation = activity.Execute(context).Waits.Single(wait => wait.Name == WaitNames.Escalation);

        ActivityResult result = activity.Resume(context, context.Bookmark(escalation), new());

        result.Outcomes.Should().BeNull();
        result.Effects.Should().ContainSingle().Which.Should().BeOfType<TaskEscalated>();
    }

    [Fact]
    public void Resume_TimeOut_ExpiresTheTask()
    {
        FakeContext context = new(Inputs());
        RequestApproval activity = new();
        ActivityResult started = activity.Execute(context);

        ActivityResult result = activity.Resume(context, context.Bookmark(started.Waits[1]), new());

        result.Outcomes.Should().Equal("Timed out");
        result.Effects.OfType<TaskClosed>().Single().Should().Be(new TaskClosed(started.Effects.OfType<TaskOpened>().Single().TaskId, TaskState.Expired));
    }

    [Fact]
    public void Resume_Reminder_RemindsAndPlansTheNext()
    {
        FakeContext context = new(Inputs());
        AssignTask activity = new();
        WaitRequest reminder = activity.Execute(context).Waits.Single(wait => wait.Name == WaitNames.Reminder);
        context.Clock = reminder.DueAt!.Value;

        ActivityResult result = activity.Resume(context, context.Bookmark(reminder), new());

        result.Effects.OfType<TaskReminded>().Single().Number.Should().Be(1);
        result.Waits.Should().ContainSingle().Which.DueAt.Should().Be(FakeContext.Start.AddDays(2));
    }

    [Fact]
    public void Withdraw_WhileWaiting_TakesTheTaskBack()
    {
        FakeContext context = new(Inputs());
        AssignTask activity = new();
        Guid task = activity.Execute(context).Effects.OfType<TaskOpened>().Single().TaskId;

        activity.Withdraw(context).Should().Equal(new Effect[] { new TaskClosed(task, TaskState.Withdrawn) });
    }

    [Fact]
    public void Execute_OwnOutcomes_AreOffered()
    {
        PlainObject inputs = Inputs();
        inputs["outcomes"] = new PlainList(["Ask again", "Give up"]);

        new AssignTask().Execute(new FakeContext(inputs)).Effects.OfType<TaskOpened>().Single().Outcomes.Should().Equal("Ask again", "Give up");
    }

    [Fact]
    public void Execute_StaysOpen_HasADueInstantButNoEnd()
    {
        PlainObject inputs = Inputs();
        inputs["staysOpen"] = true;

        ActivityResult result = new AssignTask().Execute(new FakeContext(inputs));

        result.Effects.OfType<TaskOpened>().Single().DueAt.Should().Be(FakeContext.Start.AddDays(5));
        result.Waits.Select(wait => wait.Name).Should().NotContain(WaitNames.TimeOut);
    }

    [Theory]
    [InlineData("boss")]
    [InlineData("role:king")]
    [InlineData("person:nobody")]
    public void Execute_UnknownAssignee_NamesTheRule(string assignee)
    {
        PlainObject inputs = Inputs();
        inputs["assignee"] = assignee;

        Action execute = () => new AssignTask().Execute(new FakeContext(inputs));

        execute.Should().Throw<ActivityFaultException>().WithMessage($"*'{assignee}'*role:<role>*");
    }

    [Fact]
    public void Execute_FirstAdministrator_IsAPersonLikeOthers()
    {
        PlainObject inputs = Inputs();
        inputs["assignee"] = "person:administrator@localhost";

        ActivityResult result = new AssignTask().Execute(new FakeContext(inputs));

        result.Effects.OfType<TaskOpened>().Single().Assignee.Should().Be(new AssigneeExpression(AssigneeKind.Person, "administrator@localhost"));
    }

    private static PlainObject Inputs() => new()
    {
        ["title"] = "Approve the intake",
        ["titleZh"] = "审批客户需求",
        ["dueIn"] = "5.00:00:00",
        ["remindEvery"] = "1.00:00:00",
        ["escalateAfter"] = "3.00:00:00",
    };
}
