using System.Text;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engagements.Rehearsal;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Meetings;

public sealed class MeetingActivityTests
{
    // Monday 2026-03-02, 17:00 by the clocks of Shanghai; Friday the 3rd of April 2026 is no holiday there, the 6th (Qingming) is.
    private static readonly RehearsedHouse Shanghai = new(new() { ["client"] = new PlainObject { ["zone"] = "Asia/Shanghai", ["country"] = "CN" } });

    [Theory]
    [InlineData("in 5 working days at 10:00", "2026-03-09T02:00:00Z")]
    [InlineData("5 个工作日后 10:00", "2026-03-09T02:00:00Z")]
    [InlineData("in 1 working day", "2026-03-03T02:00:00Z")]
    [InlineData("in 1 working day at 7:30", "2026-03-03T01:00:00Z")]
    [InlineData("in 1 working day at 11:30", "2026-03-03T05:00:00Z")]
    [InlineData("in 4 working days at 17:30", "2026-03-09T01:00:00Z")]
    [InlineData("2026-03-04T15:30", "2026-03-04T07:30:00Z")]
    [InlineData("2026-03-04T15:30:00Z", "2026-03-04T15:30:00Z")]
    [InlineData("2026-03-04T15:30:00+01:00", "2026-03-04T14:30:00Z")]
    public void When_AnyForm_MeansAnInstantWithinTheHoursOfTheClient(string when, string expected) =>
        Planned(new ScheduleMeeting().Execute(Context(("when", when)))).StartsAt.Should().Be(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void When_OfAMeetingBeforeAHoliday_IsRemindedOfOnTheWorkingDayBefore()
    {
        MeetingPlanned planned = new ScheduleMeeting().Execute(Context(("when", "2026-04-07T10:00"))).Effects.OfType<MeetingPlanned>().Single();

        planned.Notice!.ReminderAt.Should().Be(new DateTimeOffset(2026, 4, 3, 2, 0, 0, TimeSpan.Zero), "Monday the 6th is a holiday");
    }

    [Theory]
    [InlineData("tomorrow", "*'tomorrow'*in 5 working days at 10:00*")]
    [InlineData("in 0 working days at 10:00", "*in 5 working days at 10:00*")]
    [InlineData("in 5 working days at 25:00", "*in 5 working days at 10:00*")]
    [InlineData("2026-03-01T10:00:00Z", "*lies ahead*")]
    [InlineData("2040-01-01T10:00", "*ten years ahead*")]
    [InlineData("9999-12-31T20:30", "*ten years ahead*")]
    [InlineData("9999-12-31T23:59:59Z", "*ten years ahead*")]
    public void When_ThatIsNoneOrOver_SaysTheRule(string when, string words)
    {
        Action execute = () => new ScheduleMeeting().Execute(Context(("when", when)));

        execute.Should().Throw<ActivityFaultException>().WithMessage(words);
    }

    [Fact]
    public void Fit_AnyWishAndLength_BeginsInWorkingHoursOfAWorkingDayAndNeverBeforeTheAskedOne()
    {
        WorkCalendar calendar = Shanghai.Answer(new CalendarAsked(FakeContext.Engagement, CalendarAsked.OfClient)) as WorkCalendar ?? throw new InvalidOperationException();
        for (int days = 1; days <= 40; days += 3)
        {
            for (int minute = 0; minute < 24 * 60; minute += 45)
            {
                foreach (int length in new[] { 15, 60, 240, 300, 600, 720 })
                {
                    DateTimeOffset at = calendar.Fit(FakeContext.Start, days, TimeOnly.MinValue.AddMinutes(minute), TimeSpan.FromMinutes(length)).At;

                    DateTimeOffset local = TimeZoneInfo.ConvertTime(at, calendar.Zone);
                    calendar.IsWorkingDay(DateOnly.FromDateTime(local.DateTime)).Should().BeTrue();
                    calendar.Between(FakeContext.Start, at).Should().BeGreaterThanOrEqualTo(TimeSpan.FromHours(8) * (days - 1));
                    if (length <= 240)
                        calendar.Between(at, at.AddMinutes(length)).Should().Be(TimeSpan.FromMinutes(length), $"{local} for {length} minutes does not run into a pause");
                }
            }
        }
    }

    [Fact]
    public void Schedule_ForAClient_AsksByALinkUntilTheMeetingAtMost()
    {
        ActivityResult result = new ScheduleMeeting().Execute(Context(("when", "in 1 working day at 10:00"), ("answerIn", "10 working days")));

        LinkIssued link = result.Effects.OfType<LinkIssued>().Single();
        MeetingPlanned planned = result.Effects.OfType<MeetingPlanned>().Single();
        (link.FormPath, link.MayDecline, link.ExpiresAt).Should().Be((BuiltInForms.MeetingAnswer, true, planned.Meeting.StartsAt));
        link.LocalizedMessage!.ZhCn.Should().Be("启动会议\n2026年3月3日（周二）10:00（Asia/Shanghai）");
        (planned.Notice!.LinkId, planned.Notice.AnswerBy).Should().Be((link.LinkId, link.ExpiresAt));
        result.Waits.Select(wait => wait.Name).Should().Equal(WaitNames.Link, WaitNames.TimeOut);
        result.Effects.ToList().FindIndex(effect => effect is LinkIssued).Should().BeLessThan(result.Effects.ToList().FindIndex(effect => effect is MeetingPlanned), "a mail names a link that is there");
    }

    [Theory]
    [InlineData("Answered", "accept", "Agreed", MeetingAnswer.Accepted)]
    [InlineData("Answered", "propose", "New time proposed", MeetingAnswer.Proposed)]
    [InlineData("Declined", null, "Declined", MeetingAnswer.Declined)]
    public void Answer_OfTheClient_IsTheOutcomeAndIsKept(string linkOutcome, string? answer, string outcome, MeetingAnswer kept)
    {
        FakeContext context = Context();
        ActivityResult asked = new ScheduleMeeting().Execute(context);
        WaitRequest wait = asked.Waits[0];
        // Somebody moved it by hand while the client was asked.
        Meeting meeting = asked.Effects.OfType<MeetingPlanned>().Single().Meeting;
        DateTimeOffset later = meeting.StartsAt.AddDays(1);
        context.House.Note(context.InstanceId, new MeetingPlanned(meeting with { StartsAt = later, EndsAt = meeting.EndsAt.AddDays(1) }), context.Now);
        PlainObject? answers = answer is null ? null : new() { ["answer"] = answer, ["proposedDate"] = "2026-03-12", ["proposedTime"] = "15:30" };

        ActivityResult result = new ScheduleMeeting().Resume(context, context.Bookmark(wait), new() { ["Outcome"] = linkOutcome, ["Answers"] = answers, ["AnsweredBy"] = "王芳" });

        result.Outcomes.Should().Equal(outcome);
        MeetingAnswered answered = result.Effects.OfType<MeetingAnswered>().Single();
        answered.Answer.Should().Be(kept);
        DateTimeOffset? proposed = kept == MeetingAnswer.Proposed ? new DateTimeOffset(2026, 3, 12, 7, 30, 0, TimeSpan.Zero) : null;
        answered.ProposedAt.Should().Be(proposed);
        result.Outputs!["proposedAt"].Should().Be(proposed);
        result.Outputs["startsAt"].Should().Be(later, "that is when it is now");
        Guid.Parse((string)result.Outputs["meeting"]!).Should().Be(answered.MeetingId);
    }

    [Fact]
    public void TimeOut_LeavesTheMeetingAndEndsTheLink()
    {
        FakeContext context = Context();
        ActivityResult asked = new ScheduleMeeting().Execute(context);
        context.House.Note(context.InstanceId, asked.Effects.OfType<MeetingPlanned>().Single(), context.Now);

        ActivityResult result = new ScheduleMeeting().Resume(context, context.Bookmark(asked.Waits[1]), new());

        result.Outcomes.Should().Equal("Timed out");
        result.Effects.OfType<LinkEnded>().Should().ContainSingle();
        result.Effects.OfType<MeetingCancelled>().Should().BeEmpty();
    }

    [Fact]
    public void Withdraw_WhileAsking_EndsTheLinkAndCallsTheMeetingOff()
    {
        FakeContext context = Context();
        new ScheduleMeeting().Withdraw(context).Should().BeEmpty("nothing was arranged yet");
        new ScheduleMeeting().Execute(context);

        IReadOnlyList<Effect> effects = new ScheduleMeeting().Withdraw(context);

        effects.Select(effect => effect.GetType()).Should().Equal(typeof(LinkEnded), typeof(MeetingCancelled));
    }

    [Fact]
    public void Minutes_OfAMeetingThatWasMoved_WaitForItsNewEndAndGiveTheListsOn()
    {
        Meeting meeting = Planned(new ScheduleMeeting().Execute(Context()));
        Shanghai.Note(Guid.Empty, new MeetingPlanned(meeting), FakeContext.Start);
        FakeContext context = Context(("meeting", meeting.Id.ToString("D")), ("title", "Write the minutes"));
        CollectMinutes activity = new();
        WaitRequest wait = activity.Execute(context).Waits.Single();
        wait = activity.Resume(context, context.Bookmark(wait), new()).Waits.Single();
        wait.DueAt.Should().Be(meeting.EndsAt);
        Shanghai.Note(Guid.Empty, new MeetingMoved(meeting.Id, meeting.EngagementId, meeting.StartsAt.AddDays(1), meeting.EndsAt.AddDays(1), null), FakeContext.Start);
        context.Clock = meeting.EndsAt;
        wait = activity.Resume(context, context.Bookmark(wait), new()).Waits.Single();
        wait.DueAt.Should().Be(meeting.EndsAt.AddDays(1));
        context.Clock = meeting.EndsAt.AddDays(1);

        ActivityResult asked = activity.Resume(context, context.Bookmark(wait), new());
        asked.Effects.OfType<TaskOpened>().Single().Outcomes.Should().Equal("Held", "Missed");
        PlainList actions = new(new object?[] { new PlainObject { ["what"] = "Send the plan", ["owner"] = "li.wei@firm.example" } });
        ActivityResult done = activity.Resume(context, context.Bookmark(asked.Waits.First(one => one.Name == WaitNames.Task)), new() { ["Outcome"] = "Held", ["Answers"] = new PlainObject { ["actions"] = actions } });

        done.Outcomes.Should().Equal("Held");
        done.Outputs!["actions"].Should().BeSameAs(actions);
        done.Outputs["decisions"].Should().BeOfType<PlainList>().Which.Should().BeEmpty();
        done.Effects.OfType<MeetingEnded>().Single().IsHeld.Should().BeTrue();
    }

    [Fact]
    public void Minutes_OfAMeetingThatWasCalledOff_AreNotAskedFor()
    {
        Meeting meeting = Planned(new ScheduleMeeting().Execute(Context()));
        Shanghai.Note(Guid.Empty, new MeetingPlanned(meeting), FakeContext.Start);
        Shanghai.Note(Guid.Empty, new MeetingCancelled(meeting.Id, meeting.EngagementId), FakeContext.Start);
        FakeContext context = Context(("meeting", meeting.Id.ToString("D")), ("title", "Write the minutes"));

        ActivityResult result = new CollectMinutes().Resume(context, context.Bookmark(new CollectMinutes().Execute(context).Waits.Single()), new());

        result.Outcomes.Should().Equal("Cancelled");
        result.Effects.Should().BeEmpty();
    }

    [Fact]
    public void Move_AMeetingThatIsCalledOff_IsRefused()
    {
        Meeting meeting = Planned(new ScheduleMeeting().Execute(Context()));
        Shanghai.Note(Guid.Empty, new MeetingPlanned(meeting), FakeContext.Start);
        Shanghai.Note(Guid.Empty, new MeetingCancelled(meeting.Id, meeting.EngagementId), FakeContext.Start);

        Action move = () => new MoveMeeting().Execute(Context(("meeting", meeting.Id.ToString("D")), ("when", "in 2 working days")));

        move.Should().Throw<ActivityFaultException>().WithMessage("*cancelled and cannot be moved*");
    }

    [Fact]
    public void Form_ThatIsBuiltIn_IsRead() =>
        FormReader.Read(Encoding.UTF8.GetString(BuiltInForms.Find(BuiltInForms.MeetingAnswer)!)).Faults.Should().BeEmpty();

    private static Meeting Planned(ActivityResult result) => result.Effects.OfType<MeetingPlanned>().Single().Meeting;

    private static FakeContext Context(params (string Name, object? Value)[] inputs)
    {
        PlainObject all = new() { ["title"] = "Kick-off", ["titleZh"] = "启动会议", ["when"] = "in 5 working days at 10:00" };
        foreach ((string name, object? value) in inputs)
            all[name] = value;
        return new(all) { House = Shanghai };
    }
}
