using System.Globalization;
using EngagementFlows.Engagements.Schedules;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Engagements.Tests.Schedules;

public sealed class RecurrenceRuleTests
{
    [Fact]
    public void From_RecordedRules_AgreesWithRrule()
    {
        PlainList cases = (PlainList)PlainJson.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Schedules", "rrule-cases.json")))!;
        List<string> different = [];
        foreach (PlainObject one in cases.Cast<PlainObject>())
        {
            string text = (string)one["text"]!;
            DateTime start = Parse((string)one["start"]!);
            DateTime[] wanted = [.. ((PlainList)one["dates"]!).Select(date => Parse((string)date!))];
            DateTime[] found = [.. Rule(text).From(start, DateTime.MinValue).TakeWhile(date => date.Year < 2040).Take(12)];
            if (!found.SequenceEqual(wanted))
                different.Add($"{start:s} {text}: {Shown(found)} instead of {Shown(wanted)}");
        }

        cases.Count.Should().BeGreaterThan(700);
        different.Should().BeEmpty();
    }

    // What is looked at from the middle must be what is met on the way from the beginning.
    [Fact]
    public void From_LaterPlace_ContinuesTheSameOccurrences()
    {
        PlainList cases = (PlainList)PlainJson.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Schedules", "rrule-cases.json")))!;
        Gen<(int Case, int Days)> gen = from index in Gen.Choose(0, cases.Count - 1) from days in Gen.Choose(0, 3000) select (index, days);
        Prop.ForAll(gen.ToArbitrary(), one =>
        {
            PlainObject recorded = (PlainObject)cases[one.Case]!;
            DateTime start = Parse((string)recorded["start"]!);
            DateTime from = start.AddDays(one.Days);
            RecurrenceRule rule = Rule((string)recorded["text"]!);
            return rule.From(start, from).TakeWhile(date => date.Year < 2050).Take(5)
                .SequenceEqual(rule.From(start, DateTime.MinValue).TakeWhile(date => date.Year < 2050).SkipWhile(date => date < from).Take(5));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("FREQ=MONTHLY;BYDAY=1MO", "2026-03-02", "2026-04-06", "2026-05-04")]
    [InlineData("RRULE:FREQ=MONTHLY;BYDAY=-1FR", "2026-03-27", "2026-04-24", "2026-05-29")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-03-31", "2026-04-30", "2026-05-29")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=31", "2026-03-31", "2026-05-31", "2026-07-31")]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2028-02-29", "2032-02-29", "2036-02-29")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO", "2026-03-03", "2026-03-08", "2026-03-17")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", "2026-03-03", "2026-03-15", "2026-03-17")]
    [InlineData("FREQ=MONTHLY;BYDAY=FR,1MO", "2026-03-02", "2026-03-06", "2026-03-13")]
    public void From_Rule_HasItsDates(string text, string first, string second, string third) =>
        Rule(text).From(new(2026, 3, 2, 9, 0, 0), DateTime.MinValue).Take(3).Select(date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Should().Equal(first, second, third);

    [Theory]
    [InlineData("FREQ=DAILY;UNTIL=20260303", 2)]
    [InlineData("FREQ=DAILY;UNTIL=20260303T085959", 1)]
    [InlineData("FREQ=DAILY;UNTIL=20260303T010000Z", 2)] // Nine o'clock in Shanghai.
    [InlineData("FREQ=DAILY;UNTIL=20260303T005959Z", 1)]
    [InlineData("FREQ=DAILY;COUNT=4", 4)]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", 0)]
    public void From_RuleWithAnEnd_EndsThere(string text, int count)
    {
        RecurrenceRuleReader.TryRead(text, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), out RecurrenceRule? rule, out LocalizedText? problem).Should().BeTrue(problem?.En);

        rule!.From(new(2026, 3, 2, 9, 0, 0), DateTime.MinValue).Should().HaveCount(count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("INTERVAL=2")]
    [InlineData("FREQ=HOURLY")]
    [InlineData("FREQ=DAILY;INTERVAL=0")]
    [InlineData("FREQ=DAILY;INTERVAL=1001")]
    [InlineData("FREQ=DAILY;COUNT=0")]
    [InlineData("FREQ=DAILY;COUNT=2;UNTIL=20260303")]
    [InlineData("FREQ=DAILY;UNTIL=tomorrow")]
    [InlineData("FREQ=WEEKLY;BYDAY=1MO")]
    [InlineData("FREQ=WEEKLY;BYMONTHDAY=1")]
    [InlineData("FREQ=MONTHLY;BYDAY=6MO")]
    [InlineData("FREQ=MONTHLY;BYDAY=0MO")]
    [InlineData("FREQ=MONTHLY;BYDAY=XX")]
    [InlineData("FREQ=MONTHLY;BYDAY=M")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=32")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=0")]
    [InlineData("FREQ=MONTHLY;BYMONTH=13")]
    [InlineData("FREQ=MONTHLY;BYSETPOS=1")]
    [InlineData("FREQ=DAILY;BYHOUR=9")]
    [InlineData("FREQ=DAILY;FREQ=DAILY")]
    [InlineData("FREQ=DAILY;WKST=XX")]
    [InlineData("FREQ")]
    [InlineData("FREQ=")]
    public void TryRead_BadRule_SaysWhatIsWrongInBothLanguages(string text)
    {
        RecurrenceRuleReader.TryRead(text, TimeZoneInfo.Utc, out _, out LocalizedText? problem).Should().BeFalse();

        problem!.En.Should().EndWith(".");
        problem.ZhCn.Should().EndWith("。");
    }

    private static RecurrenceRule Rule(string text)
    {
        RecurrenceRuleReader.TryRead(text, TimeZoneInfo.Utc, out RecurrenceRule? rule, out LocalizedText? problem).Should().BeTrue($"{text}: {problem?.En}");
        return rule!;
    }

    private static DateTime Parse(string text) => DateTime.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Shown(IEnumerable<DateTime> dates) => string.Join(' ', dates.Select(date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
}
