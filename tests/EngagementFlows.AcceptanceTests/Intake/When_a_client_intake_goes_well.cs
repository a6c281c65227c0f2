using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Tasks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Forms;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Testing;

namespace EngagementFlows.AcceptanceTests.Intake;

public sealed class When_a_client_intake_goes_well(PostgresFixture database) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Should_lead_from_the_welcome_to_the_approved_engagement_with_each_mail_once()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        PlayedIntake intake = await PlayedIntake.StartAsync(house);

        (await intake.StageAsync()).Should().Be("intake");
        (await intake.TemplatesAsync()).Should().Equal("welcome", "ask");
        MailLine ask = (await intake.MailsAsync())[1];
        ask.Language.Should().Be("zh-CN", "the contact reads Chinese");
        ask.State.Should().Be("pending");

        await intake.AnswerAsync();
        (await intake.StageAsync()).Should().Be("review");
        HumanTask check = await intake.TaskAsync();
        check.Assignee.PersonId.Should().Be(house.Staff["chen.jing"].Id, "the owner checks");

        await intake.CompleteAsync(house.Staff["chen.jing"], "Complete");
        HumanTask approval = await intake.TaskAsync();
        approval.Kind.Should().Be(TaskKind.Approval);
        approval.Assignee.PersonId.Should().Be(house.Staff["li.wei"].Id, "the architect decides");
        approval.RequestedById.Should().Be(house.Staff["chen.jing"].Id);

        await intake.CompleteAsync(house.Staff["li.wei"], "Approved");
        (await intake.InstanceAsync()).Status.Should().Be(InstanceStatus.Finished);
        (await intake.StageAsync()).Should().Be("approved");
        (await intake.TemplatesAsync()).Should().Equal("welcome", "ask", "confirm");

        await house.PassAsync(TimeSpan.FromDays(60));
        (await intake.TemplatesAsync()).Should().Equal(["welcome", "ask", "confirm"], "nothing is left that could remind anybody");
    }

    [Fact]
    public async Task Should_store_the_answers_typed_and_tell_the_whole_story()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        PlayedIntake intake = await PlayedIntake.StartAsync(house, "C-1002");
        await intake.AnswerAsync();
        await intake.CompleteAsync(house.Staff["mia.novak"], "Complete");
        await intake.CompleteAsync(house.Staff["clara.brandt"], "Approved", "Good fit.");

        StoredAnswers answers = (await new ListAnswers(house.Queries).ExecuteAsync(intake.EngagementId, default)).Should().ContainSingle().Subject;
        answers.Answers["area"].Should().Be(420L);
        await using (Npgsql.NpgsqlCommand typed = house.Queries.CreateCommand("select number_value from form_answer_value where question = 'area'"))
            (await typed.ExecuteScalarAsync()).Should().Be(420m);

        (await intake.TimelineAsync()).Select(entry => entry.Text.En).Should().Equal(
            "The client was imported",
            "Stage: Intake",
            "Mail to Jonas Petersen: Welcome to Linden & Partner",
            "Mail to Jonas Petersen: Your project: a few questions",
            "The client answered the form",
            "Stage: Under review",
            "Task for Mia Novak: Check the client's brief",
            "Check the client's brief: Complete",
            "Approval asked of Clara Brandt: Decide whether we take the project on",
            "Decide whether we take the project on: Approve – Good fit.",
            "Stage: Approved",
            "The client was given a link: Tell us what is wrong",
            "Mail to Jonas Petersen: We take your project on",
            "The intake is complete: the project is taken on.");
    }

    [Fact]
    public async Task Should_show_a_link_without_using_it_and_take_one_answer_only()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        PlayedIntake intake = await PlayedIntake.StartAsync(house);
        Guid link = await intake.LatestLinkAsync();
        LinkDecision.ToShow((await intake.LinkAsync(link)).Link, house.Clock.GetUtcNow()).Should().Be(LinkVerdict.Open);

        Task<(Postgres.Links.PreparedLinkAnswer Prepared, Postgres.Instances.StimulusResult? Result)>[] posts =
            [.. Enumerable.Range(0, 20).Select(_ => house.AnswerAsync(link, PlayedIntake.Brief()))];
        await Task.WhenAll(posts);

        posts.Count(post => post.Result.Result is { Kind: TransitionKind.Applied, RefusedBy: null }).Should().Be(1);
        (await new ListAnswers(house.Queries).ExecuteAsync(intake.EngagementId, default)).Should().ContainSingle();
        (await house.AnswerAsync(link, PlayedIntake.Brief())).Prepared.Verdict.Should().Be(LinkVerdict.AlreadyAnswered);
        await intake.NoIncidentsAsync();
        (await intake.MailsAsync("staff")).Should().ContainSingle("one task is given");
    }

    [Fact]
    public async Task Should_refuse_answers_that_the_form_does_not_allow()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        PlayedIntake intake = await PlayedIntake.StartAsync(house);
        Scripts.PlainObject brief = PlayedIntake.Brief();
        brief["budget"] = "priceless";

        (Postgres.Links.PreparedLinkAnswer prepared, Postgres.Instances.StimulusResult? result) = await house.AnswerAsync(await intake.LatestLinkAsync(), brief);

        prepared.Faults.Should().ContainSingle(fault => fault.Question == "budget");
        result.Should().BeNull();
        (await intake.LinkAsync(await intake.LatestLinkAsync())).Link.State.Should().Be(LinkState.Open);
    }

    [Fact]
    public async Task Should_send_mails_whose_link_opens_and_whose_stored_form_opens_nothing()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        PlayedIntake intake = await PlayedIntake.StartAsync(house);
        MailLine ask = (await intake.MailsAsync())[1];
        Guid link = await intake.LatestLinkAsync();

        MailDetail stored = (await new GetMail(house.Queries).ExecuteAsync(ask.Id, default))!;
        OutgoingMail sent = (await new LoadOutgoingMail(house.Queries, house.Settings, () => house.Addresses).ExecuteAsync(ask.Id, default))!;

        stored.Text.Should().Contain($"https://link.invalid/{link:D}").And.NotContain("clients.example");
        house.Addresses.Fill(stored.Text, stored.LinkId).Should().Contain(house.Addresses.LinkOf(link));
        sent.Recipient.Should().Be("wang.fang@huayu.example");
        (await new LoadOutgoingMail(house.Queries, house.Settings, () => house.Addresses).ExecuteAsync(ask.Id, default))!.Bytes.ToArray()
            .Should().Equal(sent.Bytes.ToArray(), "every attempt sends the same bytes");
    }

    [Fact]
    public async Task Should_give_the_client_one_link_for_complaints_however_often_it_is_offered()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        for (int round = 0; round < 2; round++)
        {
            PlayedIntake intake = await PlayedIntake.StartAsync(house, "C-1002");
            await intake.AnswerAsync();
            await intake.CompleteAsync(house.Staff["mia.novak"], "Complete");
            await intake.CompleteAsync(house.Staff["clara.brandt"], "Approved", "Good fit.");
        }

        await using Npgsql.NpgsqlCommand links = house.Queries.CreateCommand("select array(select id from standing_link)");
        Guid link = ((Guid[])(await links.ExecuteScalarAsync())!).Should().ContainSingle().Subject;
        PlayedIntake last = new(house, Guid.Empty, house.Engagements["C-1002"]);
        MailLine[] confirmations = [.. (await last.MailsAsync()).Where(mail => mail.Template == "confirm")];
        confirmations.Should().HaveCount(2);
        foreach (MailLine confirmation in confirmations)
        {
            MailDetail stored = (await new GetMail(house.Queries).ExecuteAsync(confirmation.Id, default))!;
            OutgoingMail sent = (await new LoadOutgoingMail(house.Queries, house.Settings, () => house.Addresses).ExecuteAsync(confirmation.Id, default))!;
            stored.Text.Should().Contain($"https://standing-link.invalid/{link:D}").And.NotContain("clients.example");
            System.Text.Encoding.UTF8.GetString(sent.Bytes.Span).Replace("=\r\n", "", StringComparison.Ordinal).Should().Contain(house.Addresses.StandingLinkOf(link)).And.NotContain("standing-link.invalid");
        }
    }

    [Fact]
    public async Task Should_refuse_whoever_is_not_asked_and_a_second_click()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        PlayedIntake intake = await PlayedIntake.StartAsync(house);
        await intake.AnswerAsync();
        HumanTask check = await intake.TaskAsync();

        foreach (string other in new[] { "mia.novak", "li.wei", "samuel.osei" })
            (await house.CompleteAsync(check.Id, house.Staff[other], "Complete")).Prepared.Verdict.Should().Be(TaskVerdict.NotYours);
        (await intake.TaskAsync()).Should().BeEquivalentTo(check);

        Person owner = house.Staff["chen.jing"];
        Task<(Postgres.Tasks.PreparedTaskAnswer Prepared, Postgres.Instances.StimulusResult? Result)>[] clicks =
            [.. Enumerable.Range(0, 10).Select(_ => house.CompleteAsync(check.Id, owner, "Complete"))];
        await Task.WhenAll(clicks);
        clicks.Count(click => click.Result.Result is { Kind: TransitionKind.Applied, RefusedBy: null }).Should().Be(1);
        (await house.CompleteAsync(check.Id, owner, "Complete")).Prepared.Verdict.Should().Be(TaskVerdict.AlreadyClosed);
        (await intake.TaskAsync()).Kind.Should().Be(TaskKind.Approval, "one approval was asked for");
    }
}
