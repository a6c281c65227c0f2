using EngagementFlows.AcceptanceTests.Intake;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engagements.Documents;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Documents;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Personnel;
using EngagementFlows.Scripts;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.AcceptanceTests.Personnel;

public sealed class When_a_quarter_of_an_account_manager_is_reviewed(PostgresFixture database) : IClassFixture<PostgresFixture>
{
    private static readonly PlainObject Self = new() { ["well"] = "两份方案已签署。", ["notWell"] = "两次答复延迟。" };

    private static readonly PlainObject Review = new()
    {
        ["well"] = "两份方案已签署。",
        ["notWell"] = "两次答复延迟。",
        ["strengths"] = "与客户沟通沉稳。",
        ["weaknesses"] = "会议纪要发送较晚。",
        ["improvements"] = new PlainList([new PlainObject { ["what"] = "当天发送会议纪要", ["until"] = "2026-05-29" }]),
    };

    [Fact]
    public async Task Should_be_signed_by_three_and_become_a_dated_task_without_a_mail_to_anybody_else()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync(), "performance-review");
        (Person owner, Person reviewer, Person third) = (house.Staff["chen.jing"], house.Staff["li.wei"], house.Staff["samuel.osei"]);
        PlayedIntake review = await StartAsync(house, owner, reviewer, third);

        await review.CompleteAsync("Write your own view of the quarter", owner, "Done", Self);
        await review.CompleteAsync("Write your view for the performance review", reviewer, "Done", Review);
        await house.PassAsync(TimeSpan.FromDays(8));
        await review.CompleteAsync("Write down what you agreed", reviewer, "Held", Review);
        await review.CompleteAsync("Sign the performance review", reviewer, "Approved");
        await review.CompleteAsync("Sign the performance review", third, "Approved");
        (await review.InstanceAsync()).Status.Should().Be(InstanceStatus.Suspended, "the one whom it is about has not signed");
        await review.CompleteAsync("Sign the performance review", owner, "Approved");

        DocumentVersion signed = (await new ReadDocuments(house.Queries).OfEngagementAsync(review.EngagementId, default)).Should().ContainSingle().Subject;
        (signed.Kind, signed.Number, signed.State).Should().Be(("performance-review", 1, DocumentState.Frozen));
        await review.CompleteAsync("当天发送会议纪要", owner, "Done");
        (await review.InstanceAsync()).Status.Should().Be(InstanceStatus.Finished);
        (await review.MailsAsync("client", third)).Should().BeEmpty();
        (await review.MailsAsync("staff", third)).Select(mail => mail.ToName).Distinct().Should().BeEquivalentTo(owner.Name, reviewer.Name, third.Name);
        (await review.MailsAsync("staff", house.Staff["mia.novak"])).Should().BeEmpty("she is not one of the three");
        (await house.ViolationsAsync()).Should().BeEmpty();
    }

    private static async Task<PlayedIntake> StartAsync(PlayedHouse house, Person owner, Person reviewer, Person third)
    {
        DateTimeOffset now = house.Clock.GetUtcNow();
        InternalEngagement file = new(TimeOrderedId.Create(now), InternalAffair.Personnel, "人事档案", owner.Id, reviewer.Id, third.Id, [owner.Id, reviewer.Id, third.Id]);
        await using (NpgsqlConnection connection = await house.Queries.OpenConnectionAsync())
        await using (NpgsqlTransaction transaction = await connection.BeginTransactionAsync())
        {
            await OpenInternalEngagement.ExecuteAsync(transaction, file, new("Linden & Partner", Languages.English, "Europe/Berlin"), "test", now, default);
            await transaction.CommitAsync();
        }

        StartRequested start = new(TimeOrderedId.Create(now), "performance-review") { CorrelationId = file.Id.ToString("D") };
        (await house.Engine.Gateway.SubmitAsync(start, null, default)).Kind.Should().Be(TransitionKind.Applied);
        return new(house, start.InstanceId, new ImportedEngagement(file.Id, Guid.Empty, "file", IsNew: true));
    }
}
