using System.Text;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Postgres.Mail;
using EngagementFlows.Testing;

namespace EngagementFlows.AcceptanceTests.Intake;

/// <summary>A link dies with the mailbox to which it went; the step goes on waiting, for the answer to the one that is sent to the new mailbox.</summary>
public sealed class When_the_contact_gets_another_address(PostgresFixture database) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Should_send_the_link_anew_to_the_new_address_and_take_no_answer_from_the_old_one()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        PlayedIntake intake = await PlayedIntake.StartAsync(house, "C-1005");
        Guid link = await intake.LatestLinkAsync();

        await ImportAsync(house, "praman@atlasdental.example", "office@atlasdental.example");

        (await intake.LinkAsync(link)).Link.State.Should().Be(LinkState.Revoked, "it is dead from the import's commit on, before anybody sends another");
        (await house.AnswerAsync(link, PlayedIntake.Brief())).Prepared.Verdict.Should().Be(LinkVerdict.Revoked);
        (await FollowAsync(house)).Should().Be(1);
        (await FollowAsync(house)).Should().Be(0, "it has been followed");

        Guid anew = await intake.LatestLinkAsync();
        anew.Should().NotBe(link);
        MailLine letter = (await intake.MailsAsync())[^1];
        letter.Template.Should().Be("ask");
        (await new GetMail(house.Queries).ExecuteAsync(letter.Id, default))!.To.Should().Equal("office@atlasdental.example");
        (await intake.TimelineAsync()).Should().ContainSingle(entry => entry.Text.En.StartsWith("The e-mail address was changed: the link to the old one is dead"));
        (await house.AnswerAsync(link, PlayedIntake.Brief())).Prepared.Verdict.Should().Be(LinkVerdict.Revoked);
        (await house.AnswerAsync(anew, PlayedIntake.Brief())).Result!.Kind.Should().Be(TransitionKind.Applied);
        await intake.NoIncidentsAsync();
    }

    [Fact]
    public async Task Should_refuse_an_answer_that_was_on_its_way_when_the_address_changed()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        PlayedIntake intake = await PlayedIntake.StartAsync(house, "C-1005");
        PreparedLinkAnswer prepared = await new PrepareLinkAnswer(house.Queries, house.Codes).ExecuteAsync(
            new(await intake.LatestLinkAsync(), LinkDecision.Answered, PlayedIntake.Brief(), null), house.Clock.GetUtcNow(), default);
        prepared.Verdict.Should().Be(LinkVerdict.Open);

        await ImportAsync(house, "praman@atlasdental.example", "office@atlasdental.example");

        (await house.Engine.Gateway.SubmitAsync(prepared.Stimulus!, prepared.Rider, default)).RefusedBy.Should().StartWith("The link was answered, ended or ran out");
        (await FollowAsync(house)).Should().Be(1);
        await intake.NoIncidentsAsync();
    }

    [Fact]
    public async Task Should_leave_alone_what_went_to_the_same_mailbox_waits_no_more_or_was_taken_back_by_a_person()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        PlayedIntake same = await PlayedIntake.StartAsync(house, "C-1002");
        PlayedIntake answered = await PlayedIntake.StartAsync(house, "C-1003");
        PlayedIntake revoked = await PlayedIntake.StartAsync(house, "C-1005");
        await answered.AnswerAsync();
        Guid link = await revoked.LatestLinkAsync();
        await new RevokeLink(house.Queries).ExecuteAsync(link, "test", "Wrong person.", house.Clock.GetUtcNow(), default);

        await ImportAsync(house, "j.petersen@nordhafen.example", "J.Petersen@Nordhafen.example");
        await ImportAsync(house, "harriet@bramley.example", "office@bramley.example");
        await ImportAsync(house, "praman@atlasdental.example", "office@atlasdental.example");

        (await FollowAsync(house)).Should().Be(0);
        (await same.LinkAsync(await same.LatestLinkAsync())).Link.State.Should().Be(LinkState.Open);
        (await revoked.LatestLinkAsync()).Should().Be(link, "a person decides whether it is sent anew");
        (await house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Should_follow_once_when_many_look_at_the_same_time()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync());
        PlayedIntake intake = await PlayedIntake.StartAsync(house, "C-1005");
        await ImportAsync(house, "praman@atlasdental.example", "office@atlasdental.example");

        int[] sent = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => FollowAsync(house)));

        sent.Sum().Should().Be(1);
        (await intake.TemplatesAsync()).Should().Equal("welcome", "ask", "ask");
        await intake.NoIncidentsAsync();
    }

    private static Task<int> FollowAsync(PlayedHouse house) => new FollowAddresses(house.Queries).ExecuteAsync(DatabaseClock.Played(house.Clock), default);

    private static async Task ImportAsync(PlayedHouse house, string before, string after)
    {
        string file = await File.ReadAllTextAsync(Path.Combine(PlayedHouse.Workflows, "samples/clients.csv"));
        byte[] changed = Encoding.UTF8.GetBytes(file.Replace(before, after, StringComparison.Ordinal));
        (await new ImportClients(house.Queries).ExecuteAsync(changed, "test", house.Clock.GetUtcNow(), default)).Faults.Should().BeEmpty();
    }
}
