using EngagementFlows.AcceptanceTests.Intake;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;
using EngagementFlows.Testing;
using Npgsql;

namespace EngagementFlows.AcceptanceTests.Complaints;

public sealed class When_a_client_complains(PostgresFixture database) : IClassFixture<PostgresFixture>
{
    private static readonly PlainObject Told = new()
    {
        ["Subject"] = "图纸晚了两周",
        ["Description"] = "而且没有人通知我们。",
        ["Class"] = "high",
        ["RaisedBy"] = "王芳",
    };

    [Fact]
    public async Task Should_climb_the_ladder_be_mediated_by_somebody_neutral_and_leave_a_lesson()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync(), "complaint-escalation");
        Dictionary<string, Person> staff = new(house.Staff);
        PlayedIntake complaint = await PlayedIntake.StartAsync(house, "C-1001", "complaint-escalation", Told);
        (await complaint.TaskAsync()).Assignee.PersonId.Should().Be(staff["chen.jing"].Id, "the owner answers first");

        await house.PassAsync(TimeSpan.FromDays(4));
        (await complaint.TaskAsync()).Assignee.PersonId.Should().Be(staff["samuel.osei"].Id, "nobody answered, and he is the last rung");
        await complaint.CompleteAsync("Answer the complaint: you are the last rung", staff["samuel.osei"], "Done", new() { ["solution"] = "我们将更正图纸。" });
        await complaint.AnswerAsync(new() { ["answer"] = "reject", ["reason"] = "还不够。" });
        (await complaint.TaskAsync()).Assignee.PersonId.Should().Be(staff["clara.brandt"].Id, "she is the architect who has not touched it");
        await complaint.CompleteAsync("Mediate between the client and us", staff["clara.brandt"], "Done", new() { ["solution"] = "减免一成费用。" });
        await complaint.AnswerAsync(new() { ["answer"] = "accept", ["satisfaction"] = 4L });
        await complaint.CompleteAsync("Write down what we learn from the complaint", staff["chen.jing"], "Done", new() { ["lesson"] = "提前一周通知客户。" });

        (await complaint.InstanceAsync()).Status.Should().Be(InstanceStatus.Finished);
        (await complaint.TemplatesAsync()).Should().Equal("acknowledged", "solution", "mediation", "mediated", "closed");
        (await complaint.MailsAsync("staff")).Where(mail => mail.Template == "task-assigned").Select(mail => mail.ToName)
            .Should().Equal(["陈静", "李伟", "Samuel Osei", "Clara Brandt", "陈静"], "each rung is told once");
        await using NpgsqlCommand read = house.Queries.CreateCommand(
            "select c.state, c.class, c.raised_by, c.rung, c.outcome, c.satisfaction, c.lesson, p.name from engagement_case c join person p on p.id = c.owner_id");
        await using (NpgsqlDataReader row = await read.ExecuteReaderAsync())
        {
            (await row.ReadAsync()).Should().BeTrue();
            object[] values = new object[8];
            row.GetValues(values);
            values.Should().Equal("closed", "high", "王芳", (short)2, "accepted after mediation", (short)4, "提前一周通知客户。", "Clara Brandt");
        }

        await using NpgsqlCommand kept = house.Queries.CreateCommand("select is_kept from clock where name = 'answer'");
        (await kept.ExecuteScalarAsync()).Should().Be(false, "the promise of four working hours was missed, whoever answered in the end");
        (await house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Should_keep_the_promise_when_the_owner_answers_in_time()
    {
        await using PlayedHouse house = await PlayedHouse.OpenAsync(await database.CreateAnotherDatabaseAsync(), "complaint-escalation");
        PlayedIntake complaint = await PlayedIntake.StartAsync(house, "C-1001", "complaint-escalation", Told);

        await house.PassAsync(TimeSpan.FromHours(1));
        await complaint.CompleteAsync("Answer the complaint and propose a solution", house.Staff["chen.jing"], "Done", new() { ["solution"] = "我们将更正图纸。" });

        await using NpgsqlCommand kept = house.Queries.CreateCommand("select is_kept from clock where name = 'answer'");
        (await kept.ExecuteScalarAsync()).Should().Be(true);
        await complaint.AnswerAsync(new() { ["answer"] = "accept", ["satisfaction"] = 5L });
        await house.PassAsync(TimeSpan.FromDays(30));
        (await complaint.TemplatesAsync()).Should().Equal(["acknowledged", "solution"], "the lesson is still open, and the client is not told of an end before it");
    }
}
