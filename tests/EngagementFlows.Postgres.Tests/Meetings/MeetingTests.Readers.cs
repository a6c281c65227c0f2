using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine.Bookmarks;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Personnel;
using Npgsql;

namespace EngagementFlows.Postgres.Tests.Meetings;

/// <summary>Meetings of a personnel file whose readers change.</summary>
public sealed partial class MeetingTests
{
    [Fact]
    public async Task ChangeReaders_AMeetingAhead_IsNoMatterOfTheFormerReaderAnyMore()
    {
        (Person about, Person former, Person third, Person successor) =
            (_house.Staff["chen.jing"], _house.Staff["li.wei"], _house.Staff["samuel.osei"], _house.Staff["mia.novak"]);
        Guid file = await OpenFileAsync(about, former, third);
        await StartForAsync(file, Schedule(audience: "internal"), Delay, Activity("MoveMeeting", ("meeting", Variable("Meeting")), ("when", Literal("in 9 working days at 10:00"))));
        (await MailsAsync()).Select(mail => mail.To).Distinct().Should().BeEquivalentTo(about.Email, former.Email);
        await DispatchAsync();

        await ChangeReadersAsync(about, successor, third);

        (await ScalarAsync<string>("select answer from meeting_invitee where person_id = $1", former.Id)).Should().Be("declined");
        (await ScalarAsync<string>("select answer from meeting_invitee where person_id = $1", successor.Id)).Should().Be("none");
        (await ScalarAsync<string>("select o.state from outbox o join mail m on m.id = o.id where m.recipient = $1 and m.template = 'meeting-reminder'", former.Email)).Should().Be("rejected");
        (await ScalarAsync<string>("select o.state from outbox o join mail m on m.id = o.id where m.recipient = $1 and m.template = 'meeting-reminder'", about.Email)).Should().Be("pending");
        await PassAsync(TimeSpan.FromHours(2));
        (await ScalarAsync<int>("select sequence from meeting")).Should().Be(1);
        (await MailsAsync()).Where(mail => mail.Template == "meeting-moved").Select(mail => mail.To).Should().BeEquivalentTo(about.Email, successor.Email);
        (await MailsAsync()).Count(mail => mail.To == former.Email).Should().Be(2, "the invitation and its reminder were written before");
        (await _house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task ChangeReaders_WhoComesBack_IsAskedAgainAndWrittenToAtOnce()
    {
        (Person about, Person former, Person third, Person successor) =
            (_house.Staff["chen.jing"], _house.Staff["li.wei"], _house.Staff["samuel.osei"], _house.Staff["mia.novak"]);
        Guid file = await OpenFileAsync(about, former, third);
        await StartForAsync(file, Schedule(audience: "internal"), Delay);
        await DispatchAsync();

        await ChangeReadersAsync(about, successor, third, (file, successor));
        await ChangeReadersAsync(about, former, third, (file, former));

        (await ScalarAsync<string>("select answer from meeting_invitee where person_id = $1", former.Id)).Should().Be("none", "he did not decline: he was made to");
        (await ScalarAsync<string>("select answer from meeting_invitee where person_id = $1", successor.Id)).Should().Be("declined");
        (await MailsAsync()).Where(mail => mail.Template == "meeting-invited").Select(mail => mail.To).Should().BeEquivalentTo(about.Email, former.Email, successor.Email, former.Email);
        (await ScalarAsync<long>("select count(*) from mail where template = 'meeting-invited' and recipient = $1 and calendar like '%METHOD:REQUEST%'", successor.Email)).Should().Be(1);
        (await ScalarAsync<string>("select string_agg(o.state, ' ' order by m.sequence) from outbox o join mail m on m.id = o.id where m.recipient = $1 and m.template = 'meeting-reminder'", former.Email)).Should().Be("rejected pending");
        (await ScalarAsync<string>("select o.state from outbox o join mail m on m.id = o.id where m.recipient = $1 and m.template = 'meeting-reminder'", successor.Email)).Should().Be("rejected");
        (await _house.ViolationsAsync()).Should().BeEmpty();
    }

    private async Task<Guid> OpenFileAsync(Person about, Person reviewer, Person third)
    {
        DateTimeOffset now = _house.Clock.GetUtcNow();
        InternalEngagement file = new(TimeOrderedId.Create(now), InternalAffair.Personnel, "File", about.Id, reviewer.Id, third.Id, [about.Id, reviewer.Id, third.Id]);
        await using NpgsqlConnection connection = await _house.Queries.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        await OpenInternalEngagement.ExecuteAsync(transaction, file, new("Linden & Partner", Languages.English, "Europe/Berlin"), "test", now, default);
        await transaction.CommitAsync();
        return file.Id;
    }

    private async Task ChangeReadersAsync(Person about, Person reviewer, Person third, (Guid File, Person Person)? written = null)
    {
        await using NpgsqlConnection connection = await _house.Queries.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        (await ChangeReaders.ExecuteAsync(transaction, about.Id, reviewer.Id, third.Id, "test", _house.Clock.GetUtcNow(), default)).Should().NotBeNull();
        if (written is var (file, person))
            await new InviteSuccessors(_house.Settings, TimeZoneInfo.Utc).ExecuteAsync(transaction, file, [person.Id], _house.Clock.GetUtcNow(), default);
        await transaction.CommitAsync();
    }

    private async Task StartForAsync(Guid file, params string[] activities)
    {
        await PublishAsync(activities);
        StartRequested start = new(TimeOrderedId.Create(_house.Clock.GetUtcNow()), "talk") { CorrelationId = file.ToString("D") };
        (await _house.Engine.Gateway.SubmitAsync(start, null, default)).Kind.Should().Be(TransitionKind.Applied);
        (await ScalarAsync<string?>("select min(message) from incident")).Should().BeNull();
    }
}
