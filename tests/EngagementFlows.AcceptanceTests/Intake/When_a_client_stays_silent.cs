using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Testing;

namespace EngagementFlows.AcceptanceTests.Intake;

public sealed class When_a_client_stays_silent(PostgresFixture database) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Should_remind_three_times_then_call_then_put_the_engagement_to_rest()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        PlayedIntake intake = await PlayedIntake.StartAsync(house, "C-1005");
        Guid link = await intake.LatestLinkAsync();

        await house.PassAsync(TimeSpan.FromDays(13));
        (await intake.TemplatesAsync()).Should().Equal("welcome", "ask", "remind", "remind", "remind");
        (await intake.MailsAsync()).Select(mail => mail.Subject).Last().Should().Be("Last reminder: your project");

        await house.PassAsync(TimeSpan.FromDays(1));
        (await intake.LinkAsync(link)).Link.State.Should().Be(LinkState.Ended);
        (await house.AnswerAsync(link, PlayedIntake.Brief())).Prepared.Verdict.Should().Be(LinkVerdict.Expired);
        HumanTask call = await intake.TaskAsync();
        call.Assignee.PersonId.Should().Be(house.Staff["owen.hughes"].Id);
        call.Outcomes.Should().Equal("Ask again", "Give up");

        await house.PassAsync(TimeSpan.FromDays(7));
        (await intake.InstanceAsync()).Status.Should().Be(InstanceStatus.Finished);
        (await intake.StageAsync()).Should().Be("dormant");
        (await intake.TaskAsync(call.Id)).State.Should().Be(TaskState.Expired);
        (await intake.TemplatesAsync()).Should().Equal("welcome", "ask", "remind", "remind", "remind", "closing");

        (await house.ViolationsAsync()).Should().BeEmpty();
        await house.PassAsync(TimeSpan.FromDays(365));
        (await intake.MailsAsync()).Should().HaveCount(6);
    }

    [Fact]
    public async Task Should_take_an_answer_after_a_reminder_through_the_same_link_and_remind_no_more()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        PlayedIntake intake = await PlayedIntake.StartAsync(house, "C-1005");
        Guid link = await intake.LatestLinkAsync();

        await house.PassAsync(TimeSpan.FromDays(5));
        (await intake.LatestLinkAsync()).Should().Be(link);
        await intake.AnswerAsync();
        await house.PassAsync(TimeSpan.FromDays(2));

        (await intake.TemplatesAsync()).Should().Equal("welcome", "ask", "remind");
    }

    [Fact]
    public async Task Should_rest_at_once_when_the_client_declines()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        PlayedIntake intake = await PlayedIntake.StartAsync(house, "C-1005");

        await house.AnswerAsync(await intake.LatestLinkAsync(), null, LinkDecision.Declined, "We have no budget this year.");

        (await intake.StageAsync()).Should().Be("dormant");
        (await intake.TimelineAsync()).Should().Contain(entry => entry.Text.En == "The client declined – We have no budget this year.");
        (await intake.TemplatesAsync()).Should().Equal("welcome", "ask", "closing");
    }
}
