using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Meetings;

namespace EngagementFlows.Postgres.Tests.Meetings;

/// <content>What members of staff do with a meeting: answer, move, call off; while flows wait for it.</content>
public sealed partial class MeetingTests
{
    private static string Minutes => Activity("CollectMinutes", ("meeting", Variable("Meeting")), ("title", Literal("Write the minutes")), ("titleZh", Literal("填写会议记录")));

    [Fact]
    public async Task MoveByHand_WhileAFlowWaitsForItsEnd_MovesLettersRemindersAndTheWait()
    {
        await StartAsync(Schedule(audience: "internal"), Minutes);
        await PassAsync(TimeSpan.FromMinutes(1));
        DateTimeOffset before = await StartsAtAsync();

        // Earlier than planned: whoever waits for the end must not sleep until the old one.
        (await Change().MoveAsync(await ActAsync("Owner is away", "See you earlier"), before.AddDays(-1), null, "Room 7", _house.Clock.GetUtcNow(), default)).Should().Be(MeetingVerdict.Done);

        (await ScalarAsync<string>("select state || ' ' || sequence || ' ' || place from meeting")).Should().Be("planned 1 Room 7");
        (await ScalarAsync<string>("select text || calendar from mail where recipient = $1 and template = 'meeting-moved'", Owner))
            .Should().Contain("See you earlier").And.NotContain("Owner is away").And.Contain("SEQUENCE:1\n").And.Contain("LOCATION:Room 7");
        (await ScalarAsync<string>("select text_en from timeline_entry order by sequence desc limit 1")).Should().StartWith("Meeting moved: Kick-off").And.EndWith("– Owner is away");
        (await ScalarAsync<string>("select act || ' ' || actor from audit where subject like 'meeting/%' order by at desc limit 1")).Should().Be("MeetingMoved person/test");
        (await _house.ViolationsAsync()).Should().BeEmpty();
        await PassAsync(before.AddDays(-1).AddMinutes(46) - _house.Clock.GetUtcNow());
        (await ScalarAsync<long>("select count(*) from task where state = 'open'")).Should().Be(1, "the meeting is over, and its minutes are asked for");
    }

    [Fact]
    public async Task CancelByHand_WhileAFlowWaitsForItsEnd_LetsTheFlowGoOnAtOnce()
    {
        Guid instance = await StartAsync(Schedule(audience: "internal"), Minutes);
        await PassAsync(TimeSpan.FromMinutes(1));
        await DispatchAsync();
        _sent.Clear();

        (await Change().CancelAsync(await ActAsync("Not needed"), _house.Clock.GetUtcNow(), default)).Should().Be(MeetingVerdict.Done);
        await PassAsync(TimeSpan.FromMinutes(1));

        (await ScalarAsync<string>("select status from instance where id = $1", instance)).Should().Be("finished");
        (await ScalarAsync<long>("select count(*) from task")).Should().Be(0);
        await DispatchToTheEndAsync();
        _sent.Should().BeEquivalentTo($"{Owner} meeting-cancelled", $"{Architect} meeting-cancelled");
        (await Change().CancelAsync(await ActAsync("Twice"), _house.Clock.GetUtcNow(), default)).Should().Be(MeetingVerdict.Over);
    }

    [Fact]
    public async Task CancelByHand_WhileTheClientIsAsked_TakesTheLinkBackAndEndsTheWait()
    {
        Guid instance = await StartAsync(Schedule(), Minutes);

        (await Change().CancelAsync(await ActAsync("Not needed"), _house.Clock.GetUtcNow(), default)).Should().Be(MeetingVerdict.Done);
        await PassAsync(TimeSpan.FromMinutes(1));

        (await ScalarAsync<string>("select state from link")).Should().Be("ended");
        (await ScalarAsync<string>("select status from instance where id = $1", instance)).Should().Be("finished");
        (await ScalarAsync<long>("select count(*) from timeline_entry where text_en like '%did not answer%'")).Should().Be(0, "nobody failed to answer");
        (await MailsAsync()).Where(mail => mail.Method == "CANCEL").Select(mail => mail.To).Should().BeEquivalentTo(Owner, Architect, Contact);
        (await _house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task MoveByHand_WhileTheClientIsAsked_AsksForTheNewTimeByTheSameLink()
    {
        await StartAsync(Schedule());
        Guid link = await LinkAsync();
        DateTimeOffset later = (await StartsAtAsync()).AddDays(7);

        (await Change().MoveAsync(await ActAsync("Room is taken"), later, TimeSpan.FromMinutes(90), null, _house.Clock.GetUtcNow(), default)).Should().Be(MeetingVerdict.Done);

        (await ScalarAsync<string>("select calendar from mail where recipient = $1 and template = 'meeting-moved'", Contact)).Should().Contain("link.invalid");
        (await ScalarAsync<string>("select message from link")).Should().Contain($"{later.ToOffset(TimeSpan.FromHours(8)):yyyy年M月d日}");
        (await _house.AnswerAsync(link, new() { ["answer"] = "accept" })).Result!.Kind.Should().Be(TransitionKind.Applied);
        (await ScalarAsync<string>("select answer from meeting_invitee where contact_id is not null")).Should().Be("accepted");
        (await ScalarAsync<TimeSpan>("select ends_at - starts_at from meeting")).Should().Be(TimeSpan.FromMinutes(90));
    }

    [Fact]
    public async Task ChangeByHand_OfWhatSomebodyChangedMeanwhile_DoesNothing()
    {
        await StartAsync(Schedule(audience: "internal"));
        MeetingAct seen = await ActAsync("First");
        DateTimeOffset later = (await StartsAtAsync()).AddDays(1);
        (await Change().MoveAsync(seen, later, null, null, _house.Clock.GetUtcNow(), default)).Should().Be(MeetingVerdict.Done);

        (await Change().CancelAsync(seen with { Reason = "Second" }, _house.Clock.GetUtcNow(), default)).Should().Be(MeetingVerdict.ChangedMeanwhile);
        (await Change().MoveAsync(await ActAsync("Back"), _house.Clock.GetUtcNow(), null, null, _house.Clock.GetUtcNow(), default)).Should().Be(MeetingVerdict.TimeIsOver);
        (await Change().CancelAsync(seen with { MeetingId = TimeOrderedId.Create(TimeProvider.System.GetUtcNow()) }, _house.Clock.GetUtcNow(), default)).Should().Be(MeetingVerdict.Unknown);

        (await ScalarAsync<string>("select state || ' ' || sequence from meeting")).Should().Be("planned 1");
    }

    [Fact]
    public async Task ChangeByHand_AtOnceWithOthersAndTheFlow_GivesEachChangeItsOwnSequence()
    {
        await StartAsync(Schedule(audience: "internal"), Delay, Activity("MoveMeeting", ("meeting", Variable("Meeting")), ("when", Literal("in 9 working days at 10:00"))));
        _house.Clock.Set(_house.Clock.GetUtcNow().AddHours(2));
        DateTimeOffset from = await StartsAtAsync();
        MeetingAct any = await ActAsync("All at once") with { Revision = null };

        await Task.WhenAll([.. Enumerable.Range(1, 5).Select(day => Task.Run(() => Change().MoveAsync(any, from.AddDays(day), null, null, _house.Clock.GetUtcNow(), default))), Task.Run(() => _house.Engine.ServeDueAsync(default))]);
        await PassAsync(TimeSpan.FromMinutes(1));

        (await ScalarAsync<int>("select sequence from meeting")).Should().Be(6);
        (await ScalarAsync<string>("select string_agg(distinct substring(calendar from 'SEQUENCE:(\\d+)'), ',' order by substring(calendar from 'SEQUENCE:(\\d+)')) from mail where template = 'meeting-moved'")).Should().Be("1,2,3,4,5,6");
        (await ScalarAsync<long>("select count(*) from outbox o join meeting_reminder r on r.mail_id = o.id where o.state = 'pending'")).Should().Be(2, "each is reminded of what stands");
        (await _house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Answer_OfTheStaff_IsKeptAndRemindsNobodyWhoDeclines()
    {
        await StartAsync(Schedule(audience: "internal"));
        AnswerMeeting answer = new(_house.Queries);
        Guid meeting = await ScalarAsync<Guid>("select id from meeting");
        Guid architect = _house.Staff["li.wei"].Id;
        DateTimeOffset now = _house.Clock.GetUtcNow();
        DateTimeOffset proposed = (await StartsAtAsync()).AddHours(3);

        (await answer.ExecuteAsync(meeting, architect, "Li Wei", "person/li", MeetingAnswer.Proposed, proposed, "After lunch", now, default)).Should().BeTrue();
        (await ScalarAsync<string>("select text_en from timeline_entry order by sequence desc limit 1")).Should().StartWith("Another time proposed: Kick-off").And.EndWith("– After lunch");
        (await answer.ExecuteAsync(meeting, architect, "Li Wei", "person/li", MeetingAnswer.Declined, null, null, now, default)).Should().BeTrue();
        (await answer.ExecuteAsync(meeting, _house.Staff["chen.jing"].Id, "Chen Jing", "person/chen", MeetingAnswer.Declined, null, null, now, default)).Should().BeFalse("the owner arranged it");
        (await answer.ExecuteAsync(meeting, _house.Staff["samuel.osei"].Id, "Samuel Osei", "person/osei", MeetingAnswer.Accepted, null, null, now, default)).Should().BeFalse("he is not invited");

        (await ScalarAsync<long>("select count(*) from audit where act = 'MeetingAnswered'")).Should().Be(2);
        await DispatchToTheEndAsync();
        _sent.Where(sent => sent.EndsWith("reminder", StringComparison.Ordinal)).Should().Equal($"{Owner} meeting-reminder");
    }

    [Fact]
    public async Task Answer_ProposesATimeToWhichTheMeetingIsMoved_CountsAsAccepted()
    {
        await StartAsync(Schedule(audience: "internal"));
        Guid meeting = await ScalarAsync<Guid>("select id from meeting");
        DateTimeOffset proposed = (await StartsAtAsync()).AddHours(3);
        await new AnswerMeeting(_house.Queries).ExecuteAsync(meeting, _house.Staff["li.wei"].Id, "Li Wei", "person/li", MeetingAnswer.Proposed, proposed, null, _house.Clock.GetUtcNow(), default);

        await Change().MoveAsync(await ActAsync("As Li Wei wishes"), proposed, null, null, _house.Clock.GetUtcNow(), default);

        (await ScalarAsync<string>("select string_agg(answer, ',' order by position) from meeting_invitee")).Should().Be("accepted,accepted");
    }

    [Fact]
    public async Task Series_OfSeveralInstances_IsEventsOfTheirOwnThatNameTheFirst()
    {
        await StartAsync(Schedule(audience: "internal", extra: [("series", Literal("Weekly"))]));
        _house.Clock.Set(_house.Clock.GetUtcNow().AddHours(1));
        await _house.StartAsync("talk", Client);

        Guid first = await ScalarAsync<Guid>("select id from meeting order by created_at limit 1");
        Guid engagement = await ScalarAsync<Guid>("select min(engagement_id::text)::uuid from meeting");
        (await ScalarAsync<string>("select calendar from mail where recipient = $1 and template = 'meeting-invited' order by sequence limit 1", Owner)).Should().Contain($"UID:{first}").And.NotContain("RELATED-TO");
        (await ScalarAsync<string>("select calendar from mail where recipient = $1 and template = 'meeting-invited' order by sequence desc limit 1", Owner)).Should().Contain($"RELATED-TO;RELTYPE=SIBLING:{first}\n").And.NotContain($"UID:{first}");
        (await new GetMeeting(_house.Queries).OfSeriesAsync(engagement, "Weekly", null, default)).Select(one => one.Meeting.SeriesFirst).Should().BeEquivalentTo(new Guid?[] { null, first });
    }

    [Fact]
    public async Task List_ByTimeStateAndPerson_GoesPageByPage()
    {
        for (int i = 0; i < 3; i++)
            await StartAsync(Schedule(audience: "internal"));
        ListMeetings list = new(_house.Queries);
        DateTimeOffset now = _house.Clock.GetUtcNow();
        Guid architect = _house.Staff["li.wei"].Id;

        ListPage<MeetingLine> first = await list.ExecuteAsync(new(PersonId: architect), null, 2, now, default);
        ListPage<MeetingLine> second = await list.ExecuteAsync(new(PersonId: architect), first.Next, 2, now, default);

        first.Items.Concat(second.Items).Select(line => line.Id).Distinct().Should().HaveCount(3);
        second.Next.Should().BeNull();
        first.Items[0].OwnAnswer.Should().Be(MeetingAnswer.None);
        (await list.ExecuteAsync(new(PersonId: _house.Staff["samuel.osei"].Id), null, 10, now, default)).Items.Should().BeEmpty();
        (await list.ExecuteAsync(new(State: MeetingState.Cancelled), null, 10, now, default)).Items.Should().BeEmpty();
        (await list.ExecuteAsync(new(IsPast: true), null, 10, now, default)).Items.Should().BeEmpty();
        ListPage<MeetingLine> past = await list.ExecuteAsync(new(IsPast: true), null, 2, now.AddDays(30), default);
        (await list.ExecuteAsync(new(IsPast: true), past.Next, 2, now.AddDays(30), default)).Items.Should().ContainSingle();
    }

    [Fact]
    public async Task List_OfAnEngagementThatIsOpenToItsReadersAlone_IsShownToThem()
    {
        await StartAsync(Schedule(audience: "internal", extra: [("series", Literal("Weekly"))]));
        Guid engagement = await ScalarAsync<Guid>("select engagement_id from meeting");
        Guid reader = _house.Staff["li.wei"].Id;
        await ScalarAsync<object>("insert into internal_engagement (engagement_id, kind, readers, opened_at) values ($1, 'team', array[$2::uuid], now())", engagement, reader);
        ListMeetings list = new(_house.Queries);
        DateTimeOffset now = _house.Clock.GetUtcNow();

        (await list.ExecuteAsync(new() { Viewer = reader }, null, 10, now, default)).Items.Should().ContainSingle();
        (await list.ExecuteAsync(new() { Viewer = _house.Staff["samuel.osei"].Id }, null, 10, now, default)).Items.Should().BeEmpty();
        (await list.ExecuteAsync(new(IsPast: true), null, 10, now.AddDays(60), default)).Items.Should().BeEmpty("a program is nobody's reader");
        (await new GetMeeting(_house.Queries).OfSeriesAsync(engagement, "Weekly", null, default)).Should().BeEmpty();
        (await new GetMeeting(_house.Queries).OfPersonAsync(reader, now, default)).Should().ContainSingle();
    }

    private ChangeMeeting Change() => new(_house.Queries, _house.Settings, TimeZoneInfo.Utc, new CommitSignals(DatabaseClock.Played(_house.Clock)));

    private async Task<MeetingAct> ActAsync(string reason, string? message = null) =>
        new(await ScalarAsync<Guid>("select id from meeting"), await ScalarAsync<long>("select revision from meeting"), "person/test", "Test", reason, message);
}
