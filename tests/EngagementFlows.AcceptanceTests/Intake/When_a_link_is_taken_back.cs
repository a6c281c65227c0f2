using EngagementFlows.Engagements.Links;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Testing;

namespace EngagementFlows.AcceptanceTests.Intake;

public sealed class When_a_link_is_taken_back(PostgresFixture database) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Should_remind_through_the_link_that_was_sent_in_its_place()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        PlayedIntake intake = await PlayedIntake.StartAsync(house, "C-1005");
        Guid link = await intake.LatestLinkAsync();

        (await new RevokeLink(house.Queries).ExecuteAsync(link, "test", "Wrong address.", house.Clock.GetUtcNow(), default)).Should().BeTrue();
        await house.PassAsync(TimeSpan.FromHours(1));
        Guid anew = (await new SendLinkAnew(house.Queries).ExecuteAsync(link, "test", "Mia Novak", house.Clock.GetUtcNow(), default))!.Value;
        await house.PassAsync(TimeSpan.FromDays(5));

        (await intake.TemplatesAsync()).Should().Equal("welcome", "ask", "ask", "remind");
        (await intake.LatestLinkAsync()).Should().Be(anew);
        (await house.AnswerAsync(link, PlayedIntake.Brief())).Prepared.Verdict.Should().Be(LinkVerdict.Revoked);
        (await house.AnswerAsync(anew, PlayedIntake.Brief())).Result!.Kind.Should().Be(TransitionKind.Applied);
        (await intake.LinkAsync(anew)).Link.State.Should().Be(LinkState.Consumed);
        (await intake.TimelineAsync()).Should().Contain(entry => entry.Text.En.StartsWith("A new link was sent to ") && entry.Actor == "Mia Novak");
        (await house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Should_remind_nobody_of_a_dead_link_and_end_by_time_out()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        PlayedIntake intake = await PlayedIntake.StartAsync(house, "C-1005");
        Guid link = await intake.LatestLinkAsync();

        await new RevokeLink(house.Queries).ExecuteAsync(link, "test", null, house.Clock.GetUtcNow(), default);
        await house.PassAsync(TimeSpan.FromDays(14));

        (await intake.TemplatesAsync()).Should().Equal("welcome", "ask");
        (await intake.TimelineAsync()).Should().Contain(entry => entry.Text.En == "A reminder was not sent: its link was taken back");
        (await intake.TaskAsync()).Outcomes.Should().Equal(["Ask again", "Give up"], "the flow goes on when the time is out");
        (await new SendLinkAnew(house.Queries).ExecuteAsync(link, "test", "Mia Novak", house.Clock.GetUtcNow(), default)).Should().BeNull("nothing waits for an answer any more");
        (await house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Should_end_the_link_that_was_sent_in_its_place_with_the_step()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        PlayedIntake intake = await PlayedIntake.StartAsync(house, "C-1005");
        Guid anew = (await new SendLinkAnew(house.Queries).ExecuteAsync(await intake.LatestLinkAsync(), "test", "Mia Novak", house.Clock.GetUtcNow(), default))!.Value;

        await house.PassAsync(TimeSpan.FromDays(15));

        (await intake.LinkAsync(anew)).Link.State.Should().Be(LinkState.Ended);
        (await house.ViolationsAsync()).Should().BeEmpty();
    }
}
