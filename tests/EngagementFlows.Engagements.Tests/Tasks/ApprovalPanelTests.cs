using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Tasks;

/// <summary>An approval that several people are asked for.</summary>
public sealed class ApprovalPanelTests
{
    private readonly RequestApproval _activity = new();

    [Fact]
    public void Execute_Approvers_GivesEachOneATaskOfOnePanel()
    {
        TaskOpened[] opened = Opened(new FakeContext(Inputs("architect", "person:li@firm.example", "person:li@firm.example")));

        opened.Select(task => task.Assignee.ToString()).Should().Equal("architect", "person:li@firm.example");
        opened.Select(task => task.PanelId).Distinct().Should().ContainSingle().Which.Should().NotBeNull();
        opened.Select(task => task.TaskId).Should().OnlyHaveUniqueItems();
        opened.Select(task => task.EffectKey).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Resume_OneReturnsOfAll_WaitsForTheOthersAndGoesBackWithEverybodysRemarks()
    {
        FakeContext context = new(Inputs("architect", "person:li@firm.example"));
        ActivityResult asked = _activity.Execute(context);

        ActivityResult first = Answer(context, asked, 0, TaskOutcomes.Returned, "Which floor?", "Ada");
        ActivityResult second = Answer(context, asked, 1, TaskOutcomes.Approved, "Fine by me.", "Li");

        first.Outcomes.Should().BeNull();
        second.Outcomes.Should().Equal(TaskOutcomes.Returned);
        second.Outputs!["comment"].Should().Be("Ada: Which floor?\nLi: Fine by me.");
        first.Effects.Concat(second.Effects).OfType<TimelineEntryAdded>().Select(entry => entry.EntryId).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Resume_EnoughHaveApproved_TakesTheOtherTasksBack()
    {
        PlainObject inputs = Inputs("architect", "person:li@firm.example", "owner");
        inputs["needed"] = "2";
        FakeContext context = new(inputs);
        ActivityResult asked = _activity.Execute(context);

        Answer(context, asked, 2, TaskOutcomes.Approved, null, "Mia");
        ActivityResult second = Answer(context, asked, 0, TaskOutcomes.Approved, null, "Ada");

        second.Outcomes.Should().Equal(TaskOutcomes.Approved);
        second.Effects.OfType<TaskClosed>().Should().Equal(new TaskClosed(asked.Effects.OfType<TaskOpened>().ElementAt(1).TaskId, TaskState.Withdrawn));
    }

    [Fact]
    public void Resume_Reminder_RemindsOnlyThoseWhoHaveNotAnswered()
    {
        PlainObject inputs = Inputs("architect", "person:li@firm.example");
        inputs["remindEvery"] = "1.00:00:00";
        FakeContext context = new(inputs);
        ActivityResult asked = _activity.Execute(context);
        Answer(context, asked, 0, TaskOutcomes.Approved, null, "Ada");
        WaitRequest reminder = asked.Waits.Single(wait => wait.Name == WaitNames.Reminder);
        context.Clock = reminder.DueAt!.Value;

        ActivityResult result = _activity.Resume(context, context.Bookmark(reminder), new());

        result.Effects.OfType<TaskReminded>().Should().ContainSingle().Which.TaskId.Should().Be(asked.Effects.OfType<TaskOpened>().Last().TaskId);
    }

    [Fact]
    public void Resume_TimeIsOver_ExpiresWhatIsOpenAndKeepsTheRemarks()
    {
        FakeContext context = new(Inputs("architect", "person:li@firm.example"));
        ActivityResult asked = _activity.Execute(context);
        Answer(context, asked, 0, TaskOutcomes.Returned, "Which floor?", "Ada");

        ActivityResult result = _activity.Resume(context, context.Bookmark(asked.Waits.Single(wait => wait.Name == WaitNames.TimeOut)), new());

        result.Outcomes.Should().Equal(TaskOutcomes.TimedOut);
        result.Outputs!["comment"].Should().Be("Ada: Which floor?");
        result.Effects.OfType<TaskClosed>().Should().Equal(new TaskClosed(asked.Effects.OfType<TaskOpened>().Last().TaskId, TaskState.Expired));
    }

    [Fact]
    public void Execute_ApproverWhoAsks_IsNotAsked()
    {
        PlainObject inputs = Inputs("person:li@firm.example", "owner");
        inputs["requestedBy"] = "li@firm.example";

        Opened(new FakeContext(inputs)).Select(task => task.Assignee.ToString()).Should().Equal("role:architect", "owner");
    }

    [Theory]
    [InlineData("needed", "3", "*'needed' is '3'*Only 2 are asked*")]
    [InlineData("needed", "some", "*'some'*all, any, or the number*")]
    [InlineData("approvers", "boss", "*'boss'*role:<role>*")]
    public void Execute_WhatCannotBe_SaysWhy(string input, string value, string words)
    {
        PlainObject inputs = Inputs("architect", "owner");
        inputs[input] = input == "approvers" ? new PlainList(["architect", value]) : value;

        Action execute = () => _activity.Execute(new FakeContext(inputs));

        execute.Should().Throw<ActivityFaultException>().WithMessage(words);
    }

    [Fact]
    public void Execute_NoApprover_IsAFaultAndNotSomebodyElse()
    {
        Action execute = () => _activity.Execute(new FakeContext(Inputs()));

        execute.Should().Throw<ActivityFaultException>().WithMessage("*'approvers'*at least one*");
    }

    private static PlainObject Inputs(params string[] approvers) => new()
    {
        ["approvers"] = new PlainList(approvers),
        ["title"] = "Approve the plan",
        ["titleZh"] = "审批方案",
        ["dueIn"] = "5.00:00:00",
    };

    private TaskOpened[] Opened(FakeContext context) => [.. _activity.Execute(context).Effects.OfType<TaskOpened>()];

    private ActivityResult Answer(FakeContext context, ActivityResult asked, int who, string outcome, string? comment, string name)
    {
        Bookmark wait = context.Bookmark(asked.Waits.Where(one => one.Name == WaitNames.Task).ElementAt(who));
        return _activity.Resume(context, wait, new() { ["Outcome"] = outcome, ["Comment"] = comment, ["CompletedBy"] = $"{name}@firm.example", ["CompletedByName"] = name });
    }
}
