using EngagementFlows.Engine.Scheduling;
using EngagementFlows.Engine.Values;
using EngagementFlows.Scripts;
using FsCheck;
using FsCheck.Fluent;

namespace EngagementFlows.Engine.Tests.Scheduling;

public sealed class CronExpressionTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void Next_RecordedExpressions_AgreesWithCronParser()
    {
        PlainList cases = (PlainList)PlainJson.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Scheduling", "cron-cases.json")))!;
        List<string> different = [];
        foreach (PlainObject one in cases.Cast<PlainObject>())
        {
            CronExpression cron = Parse((string)one["text"]!);
            DateTimeOffset at = DateTimeOffset.Parse((string)one["from"]!);
            foreach (object? next in (PlainList)one["next"]!)
            {
                DateTimeOffset wanted = DateTimeOffset.Parse((string)next!);
                DateTimeOffset? found = cron.Next(at, TimeZoneInfo.FindSystemTimeZoneById((string)one["zone"]!));
                if (found != wanted)
                {
                    different.Add($"{cron} after {at:u}: {found:u} instead of {wanted:u}");
                    break;
                }

                at = wanted;
            }
        }

        cases.Count.Should().BeGreaterThan(500);
        different.Should().BeEmpty();
    }

    [Theory]
    [InlineData("0 30 2 * * *", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z")] // The gap from 02:00 to 03:00: served at its end.
    [InlineData("0 30 2 * * *", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("0 30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")] // The hour that comes twice: the first.
    [InlineData("0 30 2 * * *", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("0 */30 * * * *", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z")] // By the clock: both hours.
    [InlineData("0 */30 * * * *", "2026-03-29T00:45:00Z", "2026-03-29T01:00:00Z")]
    public void Next_AroundChangesOfTheClock_ComesTrueAsPromised(string text, string after, string expected) =>
        Parse(text).Next(DateTimeOffset.Parse(after), Berlin).Should().Be(DateTimeOffset.Parse(expected));

    // A year through every change of the clock: north and south, half an hour, odd offsets, none.
    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("America/Santiago")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("Asia/Shanghai")]
    public void Next_DailyForAYear_ComesTrueOnceOnEachLocalDay(string zone)
    {
        TimeZoneInfo local = TimeZoneInfo.FindSystemTimeZoneById(zone);
        foreach (string text in new[] { "0 0 0 * * *", "0 45 1 * * *", "0 15 2 * * *", "0 0 3 * * *", "0 30 23 * * *" })
        {
            CronExpression cron = Parse(text);
            DateTimeOffset at = DateTimeOffset.Parse("2026-01-01T12:00:00Z");
            List<DateTimeOffset> instants = [];
            while (instants.Count < 366)
                instants.Add(at = cron.Next(at, local)!.Value);

            DateOnly[] days = [.. instants.Select(instant => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, local).DateTime))];
            days.Should().Equal(Enumerable.Range(0, 366).Select(day => days[0].AddDays(day)), $"'{text}' in {zone}");
        }
    }

    [Theory]
    [InlineData("0 0 12 L * ?", "2026-02-01T00:00:00Z", "2026-02-28T12:00:00Z")]
    [InlineData("0 0 12 L-2 * ?", "2026-02-01T00:00:00Z", "2026-02-26T12:00:00Z")]
    [InlineData("0 0 12 LW * ?", "2026-02-01T00:00:00Z", "2026-02-27T12:00:00Z")]
    [InlineData("0 0 12 1W * ?", "2026-08-01T00:00:00Z", "2026-08-03T12:00:00Z")]
    [InlineData("0 0 12 15W * ?", "2026-02-01T00:00:00Z", "2026-02-16T12:00:00Z")]
    [InlineData("0 0 12 ? * MON#2", "2026-02-01T00:00:00Z", "2026-02-09T12:00:00Z")]
    [InlineData("0 0 12 ? * 5L", "2026-02-01T00:00:00Z", "2026-02-27T12:00:00Z")]
    [InlineData("0 0 13 13 * FRI", "2026-01-01T00:00:00Z", "2026-02-13T13:00:00Z")]
    [InlineData("0 0 0 29 2 ?", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("@daily", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")]
    public void Next_SpecialForms_FindTheirDay(string text, string after, string expected) =>
        Parse(text).Next(DateTimeOffset.Parse(after), TimeZoneInfo.Utc).Should().Be(DateTimeOffset.Parse(expected));

    [Theory]
    [InlineData("")]
    [InlineData("* * * * *")]
    [InlineData("60 * * * * *")]
    [InlineData("* * 24 * * *")]
    [InlineData("* * * 0 * *")]
    [InlineData("* * * * 13 *")]
    [InlineData("* * * * * 8")]
    [InlineData("*/0 * * * * *")]
    [InlineData("a * * * * *")]
    [InlineData("1-2-3 * * * * *")]
    [InlineData("? * * * * *")]
    public void TryParse_BadText_SaysWhatIsWrong(string text)
    {
        CronExpression.TryParse(text, CronFormat.Seconds, out _, out string? problem).Should().BeFalse();
        problem.Should().EndWith(".").And.NotBeNullOrWhiteSpace();
    }

    [Fact]
    public void TryParse_FiveFields_IsTheStandardFormat()
    {
        CronExpression.TryParse("30 9 * * MON-FRI", CronFormat.Standard, out CronExpression? cron, out string? _).Should().BeTrue();

        cron!.Next(DateTimeOffset.Parse("2026-01-02T10:00:00Z"), TimeZoneInfo.Utc).Should().Be(DateTimeOffset.Parse("2026-01-05T09:30:00Z"));
    }

    [Fact]
    public void Next_AnyInstantAndMinute_LiesAheadAndMatches()
    {
        Gen<(int Minute, int Hour, long Seconds)> gen =
            from minute in Gen.Choose(0, 59)
            from hour in Gen.Choose(0, 23)
            from seconds in Gen.Choose(0, 2_000_000_000)
            select (minute, hour, (long)seconds);
        Prop.ForAll(gen.ToArbitrary(), one =>
        {
            DateTimeOffset after = DateTimeOffset.FromUnixTimeSeconds(one.Seconds);
            DateTimeOffset? next = Parse($"0 {one.Minute} {one.Hour} * * *").Next(after, TimeZoneInfo.Utc);
            return next > after && next <= after.AddDays(1) && next.Value.Minute == one.Minute && next.Value.Hour == one.Hour && next.Value.Second == 0;
        }).QuickCheckThrowOnFailure();
    }

    private static CronExpression Parse(string text)
    {
        CronExpression.TryParse(text, CronFormat.Seconds, out CronExpression? cron, out string? problem).Should().BeTrue(problem);
        return cron!;
    }
}
