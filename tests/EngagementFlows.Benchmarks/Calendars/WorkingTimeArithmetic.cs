using System.Diagnostics;
using EngagementFlows.Engagements.Calendars;

namespace EngagementFlows.Benchmarks.Calendars;

/// <summary><c>working-days</c>, <c>working-hours</c>, <c>working-between</c>: due dates a second on one core, by China's holidays in a zone, from instants spread over a year.</summary>
internal sealed class WorkingTimeArithmetic : Benchmark
{
    private const int Rounds = 40;
    private const int PerRound = 2_000;

    private static readonly WorkCalendar China = new("client", "1", TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), WorkingWeek.Usual, HolidayTables.Find("CN"));
    private static readonly DateTimeOffset Year = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override IReadOnlyList<string> Names => ["working-days", "working-hours", "working-between"];

    public override Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        WorkingDays days = new(3);
        WorkingHours hours = new(TimeSpan.FromHours(16));
        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            new Figure("working-days", PerSecond(at => China.Add(at, days).At, cancellationToken), "/s"),
            new Figure("working-hours", PerSecond(at => China.Add(at, hours).At, cancellationToken), "/s"),
            new Figure("working-between", PerSecond(at => at + China.Between(at, at.AddDays(10)), cancellationToken), "/s"),
        ]);
    }

    // The best of several rounds: what the code takes, without what else the machine did meanwhile.
    private static double PerSecond(Func<DateTimeOffset, DateTimeOffset> compute, CancellationToken cancellationToken)
    {
        double best = 0;
        long sum = 0;
        for (int round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < PerRound; i++)
                sum += compute(Year.AddMinutes(i * 257L)).Ticks;
            best = Math.Max(best, PerRound / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return sum == 0 ? throw new InvalidOperationException("The results were never used.") : best;
    }
}
