using System.Text;
using System.Text.Json;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Engagements.Mail.Mime;
using EngagementFlows.Engagements.Meetings;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Engagements.Tests.Meetings;

public sealed class MeetingCalendarTests
{
    // Both hemispheres, half hours, a change of half an hour, a negative summer time, none at all, and UTC.
    private static readonly string[] Zones =
        ["Europe/Berlin", "Europe/London", "Europe/Dublin", "America/New_York", "America/St_Johns", "Asia/Shanghai", "Asia/Kolkata", "Australia/Lord_Howe", "America/Santiago", "Africa/Casablanca", "UTC"];

    private static readonly DateTimeOffset Stamp = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly MeetingGuest Owner = new("Mia \"May\" Chen", "mia@firm.example");
    private static readonly MeetingGuest Contact = new("王芳", "wang@client.example", MeetingAnswer.Accepted);

    [Fact]
    public void Request_ReadByAnother_SaysWhoWhenWhereAndWhat()
    {
        JsonElement read = CalendarReading.Read([MeetingCalendar.Request(Kickoff, Owner, [Owner, Contact], "zh-CN", Stamp, "https://firm.example/c/abc")])[0];

        Text(read, "method").Should().Be("REQUEST");
        Text(read, "uid").Should().Be(Kickoff.Id.ToString("D"));
        read.GetProperty("sequence").GetInt32().Should().Be(2);
        read.GetProperty("start").GetDateTimeOffset().Should().Be(Kickoff.StartsAt);
        read.GetProperty("end").GetDateTimeOffset().Should().Be(Kickoff.EndsAt);
        Text(read, "zone").Should().Be("Europe/Berlin");
        Text(read, "status").Should().Be("CONFIRMED");
        Text(read, "summary").Should().Be("启动会议：目标，计划；其他");
        Text(read, "description").Should().Be("1. 目标\n2. 计划\n\n请在此答复：https://firm.example/c/abc");
        Text(read, "location").Should().Be("Room 3; first floor, left \\ right");
        Text(read.GetProperty("organizer"), "address").Should().Be("mailto:mia@firm.example");
        // The circumflexes of RFC 6868, which old programs show as they are.
        Text(read.GetProperty("organizer"), "name").Should().BeOneOf("Mia \"May\" Chen", "Mia ^'May^' Chen");
        read.GetProperty("attendees").EnumerateArray().Select(guest => (Text(guest, "address"), Text(guest, "answer"))).Should().Equal(
            ("mailto:mia@firm.example", "ACCEPTED"), ("mailto:wang@client.example", "ACCEPTED"));
    }

    [Fact]
    public void Cancel_ReadByAnother_NamesTheSameMeetingAsCancelled()
    {
        JsonElement read = CalendarReading.Read([MeetingCalendar.Cancel(Kickoff with { Sequence = 3 }, Owner, [Owner, Contact], "en", Stamp)])[0];

        (Text(read, "method"), Text(read, "status"), Text(read, "uid"), read.GetProperty("sequence").GetInt32()).Should().Be(("CANCEL", "CANCELLED", Kickoff.Id.ToString("D"), 3));
        Text(read, "summary").Should().Be("Kick-off: goals, plan; others");
    }

    [Fact]
    public void Request_HostileTexts_StayInTheirLines()
    {
        Meeting hostile = Kickoff with { Title = new("x\r\nMETHOD:CANCEL\nEND:VEVENT", "x"), Place = "a\nATTENDEE:mailto:x@y.example\u0007" };
        JsonElement read = CalendarReading.Read([MeetingCalendar.Request(hostile, new("a\r\nb;:,\"^", "a@firm.example"), [], "en", Stamp, null)])[0];

        Text(read, "method").Should().Be("REQUEST");
        Text(read, "summary").Should().Be("x\nMETHOD:CANCEL\nEND:VEVENT");
        read.GetProperty("attendees").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public void Request_LongChineseText_IsFoldedWithinSeventyFiveBytes()
    {
        Meeting wordy = Kickoff with { Agenda = new("a", string.Concat(Enumerable.Repeat("讨论需求与计划，", 100))) };
        string folded = CalendarLines.Fold(MeetingCalendar.Request(wordy, Owner, [Owner, Contact], "zh-CN", Stamp, null).Content);

        folded.Split("\r\n").Should().OnlyContain(line => Encoding.UTF8.GetByteCount(line) <= 75);
        Text(CalendarReading.Read([MeetingCalendar.Request(wordy, Owner, [], "zh-CN", Stamp, null)])[0], "description").Should().Be(wordy.Agenda!.ZhCn);
    }

    [Fact]
    public void Request_AnyInstantInAnyZone_IsReadBackAsThatInstant() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(AnyMeeting(), meeting =>
    {
        CalendarEvent read = CalendarEvent.Read(MeetingCalendar.Request(meeting, Owner, [Owner], "en", Stamp, null).Content).Single();
        return read.Start!.At == meeting.StartsAt && read.End!.At == meeting.EndsAt;
    }));

    [Fact]
    public void Request_InstantsAroundEveryClockChange_AreReadByAnotherFromTheZoneInTheObjectAlone()
    {
        Meeting[] meetings = [.. Zones.SelectMany(Around)];
        IReadOnlyList<JsonElement> read = CalendarReading.Read(meetings.Select(meeting => MeetingCalendar.Request(meeting, Owner, [Owner], "en", Stamp, null)));

        read.Select(one => (one.GetProperty("start").GetDateTimeOffset(), one.GetProperty("end").GetDateTimeOffset()))
            .Should().Equal(meetings.Select(meeting => (meeting.StartsAt, meeting.EndsAt)));
    }

    [Fact]
    public void Publish_ASeries_IsEventsOfTheirOwnThatNameTheFirst()
    {
        Meeting second = Kickoff with { Id = new("0197a000-0000-7000-8000-0000000000d2"), SeriesFirst = Kickoff.Id, StartsAt = Kickoff.StartsAt.AddDays(7), EndsAt = Kickoff.EndsAt.AddDays(7) };
        Meeting third = second with { Id = new("0197a000-0000-7000-8000-0000000000d3"), Zone = "Asia/Shanghai", State = MeetingState.Cancelled, StartsAt = Kickoff.StartsAt.AddDays(14), EndsAt = Kickoff.EndsAt.AddDays(14) };

        string file = MeetingCalendar.Publish([(Kickoff, Owner), (second, Owner), (third, Owner)], "zh-CN", Stamp);
        IReadOnlyList<JsonElement> read = CalendarReading.Read([file]);

        read.Select(one => (Text(one, "uid"), Text(one, "related"), Text(one, "status"))).Should().Equal(
            ($"{Kickoff.Id}", null, "CONFIRMED"), ($"{second.Id}", $"{Kickoff.Id}", "CONFIRMED"), ($"{third.Id}", $"{Kickoff.Id}", "CANCELLED"));
        read.Should().OnlyContain(one => Text(one, "recurrence") == null && Text(one, "method") == "PUBLISH" && one.GetProperty("attendees").GetArrayLength() == 0);
        read.Select(one => one.GetProperty("start").GetDateTimeOffset()).Should().Equal(Kickoff.StartsAt, second.StartsAt, third.StartsAt);
        file.Split("\r\n").Should().OnlyContain(line => Encoding.UTF8.GetByteCount(line) <= 75);
    }

    [Fact]
    public void Publish_BesideAnInvitation_IsTheSameEventForACalendar()
    {
        JsonElement mailed = CalendarReading.Read([MeetingCalendar.Request(Kickoff, Owner, [Owner, Contact], "en", Stamp, null)])[0];
        JsonElement downloaded = CalendarReading.Read([MeetingCalendar.Publish([(Kickoff, Owner)], "en", Stamp)])[0];

        (Text(downloaded, "uid"), downloaded.GetProperty("sequence").GetInt32(), Text(downloaded, "summary")).Should().Be((Text(mailed, "uid"), mailed.GetProperty("sequence").GetInt32(), Text(mailed, "summary")));
    }

    // Every half hour from two hours before to two hours after each change of two years, and once a month.
    private static IEnumerable<Meeting> Around(string name)
    {
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        DateTimeOffset from = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (DateTimeOffset at = from; at < from.AddYears(2); at += TimeSpan.FromMinutes(30))
        {
            bool isNearChange = zone.GetUtcOffset(at.AddHours(-2)) != zone.GetUtcOffset(at.AddHours(2));
            if (isNearChange || at is { Day: 1, Hour: 12, Minute: 0 })
                yield return Kickoff with { Zone = name, StartsAt = at, EndsAt = at.AddMinutes(90) };
        }
    }

    private static Arbitrary<Meeting> AnyMeeting() => (
        from zone in Gen.Elements(Zones)
        from minutes in Gen.Choose(0, 60 * 24 * 365 * 15)
        from length in Gen.Choose(1, 600)
        let start = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes)
        select Kickoff with { Zone = zone, StartsAt = start, EndsAt = start.AddMinutes(length) }).ToArbitrary();

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static Meeting Kickoff { get; } = new()
    {
        Id = new("0197a000-0000-7000-8000-0000000000d1"),
        EngagementId = FakeContext.Engagement,
        InstanceId = Guid.Empty,
        Title = new("Kick-off: goals, plan; others", "启动会议：目标，计划；其他"),
        Agenda = new("1. Goals\n2. Plan", "1. 目标\n2. 计划"),
        Audience = MeetingAudience.Client,
        Place = "Room 3; first floor, left \\ right",
        StartsAt = new(2026, 3, 30, 8, 0, 0, TimeSpan.Zero),
        EndsAt = new(2026, 3, 30, 9, 30, 0, TimeSpan.Zero),
        Zone = "Europe/Berlin",
        Sequence = 2,
    };
}
