using System.Globalization;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Meetings;
using EngagementFlows.Engagements.Rehearsal;
using EngagementFlows.Engagements.Schedules;
using EngagementFlows.Engine.Activities;
using EngagementFlows.Engine.Definitions;
using EngagementFlows.Scripts;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Engagements.Tests.Schedules;

public sealed class WaitForRecurrenceTests
{
    // Monday 2026-03-02, 17:00 by the clocks of Shanghai.
    private static readonly PlainObject House = new()
    {
        ["firm"] = new PlainObject { ["zone"] = "Europe/Berlin", ["country"] = "DE" },
        ["client"] = new PlainObject { ["zone"] = "Asia/Shanghai", ["country"] = "CN" },
    };

    [Theory]
    [InlineData("weekly", "2026-03-09T02:00:00Z")]
    [InlineData("每周", "2026-03-09T02:00:00Z")]
    [InlineData("monthly", "2026-04-02T02:00:00Z")]
    [InlineData("Quarterly", "2026-06-02T02:00:00Z")]
    [InlineData("FREQ=WEEKLY;BYDAY=WE", "2026-03-04T02:00:00Z")]
    [InlineData("RRULE:FREQ=MONTHLY;BYDAY=1MO", "2026-04-07T02:00:00Z")] // 6 April is Qingming.
    public void Execute_EachFormOfRule_WaitsForItsNextOccurrence(string rule, string expected) => Occurs(Context(("rule", rule))).Should().Be(Instant(expected));

    [Theory]
    [InlineData("next", "2026-10-08T02:00:00Z")]
    [InlineData("previous", "2026-09-30T02:00:00Z")]
    [InlineData("keep", "2026-10-05T02:00:00Z")]
    public void Execute_OnAHoliday_MovesAsWanted(string freeDays, string expected) =>
        Occurs(Context(("rule", "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=5"), ("freeDays", freeDays))).Should().Be(Instant(expected));

    [Theory]
    [InlineData("2026-01-31", "2026-02-28", "2026-02-28")]
    [InlineData("2026-01-31", "2026-03-01", "2026-03-31")]
    [InlineData("2026-01-30", "2028-02-10", "2028-02-29")]
    public void Execute_MonthlyFromTheEndOfAMonth_ComesEachMonth(string start, string after, string expected) =>
        DateOnly.FromDateTime(Occurs(Context(("rule", "monthly"), ("start", start), ("after", after + "T00:00"), ("freeDays", "keep"), ("clock", "2026-02-01T00:00:00Z"))).UtcDateTime)
            .Should().Be(DateOnly.Parse(expected, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("5 working days", "2026-03-25T02:00:00Z")]
    [InlineData("4 working hours", "2026-03-31T07:00:00Z")]
    [InlineData("7.00:00:00", "2026-03-25T02:00:00Z")]
    public void Execute_WithLead_EndsSoMuchEarlier(string lead, string wakes)
    {
        FakeContext context = Context(("rule", "FREQ=MONTHLY;BYMONTHDAY=1"), ("lead", lead));

        WaitRequest wait = new WaitForRecurrence().Execute(context).Waits.Should().ContainSingle().Subject;
        context.Clock = wait.DueAt!.Value;
        ActivityResult result = new WaitForRecurrence().Resume(context, context.Bookmark(wait), new());

        wait.DueAt.Should().Be(Instant(wakes));
        result.Outputs!["occursAt"].Should().Be(Instant("2026-04-01T02:00:00Z"));
        (result.Outputs["day"], result.Outputs["dayZh"], result.Outputs["startsOn"], result.Outputs["isProvisional"]).Should().Be(("Wed 1 Apr 2026", "2026年4月1日（周三）", "2026-03-02", false));
    }

    [Theory]
    [InlineData("20 working days")]
    [InlineData("9999999.00:00:00")]
    public void Execute_WhenTheLeadIsOver_GoesOnAtOnce(string lead)
    {
        ActivityResult result = new WaitForRecurrence().Execute(Context(("rule", "weekly"), ("lead", lead)));

        result.Waits.Should().BeEmpty();
        result.Outputs!["occursAt"].Should().Be(Instant("2026-03-09T02:00:00Z"));
    }

    [Fact]
    public void Execute_AfterALateRound_KeepsTheRhythmAndPassesOverWhatNobodyWaitedFor()
    {
        FakeContext late = Context(("rule", "weekly"), ("after", Instant("2026-03-03T02:00:00Z")), ("start", "2026-02-02"), ("clock", "2026-03-19T08:00:00Z"));

        Occurs(late).Should().Be(Instant("2026-03-23T02:00:00Z"), "the rhythm is that of Mondays, though the round before was moved to a Tuesday and the one after is long over");
    }

    [Fact]
    public void Execute_AfterAnOccurrenceThatLiesAhead_GivesTheOneBehindIt() =>
        Occurs(Context(("rule", "weekly"), ("after", "2026-03-09T10:00"), ("start", "2026-03-02"))).Should().Be(Instant("2026-03-16T02:00:00Z"));

    [Fact]
    public void Execute_AfterADate_DoesNotComeOnIt() =>
        Occurs(Context(("rule", "weekly"), ("after", "2026-03-09"))).Should().Be(Instant("2026-03-16T02:00:00Z"));

    [Fact]
    public void Resume_WhenTheYearWasPublishedMeanwhileAndTheOccurrenceMovedOn_WaitsForTheOneThatHolds()
    {
        FakeContext context = Context(("rule", "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=4"), ("after", "2027-01-01"));
        ActivityResult first = new WaitForRecurrence().Execute(context);
        // Published: the calendar of Germany, whose days are known for that year, stands for the one that has other days. 4 October 2027 is a Monday.
        context.State["calendar"] = "firm";
        context.Clock = first.Waits[0].DueAt!.Value;

        ActivityResult again = new WaitForRecurrence().Resume(context, context.Bookmark(first.Waits[0]), new());

        WaitRequest wait = again.Waits.Should().ContainSingle().Subject;
        wait.Id.Should().NotBe(first.Waits[0].Id);
        wait.DueAt.Should().Be(Instant("2027-10-04T08:00:00Z"));
        context.Clock = wait.DueAt!.Value;
        ActivityResult done = new WaitForRecurrence().Resume(context, context.Bookmark(wait), new());
        (done.Outputs!["occursAt"], done.Outputs["isProvisional"]).Should().Be((wait.DueAt, false));
    }

    [Theory]
    [InlineData("next", true)]
    [InlineData("keep", false)]
    public void Execute_IntoAYearWhoseHolidaysAreNotPublished_IsProvisionalWhereDaysCount(string freeDays, bool isProvisional)
    {
        FakeContext context = Context(("rule", "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=12"), ("after", "2027-01-01"), ("freeDays", freeDays));
        WaitRequest wait = new WaitForRecurrence().Execute(context).Waits[0];
        context.Clock = wait.DueAt!.Value;

        new WaitForRecurrence().Resume(context, context.Bookmark(wait), new()).Outputs!["isProvisional"].Should().Be(isProvisional);
    }

    [Theory]
    [InlineData("rule", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "*'rule'*never comes*30 February*")]
    [InlineData("rule", "FREQ=FORTNIGHTLY", "*'rule'*FREQ is 'FORTNIGHTLY'*weekly, monthly, quarterly*")]
    [InlineData("rule", "sometimes", "*'sometimes' is no rhythm*")]
    [InlineData("rule", "FREQ=WEEKLY;UNTIL=20260301", "*does not come after*UNTIL*")]
    [InlineData("rule", "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", "*does not come after*INTERVAL*")]
    [InlineData("at", "25:00", "*'at'*10:00*")]
    [InlineData("after", "tomorrow", "*'after'*2026-03-30*")]
    [InlineData("start", "9999-12-31", "*'start'*2026-03-30*")]
    [InlineData("lead", "5 days", "*'lead'*5 days*")]
    [InlineData("freeDays", "skip", "*'freeDays'*next, previous, keep*")]
    [InlineData("calendar", "Mars/Base", "*no calendar 'Mars/Base'*")]
    public void Execute_WhatCannotBe_SaysTheRule(string input, string value, string words)
    {
        FakeContext context = Context(("rule", "weekly"), (input, value));

        Action execute = () => new WaitForRecurrence().Execute(context);

        execute.Should().Throw<ActivityFaultException>().WithMessage(words);
    }

    [Theory]
    [InlineData("rule", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")]
    [InlineData("rule", "FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31")]
    [InlineData("rule", "fortnightly")]
    [InlineData("at", "noon")]
    [InlineData("after", "soon")]
    [InlineData("start", "2026-02-30")]
    [InlineData("lead", "-1 working days")]
    public void Validate_LiteralThatCannotBe_IsAFaultOfItsField(string input, string value)
    {
        ActivityCatalog activities = new([.. ElsaActivities.All, .. EngagementActivities.All]);
        string other = input == "rule" ? "" : """ "rule": { "typeName": "String", "expression": { "type": "Literal", "value": "weekly" } }, """;
        string json = $$"""
            { "definitionId": "d", "id": "d1", "name": "d", "version": 1, "root": { "id": "Root", "type": "Elsa.Sequence", "activities": [
                { "id": "Wait", "type": "EngagementFlows.WaitForRecurrence", {{other}}
                  "{{input}}": { "typeName": "String", "expression": { "type": "Literal", "value": "{{value}}" } } } ] } }
            """;
        WorkflowDefinition definition = DefinitionReader.Read(json, activities).Definition!;

        IEnumerable<DefinitionFault> faults = DefinitionValidator.Validate(definition, DefinitionCatalogue.Create(activities, [definition])).Where(fault => fault.Severity == FaultSeverity.Fault);

        faults.Should().ContainSingle().Which.Field.Should().Be(input);
    }

    // Whatever rule, zone, day and hour, over all changes of clocks: it lies ahead, comes at its local time (moved by a gap alone) on a working day, and a loop meets each occurrence once.
    [Fact]
    public void Loop_AnyRhythm_MeetsEachOccurrenceOnceAtItsTimeHoweverLateItIs()
    {
        string[] rules = ["weekly", "monthly", "quarterly", "FREQ=DAILY", "FREQ=MONTHLY;BYDAY=-1SU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU"];
        string[] zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Santiago", "Africa/Cairo"];
        string[] times = ["00:00", "02:15", "2:30", "03:00", "10:00", "23:59"];
        string[] freeDays = ["next", "previous", "keep"];
        Gen<(int Rule, int Zone, int Time, int Free, int Hours, int Late)> gen =
            from rule in Gen.Choose(0, rules.Length - 1)
            from zone in Gen.Choose(0, zones.Length - 1)
            from time in Gen.Choose(0, times.Length - 1)
            from free in Gen.Choose(0, 2)
            from hours in Gen.Choose(0, 17_000)
            from late in Gen.Choose(0, 60)
            select (rule, zone, time, free, hours, late);
        Prop.ForAll(gen.ToArbitrary(), one =>
        {
            TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(zones[one.Zone]);
            RehearsedHouse house = new(new() { ["client"] = new PlainObject { ["zone"] = zone.Id, ["country"] = "DE" } });
            WorkCalendar calendar = (WorkCalendar)house.Answer(new CalendarAsked(FakeContext.Engagement, CalendarAsked.OfClient))!;
            DateTimeOffset now = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(one.Hours);
            PlainObject inputs = new() { ["rule"] = rules[one.Rule], ["at"] = times[one.Time], ["freeDays"] = freeDays[one.Free] };
            DateTimeOffset? before = null;
            for (int round = 0; round < 4; round++)
            {
                FakeContext context = new(inputs) { Clock = now, House = house };
                ActivityResult waiting = new WaitForRecurrence().Execute(context);
                DateTimeOffset wake = waiting.Waits.Should().ContainSingle().Which.DueAt!.Value;
                context.Clock = wake.AddHours(one.Late);
                ActivityResult done = new WaitForRecurrence().Resume(context, context.Bookmark(waiting.Waits[0]), new());
                DateTimeOffset occursAt = (DateTimeOffset)done.Outputs!["occursAt"]!;
                DateTime local = TimeZoneInfo.ConvertTime(occursAt, zone).DateTime;
                DateTime wish = local.Date + TimeOnly.ParseExact(times[one.Time], "H:mm", CultureInfo.InvariantCulture).ToTimeSpan();
                bool isRight = occursAt == wake && occursAt > now && (before is null || occursAt > before)
                    && occursAt == WallClock.ToInstant(wish, zone)
                    && (freeDays[one.Free] == "keep" || calendar.IsWorkingDay(DateOnly.FromDateTime(local)));
                if (!isRight)
                    return false;
                before = occursAt;
                now = context.Clock;
                inputs["after"] = occursAt;
                inputs["start"] = done.Outputs["startsOn"];
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void When_OfAMeeting_TakesTheOccurrenceAsItIs()
    {
        DateTimeOffset occursAt = Occurs(Context(("rule", "weekly")));
        FakeContext context = new(new() { ["title"] = "Review", ["titleZh"] = "回顾", ["when"] = occursAt }) { House = new(House) };

        new ScheduleMeeting().Execute(context).Effects.OfType<MeetingPlanned>().Single().Meeting.StartsAt.Should().Be(occursAt);
    }

    private static DateTimeOffset Occurs(FakeContext context)
    {
        WaitRequest wait = new WaitForRecurrence().Execute(context).Waits.Should().ContainSingle().Subject;
        context.State["occursAt"].Should().Be(wait.DueAt);
        return wait.DueAt!.Value;
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static FakeContext Context(params (string Name, object Value)[] inputs)
    {
        PlainObject given = new();
        foreach ((string name, object value) in inputs)
            given[name] = value;
        return new(given) { House = new(House), Clock = given["clock"] is string clock ? Instant(clock) : FakeContext.Start };
    }
}
