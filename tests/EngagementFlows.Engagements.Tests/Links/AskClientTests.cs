using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engagements.Timeline;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Effects;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Tests.Links;

public sealed class AskClientTests
{
    private readonly AskClient _activity = new();
    private readonly FakeContext _context = new(Inputs());

    [Fact]
    public void Execute_FirstPass_IssuesTheLinkMailsItAndWaits()
    {
        ActivityResult result = _activity.Execute(_context);

        LinkIssued link = result.Effects.OfType<LinkIssued>().Single();
        ClientMailRequested mail = result.Effects.OfType<ClientMailRequested>().Single();
        mail.LinkId.Should().Be(link.LinkId);
        mail.Template.Should().Be("ask");
        link.ExpiresAt.Should().Be(FakeContext.Start.AddDays(10));
        result.Waits.Select(wait => (wait.Name, wait.DueAt)).Should().Equal(
            (WaitNames.Link, null), (WaitNames.TimeOut, FakeContext.Start.AddDays(10)), (WaitNames.Reminder, FakeContext.Start.AddDays(4)));
        result.Waits[0].Id.Should().Be(link.BookmarkId);
        result.Outcomes.Should().BeNull();
    }

    [Fact]
    public void Resume_Reminder_WritesTheReminderMailOnceAndPlansTheNext()
    {
        WaitRequest reminder = _activity.Execute(_context).Waits[2];
        _context.Clock = reminder.DueAt!.Value;

        ActivityResult first = _activity.Resume(_context, _context.Bookmark(reminder), new());
        _context.Clock = first.Waits.Single().DueAt!.Value;
        ActivityResult second = _activity.Resume(_context, _context.Bookmark(first.Waits[0]), new());

        ClientMailRequested mail = first.Effects.OfType<ClientMailRequested>().Single();
        mail.Template.Should().Be("remind");
        mail.Reminder.Should().Be(1);
        first.Waits[0].DueAt.Should().Be(FakeContext.Start.AddDays(8));
        second.Effects.OfType<ClientMailRequested>().Single().EffectKey.Should().NotBe(mail.EffectKey);
        second.Waits.Should().BeEmpty("the third reminder would come after the end");
        second.Outcomes.Should().BeNull();
    }

    [Fact]
    public void Resume_Answer_CompletesWithTheAnswers()
    {
        WaitRequest wait = _activity.Execute(_context).Waits[0];
        PlainObject answers = new() { ["name"] = "Loft" };

        ActivityResult result = _activity.Resume(_context, _context.Bookmark(wait), new() { ["Outcome"] = "Answered", ["Answers"] = answers, ["AnsweredBy"] = "Wang Fang" });

        result.Outcomes.Should().Equal("Answered");
        result.Outputs!["answers"].Should().BeSameAs(answers);
        result.Effects.OfType<TimelineEntryAdded>().Single().Actor.Should().Be("Wang Fang");
    }

    [Fact]
    public void Resume_Declined_KeepsTheReason()
    {
        WaitRequest wait = _activity.Execute(_context).Waits[0];

        ActivityResult result = _activity.Resume(_context, _context.Bookmark(wait), new() { ["Outcome"] = "Declined", ["Comment"] = "no budget" });

        result.Outcomes.Should().Equal("Declined");
        result.Outputs!["comment"].Should().Be("no budget");
        result.Effects.OfType<TimelineEntryAdded>().Single().Text.ZhCn.Should().Contain("no budget");
    }

    [Fact]
    public void Resume_WithoutAnswers_IsAFaultThatSaysTheWay()
    {
        WaitRequest wait = _activity.Execute(_context).Waits[0];

        Action resume = () => _activity.Resume(_context, _context.Bookmark(wait), new());

        resume.Should().Throw<ActivityFaultException>().WithMessage("*Answers*link*");
    }

    [Fact]
    public void Resume_TimeOut_EndsTheLink()
    {
        ActivityResult started = _activity.Execute(_context);

        ActivityResult result = _activity.Resume(_context, _context.Bookmark(started.Waits[1]), new());

        result.Outcomes.Should().Equal("Timed out");
        result.Effects.OfType<LinkEnded>().Single().LinkId.Should().Be(started.Effects.OfType<LinkIssued>().Single().LinkId);
    }

    [Fact]
    public void Withdraw_WhileWaiting_EndsTheLink()
    {
        Guid link = _activity.Execute(_context).Effects.OfType<LinkIssued>().Single().LinkId;

        _activity.Withdraw(_context).Should().Equal(new Effect[] { new LinkEnded(link) });
    }

    [Fact]
    public void ConfirmByCode_StandsInTheLinkAndInTheTimeline()
    {
        PlainObject inputs = Inputs();
        inputs["confirmByCode"] = true;
        FakeContext context = new(inputs);
        ActivityResult started = _activity.Execute(context);

        ActivityResult result = _activity.Resume(context, context.Bookmark(started.Waits[0]), new() { ["Outcome"] = "Answered", ["Answers"] = new PlainObject(), ["Confirmed"] = true });

        started.Effects.OfType<LinkIssued>().Single().ConfirmByCode.Should().BeTrue();
        _activity.Execute(_context).Effects.OfType<LinkIssued>().Single().ConfirmByCode.Should().BeFalse("it is off unless a flow asks for it");
        TimelineEntryAdded entry = result.Effects.OfType<TimelineEntryAdded>().Single();
        entry.Text.En.Should().EndWith("confirmed by a code from the mailbox");
        entry.Text.ZhCn.Should().EndWith("并以邮箱验证码确认");
    }

    [Theory]
    [InlineData("form", "../secret.json", "forms/intake.json")]
    [InlineData("form", "forms/../../x", "forms/intake.json")]
    [InlineData("mail", "../ask", "hyphens")]
    [InlineData("mail", "", "empty")]
    public void Execute_BadInput_NamesInputValueAndRule(string input, string value, string words)
    {
        PlainObject inputs = Inputs();
        inputs[input] = value;

        Action execute = () => _activity.Execute(new FakeContext(inputs));

        execute.Should().Throw<ActivityFaultException>().WithMessage($"*'{input}'*{words}*");
    }

    [Fact]
    public void Execute_TextThatCannotBeStored_IsAFaultWithoutTheText()
    {
        PlainObject inputs = Inputs();
        inputs["message"] = "a\0b";

        Action execute = () => _activity.Execute(new FakeContext(inputs));

        // The fault is stored as an incident: it must not carry the character that it complains of.
        execute.Should().Throw<ActivityFaultException>().WithMessage("*'message' cannot be used*U+0000*").Which.Message.Should().NotContain("\0");
    }

    [Fact]
    public void Execute_ZeroDueIn_IsAFault()
    {
        PlainObject inputs = Inputs();
        inputs["dueIn"] = "00:00:00";

        Action execute = () => _activity.Execute(new FakeContext(inputs));

        execute.Should().Throw<ActivityFaultException>().WithMessage("*longer than zero*");
    }

    private static PlainObject Inputs() => new()
    {
        ["form"] = "forms/intake.json",
        ["mail"] = "ask",
        ["reminderMail"] = "remind",
        ["dueIn"] = "10.00:00:00",
        ["remindEvery"] = "4.00:00:00",
        ["reminders"] = 3L,
    };
}
