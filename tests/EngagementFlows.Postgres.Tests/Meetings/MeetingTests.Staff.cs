using EngagementFlows.Engagements.Forms;
using EngagementFlows.Engagements.Links;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Links;
using EngagementFlows.Postgres.Meetings;
using EngagementFlows.Testing;
using Npgsql;

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
        (await Change().MoveAsync(await ActAsync("Far"), DateTimeOffset.MaxValue, null, null, _house.Clock.GetUtcNow(), default)).Should().Be(MeetingVerdict.TimeIsFar);
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

        (await answer.ExecuteAsync(meeting, 1, architect, "Li Wei", "person/li", MeetingAnswer.Proposed, proposed, "After lunch", now, default)).Should().Be(MeetingVerdict.Done);
        (await ScalarAsync<string>("select text_en from timeline_entry order by sequence desc limit 1")).Should().StartWith("Another time proposed: Kick-off").And.EndWith("– After lunch");
        (await answer.ExecuteAsync(meeting, 1, architect, "Li Wei", "person/li", MeetingAnswer.Declined, null, null, now, default)).Should().Be(MeetingVerdict.Done);
        (await answer.ExecuteAsync(meeting, 1, _house.Staff["chen.jing"].Id, "Chen Jing", "person/chen", MeetingAnswer.Declined, null, null, now, default)).Should().Be(MeetingVerdict.Over, "the owner arranged it");
        (await answer.ExecuteAsync(meeting, 1, _house.Staff["samuel.osei"].Id, "Samuel Osei", "person/osei", MeetingAnswer.Accepted, null, null, now, default)).Should().Be(MeetingVerdict.Over, "he is not invited");

        (await ScalarAsync<long>("select count(*) from audit where act = 'MeetingAnswered'")).Should().Be(2);
        await DispatchToTheEndAsync();
        _sent.Where(sent => sent.EndsWith("reminder", StringComparison.Ordinal)).Should().Equal($"{Owner} meeting-reminder");
    }

    [Fact]
    public async Task Answer_OfTheStaffToATimeThatIsNoMore_IsNotKept()
    {
        await StartAsync(Schedule(audience: "internal"));
        AnswerMeeting answer = new(_house.Queries);
        Guid meeting = await ScalarAsync<Guid>("select id from meeting");
        Guid architect = _house.Staff["li.wei"].Id;
        DateTimeOffset now = _house.Clock.GetUtcNow();

        // Who answers while it is being moved waits for the move, and then finds that it is another meeting.
        await using NpgsqlConnection mover = await _house.Queries.OpenConnectionAsync();
        await using NpgsqlTransaction move = await mover.BeginTransactionAsync();
        await using (NpgsqlCommand command = new("update meeting set starts_at = starts_at + interval '2 days', ends_at = ends_at + interval '2 days', sequence = 1, revision = revision + 1", mover, move))
            await command.ExecuteNonQueryAsync();
        Task<MeetingVerdict> during = answer.ExecuteAsync(meeting, 1, architect, "Li Wei", "person/li", MeetingAnswer.Accepted, null, null, now, default);
        await WaitersAsync(1);
        await move.CommitAsync();

        (await during).Should().Be(MeetingVerdict.ChangedMeanwhile);
        (await answer.ExecuteAsync(meeting, 1, architect, "Li Wei", "person/li", MeetingAnswer.Accepted, null, null, now, default)).Should().Be(MeetingVerdict.ChangedMeanwhile);
        (await ScalarAsync<string>("select answer from meeting_invitee where person_id = $1", architect)).Should().Be("none");
        (await ScalarAsync<long>("select count(*) from audit where act = 'MeetingAnswered'")).Should().Be(0);
        (await answer.ExecuteAsync(meeting, 2, architect, "Li Wei", "person/li", MeetingAnswer.Accepted, null, null, now, default)).Should().Be(MeetingVerdict.Done);
    }

    [Fact]
    public async Task Answer_OfTheClientOnAPageThatSaysAnotherTime_IsNotTaken()
    {
        await StartAsync(Schedule().Replace("\"proposedAt\"", "\"startsAt\"", StringComparison.Ordinal), Delay);
        Guid link = await LinkAsync();
        PrepareLinkAnswer prepare = new(_house.Queries, _house.Codes);
        LinkAnswer accept = new(link, LinkDecision.Answered, new() { ["answer"] = "accept" }, null) { Seen = LinkAnswer.MarkOf((await new FindLink(_house.Queries).ExecuteAsync(link, default))!.Link) };
        // Checked before the move, sent after it.
        PreparedLinkAnswer early = await prepare.ExecuteAsync(accept, _house.Clock.GetUtcNow(), default);
        DateTimeOffset later = (await StartsAtAsync()).AddDays(2);

        (await Change().MoveAsync(await ActAsync("Room is taken"), later, null, null, _house.Clock.GetUtcNow(), default)).Should().Be(MeetingVerdict.Done);

        (await _house.Engine.Gateway.SubmitAsync(early.Stimulus!, early.Rider, default)).RefusedBy.Should().Be(ConsumeLink.TooLate);
        PreparedLinkAnswer late = await prepare.ExecuteAsync(accept, _house.Clock.GetUtcNow(), default);
        late.IsOutdated.Should().BeTrue();
        late.Stimulus.Should().BeNull();
        (await ScalarAsync<string>("select state from link")).Should().Be("open");
        (await ScalarAsync<string>("select answer from meeting_invitee where contact_id is not null")).Should().Be("none");
        LinkAnswer anew = accept with { Seen = LinkAnswer.MarkOf((await new FindLink(_house.Queries).ExecuteAsync(link, default))!.Link) };
        PreparedLinkAnswer taken = await prepare.ExecuteAsync(anew, _house.Clock.GetUtcNow(), default);
        (await _house.Engine.Gateway.SubmitAsync(taken.Stimulus!, taken.Rider, default)).Kind.Should().Be(TransitionKind.Applied);
        (await ScalarAsync<string>("select answer from meeting_invitee where contact_id is not null")).Should().Be("accepted");
        (await ScalarAsync<string>("select convert_from(state, 'UTF8') from instance")).Should().Contain(later.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", System.Globalization.CultureInfo.InvariantCulture), "the output tells the time that stands");
    }

    [Theory]
    [InlineData("2020-01-01", "日期不得早于")]
    [InlineData("2040-01-01", "不得超过今后十年")]
    [InlineData("9999-12-31", "不得超过今后十年")]
    public async Task Answer_ProposesWhatNoMeetingCanKeep_IsToldAtItsFieldAndUsesNothingUp(string date, string words)
    {
        Guid instance = await StartAsync(Schedule(), Delay, Activity("MoveMeeting", ("meeting", Variable("Meeting")), ("when", Variable("Proposed"))));
        LinkAnswer answer = new(await LinkAsync(), LinkDecision.Answered, new() { ["answer"] = "propose", ["proposedDate"] = date, ["proposedTime"] = "20:30" }, null);

        PreparedLinkAnswer prepared = await new PrepareLinkAnswer(_house.Queries, _house.Codes).ExecuteAsync(answer, _house.Clock.GetUtcNow(), default);

        prepared.Stimulus.Should().BeNull();
        AnswerFault fault = prepared.Faults.Should().ContainSingle().Subject;
        fault.Question.Should().Be("proposedDate");
        fault.Message.ZhCn.Should().Contain(words);
        (await ScalarAsync<string>("select state from link")).Should().Be("open");
        (await ScalarAsync<string>("select status from instance where id = $1", instance)).Should().Be("suspended");
    }

    [Fact]
    public async Task MoveByAFlow_WhileTheClientIsAsked_LetsTheLinksPageSayTheNewTime()
    {
        await StartAsync(Schedule());
        Guid meeting = await ScalarAsync<Guid>("select id from meeting");
        string before = await ScalarAsync<string>("select message from link");

        await StartAnotherAsync(Activity("MoveMeeting", ("meeting", Literal($"{meeting:D}")), ("when", Literal("in 9 working days at 10:00"))));

        (await ScalarAsync<string>("select message from link")).Should().NotBe(before).And.Contain($"{(await StartsAtAsync()).ToOffset(TimeSpan.FromHours(8)):yyyy年M月d日}");
    }

    [Fact]
    public async Task MoveByHand_WhileTheClientIsErased_WaitsWithNothingInItsHands()
    {
        await StartAsync(Schedule(), Delay);
        await using NpgsqlConnection eraser = await _house.Queries.OpenConnectionAsync();
        await using NpgsqlTransaction erasure = await eraser.BeginTransactionAsync();
        await ExecuteAsync("select 1 from client where id = (select e.client_id from engagement e join meeting g on g.engagement_id = e.id) for update");

        Task<MeetingVerdict> moved = Change().MoveAsync(await ActAsync("Room is taken"), (await StartsAtAsync()).AddDays(1), null, null, _house.Clock.GetUtcNow(), default);
        await WaitersAsync(1);

        foreach (string table in new[] { "instance", "meeting", "link" })
            await ExecuteAsync($"select 1 from {table} for update nowait");
        await erasure.RollbackAsync();
        (await moved).Should().Be(MeetingVerdict.Done);

        async Task ExecuteAsync(string sql)
        {
            await using NpgsqlCommand command = new(sql, eraser, erasure);
            await command.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task Answer_ProposesATimeToWhichTheMeetingIsMoved_CountsAsAccepted()
    {
        await StartAsync(Schedule(audience: "internal"));
        Guid meeting = await ScalarAsync<Guid>("select id from meeting");
        DateTimeOffset proposed = (await StartsAtAsync()).AddHours(3);
        await new AnswerMeeting(_house.Queries).ExecuteAsync(meeting, 1, _house.Staff["li.wei"].Id, "Li Wei", "person/li", MeetingAnswer.Proposed, proposed, null, _house.Clock.GetUtcNow(), default);

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

    // How many statements of this database wait for a row that another one has.
    private Task WaitersAsync(long count) => Eventually.TrueAsync(async () =>
        await ScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == count);

    private async Task StartAnotherAsync(string activity)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "other.json"),
            $$"""
            {"id":"other-1","definitionId":"other","name":"other","version":1,"isLatest":true,"isPublished":true,
             "root":{"id":"all-of-the-other","type":"Elsa.Sequence","activities":[{{activity}}] } }
            """);
        await _house.PublishAsync(folder);
        await _house.StartAsync("other", Client);
        (await ScalarAsync<string?>("select min(message) from incident")).Should().BeNull();
    }

    private ChangeMeeting Change() => new(_house.Queries, _house.Settings, TimeZoneInfo.Utc, new CommitSignals(DatabaseClock.Played(_house.Clock)));

    private async Task<MeetingAct> ActAsync(string reason, string? message = null) =>
        new(await ScalarAsync<Guid>("select id from meeting"), await ScalarAsync<long>("select revision from meeting"), "person/test", "Test", reason, message);
}
