using EngagementFlows.Engagements.Links;
using EngagementFlows.Engine.Instances;
using EngagementFlows.Postgres.Meetings;
using EngagementFlows.Scripts;

namespace EngagementFlows.Postgres.Tests.Meetings;

/// <summary>The contact is asked anew when a meeting is moved to which he has answered.</summary>
public sealed partial class MeetingTests
{
    [Fact]
    public async Task MoveByHand_AfterTheClientAnswered_AsksHimAnewByALinkAsOftenAsItMoves()
    {
        Guid instance = await StartAsync(Schedule(), Minutes);
        Guid first = await AnswerAndWaitAsync(new() { ["answer"] = "accept" });

        DateTimeOffset moved = await MoveByDaysAsync(7);

        Guid second = await LinkAsync();
        second.Should().NotBe(first);
        (await SentTextAsync(Contact, "meeting-moved")).Should().Contain("https://clients.example/c/").And.Contain("text/calendar; method=REQUEST");
        (await ScalarAsync<DateTime>("select expires_at from link where id = $1", second)).Should().Be(moved.UtcDateTime);
        (await ScalarAsync<string>("select message from link where id = $1", second)).Should().Contain($"{moved.ToOffset(TimeSpan.FromHours(8)):yyyy年M月d日}");
        (await ScalarAsync<string>("select answer from meeting_invitee where contact_id is not null")).Should().Be("none");
        (await _house.ViolationsAsync()).Should().BeEmpty();

        DateTimeOffset other = moved.ToOffset(TimeSpan.FromHours(8)).AddDays(1);
        await AnswerAndWaitAsync(new() { ["answer"] = "propose", ["proposedDate"] = other.ToString("yyyy-MM-dd"), ["proposedTime"] = "15:30", ["comment"] = "Later, please" });
        (await ScalarAsync<string>("select answer || ': ' || comment from meeting_invitee where contact_id is not null")).Should().Be("proposed: Later, please");
        (await ScalarAsync<string>("select status from instance where id = $1", instance)).Should().Be("suspended", "the flow waits for the meeting's end");
        (await _house.AnswerAsync(second, new() { ["answer"] = "accept" })).Result.Should().BeNull("it was used");

        await MoveByDaysAsync(3);
        (await _house.AnswerAsync(await LinkAsync(), null, LinkDecision.Declined, "No time")).Result!.Kind.Should().Be(TransitionKind.Applied);
        (await ScalarAsync<string>("select answer || ': ' || comment from meeting_invitee where contact_id is not null")).Should().Be("declined: No time");
        (await ScalarAsync<long>("select count(*) from timeline_entry where instance_id = $1 and text_en like 'The client%'", instance)).Should().Be(3);
        await PassAsync((await StartsAtAsync()).AddHours(1) - _house.Clock.GetUtcNow());

        (await ScalarAsync<long>("select count(*) from task")).Should().Be(1, "the minutes are asked for after the new end");
        (await _house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task MoveByHand_AfterTheClientAnswered_TheUnansweredLinkDiesWithTheWaitOrTheMeeting()
    {
        await StartAsync(Schedule(), Minutes);
        await AnswerAndWaitAsync(new() { ["answer"] = "accept" });
        await MoveByDaysAsync(2);
        Guid kept = await LinkAsync();
        await MoveByDaysAsync(2);
        (await LinkAsync()).Should().Be(kept, "an open link asks for the newest time");

        await PassAsync((await StartsAtAsync()).AddHours(1) - _house.Clock.GetUtcNow());

        (await ScalarAsync<string>("select state from link where id = $1", kept)).Should().Be("ended");
        (await _house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task CancelByHand_AfterTheClientWasAskedAnew_TakesTheLinkBack()
    {
        Guid instance = await StartAsync(Schedule(), Minutes);
        await AnswerAndWaitAsync(new() { ["answer"] = "accept" });
        await MoveByDaysAsync(2);
        Guid asked = await LinkAsync();

        (await Change().CancelAsync(await ActAsync("Not needed"), _house.Clock.GetUtcNow(), default)).Should().Be(MeetingVerdict.Done);
        await PassAsync(TimeSpan.FromMinutes(1));

        (await ScalarAsync<string>("select state from link where id = $1", asked)).Should().Be("ended");
        (await ScalarAsync<string>("select status from instance where id = $1", instance)).Should().Be("finished");
        (await _house.ViolationsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task MoveByHand_ToTheTimeThatTheClientProposed_AsksHimNothing()
    {
        await StartAsync(Schedule(), Minutes);
        DateTimeOffset other = (await StartsAtAsync()).ToOffset(TimeSpan.FromHours(8)).AddDays(1);
        await AnswerAndWaitAsync(new() { ["answer"] = "propose", ["proposedDate"] = other.ToString("yyyy-MM-dd"), ["proposedTime"] = "15:30" });

        (await Change().MoveAsync(await ActAsync("As proposed"), new(other.Date.AddHours(7.5), TimeSpan.Zero), null, null, _house.Clock.GetUtcNow(), default)).Should().Be(MeetingVerdict.Done);

        (await ScalarAsync<long>("select count(*) from link where state = 'open'")).Should().Be(0);
        (await ScalarAsync<string>("select answer from meeting_invitee where contact_id is not null")).Should().Be("accepted");
    }

    // The wait for the meeting's end takes its first look in a burst of its own.
    private async Task<Guid> AnswerAndWaitAsync(PlainObject answers)
    {
        Guid link = await LinkAsync();
        (await _house.AnswerAsync(link, answers)).Result!.Kind.Should().Be(TransitionKind.Applied);
        await PassAsync(TimeSpan.FromMinutes(1));
        return link;
    }

    private async Task<DateTimeOffset> MoveByDaysAsync(int days)
    {
        DateTimeOffset later = (await StartsAtAsync()).AddDays(days);
        (await Change().MoveAsync(await ActAsync("Room is taken"), later, null, null, _house.Clock.GetUtcNow(), default)).Should().Be(MeetingVerdict.Done);
        return later;
    }
}
