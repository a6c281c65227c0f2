using EngagementFlows.Engine.Instances;

namespace EngagementFlows.Postgres.Tests.Meetings;

/// <summary>What came of a meeting.</summary>
public sealed partial class MeetingTests
{
    [Fact]
    public async Task Minutes_AfterTheMeeting_AreAskedForOnceAndMarkIt()
    {
        Guid instance = await StartAsync(Schedule(audience: "internal"), Activity("CollectMinutes", ("meeting", Variable("Meeting")), ("title", Literal("Write the minutes")), ("titleZh", Literal("填写会议记录"))));
        DateTimeOffset endsAt = (await StartsAtAsync()).AddMinutes(45);
        await PassAsync(endsAt - _house.Clock.GetUtcNow() - TimeSpan.FromMinutes(1));
        (await ScalarAsync<long>("select count(*) from task")).Should().Be(0, "it is not over");
        await PassAsync(TimeSpan.FromMinutes(2));
        Guid task = await ScalarAsync<Guid>("select id from task");

        (await _house.CompleteAsync(task, _house.Staff["chen.jing"], "Held")).Result!.Kind.Should().Be(TransitionKind.Applied);
        (await _house.CompleteAsync(task, _house.Staff["chen.jing"], "Missed")).Result.Should().BeNull("the minutes were sent before");

        (await ScalarAsync<string>("select state from meeting")).Should().Be("held");
        (await ScalarAsync<string>("select status from instance where id = $1", instance)).Should().Be("finished");
    }

    [Fact]
    public async Task Minutes_OfAMeetingThatWasMissed_NeedNoForm()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "talk/forms"));
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "talk/forms/minutes.json"),
            """{"title":{"default":"Minutes","zh-cn":"会议纪要"},"pages":[{"name":"p","elements":[{"type":"comment","name":"points","title":{"default":"Points","zh-cn":"要点"},"isRequired":true}]}]}""");
        await StartAsync(Schedule(audience: "internal"), Activity("CollectMinutes", ("meeting", Variable("Meeting")), ("title", Literal("Write the minutes")), ("titleZh", Literal("填写会议记录")), ("form", Literal("forms/minutes.json"))));
        await PassAsync((await StartsAtAsync()).AddHours(1) - _house.Clock.GetUtcNow());
        Guid task = await ScalarAsync<Guid>("select id from task");

        (await _house.CompleteAsync(task, _house.Staff["chen.jing"], "Held")).Prepared.Faults.Should().ContainSingle();
        (await _house.CompleteAsync(task, _house.Staff["chen.jing"], "Missed", "The client did not come.")).Result!.Kind.Should().Be(TransitionKind.Applied);

        (await ScalarAsync<string>("select state from meeting")).Should().Be("missed");
        (await ScalarAsync<long>("select count(*) from form_answer")).Should().Be(0);
    }
}
