using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Testing;

namespace EngagementFlows.AcceptanceTests.Intake;

public sealed class When_an_intake_is_cancelled(PostgresFixture database) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Should_kill_the_link_and_remind_nobody()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        PlayedIntake intake = await PlayedIntake.StartAsync(house);
        Guid link = await intake.LatestLinkAsync();

        await house.CancelAsync(intake.InstanceId);

        (await intake.InstanceAsync()).Status.Should().Be(InstanceStatus.Cancelled);
        (await intake.LinkAsync(link)).Link.State.Should().Be(LinkState.Ended);
        (await house.AnswerAsync(link, PlayedIntake.Brief())).Prepared.Verdict.Should().Be(LinkVerdict.Ended);
        (await house.ViolationsAsync()).Should().BeEmpty();
        await house.PassAsync(TimeSpan.FromDays(60));
        (await intake.TemplatesAsync()).Should().Equal("welcome", "ask");
    }

    [Fact]
    public async Task Should_take_the_task_back()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        PlayedIntake intake = await PlayedIntake.StartAsync(house);
        await intake.AnswerAsync();
        HumanTask check = await intake.TaskAsync();

        await house.CancelAsync(intake.InstanceId);

        (await intake.TaskAsync(check.Id)).State.Should().Be(TaskState.Withdrawn);
        (await house.ViolationsAsync()).Should().BeEmpty();
        (await house.CompleteAsync(check.Id, house.Staff["chen.jing"], "Complete")).Prepared.Verdict.Should().Be(TaskVerdict.AlreadyClosed);
        (await intake.TimelineAsync()).Should().Contain(entry => entry.Text.ZhCn == "任务已撤回：检查客户的需求");
    }
}
