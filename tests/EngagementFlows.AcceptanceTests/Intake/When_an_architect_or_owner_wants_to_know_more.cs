using EngagementFlows.Engagements.Links;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Testing;

namespace EngagementFlows.AcceptanceTests.Intake;

public sealed class When_an_architect_or_owner_wants_to_know_more(PostgresFixture database) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Should_ask_the_client_again_with_his_question_when_he_returns()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        PlayedIntake intake = await ToApprovalAsync(house);
        Guid firstLink = await intake.LatestLinkAsync();

        await intake.CompleteAsync(house.Staff["clara.brandt"], "Returned", "On which floor is it?");

        (await intake.TemplatesAsync()).Should().Equal("welcome", "ask", "ask");
        (await new GetMail(house.Queries).ExecuteAsync((await intake.MailsAsync())[2].Id, default))!.Text.Should().Contain("On which floor is it?");
        Guid secondLink = await intake.LatestLinkAsync();
        secondLink.Should().NotBe(firstLink);
        (await house.AnswerAsync(firstLink, PlayedIntake.Brief())).Prepared.Verdict.Should().Be(LinkVerdict.AlreadyAnswered);

        await intake.AnswerAsync();
        await intake.CompleteAsync(house.Staff["owen.hughes"], "Complete");
        await intake.CompleteAsync(house.Staff["clara.brandt"], "Approved");
        (await intake.StageAsync()).Should().Be("approved");
    }

    [Fact]
    public async Task Should_stop_asking_after_three_rounds_and_let_the_owner_meet_the_client()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        PlayedIntake intake = await PlayedIntake.StartAsync(house, "C-1003");
        for (int round = 1; round <= 3; round++)
        {
            await intake.AnswerAsync();
            await intake.CompleteAsync(house.Staff["owen.hughes"], "Incomplete", $"Question {round}");
        }

        (await intake.TaskAsync()).Title.En.Should().Be("Meet the client and complete the brief");
        (await intake.TemplatesAsync()).Should().Equal("welcome", "ask", "ask", "ask");
    }

    private static async Task<PlayedIntake> ToApprovalAsync(PlayedHouse house)
    {
        PlayedIntake intake = await PlayedIntake.StartAsync(house, "C-1003");
        await intake.AnswerAsync();
        await intake.CompleteAsync(house.Staff["owen.hughes"], "Complete");
        return intake;
    }
}
