using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Testing;

namespace EngagementFlows.AcceptanceTests.Intake;

public sealed class When_an_architect_does_not_approve(PostgresFixture database) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Should_tell_the_client_no_without_the_inside_reason_when_he_rejects()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        PlayedIntake intake = await ToApprovalAsync(house);

        (await house.CompleteAsync((await intake.TaskAsync()).Id, house.Staff["clara.brandt"], "Rejected")).Prepared.Verdict.Should().Be(TaskVerdict.CommentMissing);
        await intake.CompleteAsync(house.Staff["clara.brandt"], "Rejected", "Too small for us.");

        (await intake.InstanceAsync()).Status.Should().Be(InstanceStatus.Finished);
        (await intake.StageAsync()).Should().Be("rejected");
        (await intake.TemplatesAsync()).Should().Equal("welcome", "ask", "regret");
        MailDetail regret = (await new GetMail(house.Queries).ExecuteAsync((await intake.MailsAsync())[2].Id, default))!;
        regret.Text.Should().NotContain("Too small");
    }

    [Fact]
    public async Task Should_remind_escalate_and_in_the_end_turn_to_the_owner_when_he_is_silent()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        PlayedIntake intake = await ToApprovalAsync(house);
        HumanTask approval = await intake.TaskAsync();

        await house.PassAsync(TimeSpan.FromDays(4));
        HumanTask escalated = await intake.TaskAsync();
        escalated.EscalatedTo!.PersonId.Should().Be(house.Staff["samuel.osei"].Id, "he is the last rung");
        (await intake.MailsAsync("staff")).Select(mail => mail.Template).Should().Equal("task-assigned", "task-assigned", "task-reminder", "task-escalated", "task-reminder", "task-reminder");
        string?[] reminded = [.. (await intake.MailsAsync("staff")).Where(mail => mail.Template == "task-reminder").Select(mail => mail.ToName)];
        reminded[0].Should().Be("Clara Brandt", "before the escalation she alone holds it");
        reminded[1..].Should().BeEquivalentTo(["Clara Brandt", "Samuel Osei"], "since the escalation both hold it, in whatever order");

        await house.PassAsync(TimeSpan.FromDays(1));
        (await intake.TaskAsync(approval.Id)).State.Should().Be(TaskState.Expired);
        (await house.CompleteAsync(approval.Id, house.Staff["clara.brandt"], "Approved")).Prepared.Verdict.Should().Be(TaskVerdict.AlreadyClosed);
        (await intake.TaskAsync()).Title.En.Should().Be("The architect has not decided: see to it");

        await intake.CompleteAsync(house.Staff["owen.hughes"], "Ask again");
        (await intake.TaskAsync()).Kind.Should().Be(TaskKind.Approval);
    }

    [Fact]
    public async Task Should_not_let_the_owner_decide_about_his_own_request()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        PlayedIntake intake = await ToApprovalAsync(house);
        HumanTask approval = await intake.TaskAsync();
        Engagements.Clients.Person owner = house.Staff["owen.hughes"];
        await new Postgres.Tasks.ReassignTask(house.Queries).ExecuteAsync(approval.Id, new(owner.Id, null), "test", house.Clock.GetUtcNow(), default);

        (await house.CompleteAsync(approval.Id, owner, "Approved")).Prepared.Verdict.Should().Be(TaskVerdict.OwnRequest);
    }

    private static async Task<PlayedIntake> ToApprovalAsync(PlayedHouse house)
    {
        PlayedIntake intake = await PlayedIntake.StartAsync(house, "C-1003");
        await intake.AnswerAsync();
        await intake.CompleteAsync(house.Staff["owen.hughes"], "Complete");
        return intake;
    }
}
