using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Calendars;
using EngagementFlows.Postgres.Clients;
using EngagementFlows.Postgres.Instances;
using EngagementFlows.Postgres.Outbox;

namespace EngagementFlows.Server.Samples;

/// <summary>Plays a month: lets time pass from act to act, serves what falls due on the way at its own instant, and sends each mail when it is due.</summary>
/// <remarks>Alone on its database, on one thread. An act that finds nothing to act on is left out, so that holidays or changed processes never keep the server from starting.</remarks>
internal sealed partial class MonthPlayer(
    PlayedTime time, FlowsEngine engine, OutboxDispatcher dispatcher, MonthActs acts, FindWorkCalendar findCalendar, ListStaff listStaff, ILogger<MonthPlayer> logger)
{
    // A fact that is due and not served would be found again for ever.
    private const int MostIdleRounds = 50;

    /// <summary>Plays up to an instant; returns how many acts took place, and what was left out and why.</summary>
    /// <exception cref="InvalidOperationException">Something is due and cannot be served.</exception>
    public async Task<PlayedMonth> PlayAsync(MonthScript script, IReadOnlyDictionary<string, Guid> engagements, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Dictionary<string, Person> staff = (await listStaff.ExecuteAsync(cancellationToken)).ToDictionary(person => person.Email.Split('@')[0], StringComparer.Ordinal);
        int played = 0;
        List<string> leftOut = [];
        foreach ((DateTimeOffset at, Guid engagement, string client, MonthAct act) in await InOrderAsync(script, engagements, staff, now, cancellationToken))
        {
            await PassAsync(at, cancellationToken);
            if (await acts.ActAsync(engagement, act, staff, cancellationToken) is not { } whyNot)
            {
                played++;
                continue;
            }

            string what = act.ToString();
            Log.LeftOut(logger, client, act.Day, what, whyNot);
            leftOut.Add($"{client}, day {act.Day}: {what}: {whyNot}");
        }

        await PassAsync(now, cancellationToken);
        return new(played, leftOut);
    }

    private async Task<IEnumerable<(DateTimeOffset At, Guid Engagement, string Client, MonthAct Act)>> InOrderAsync(
        MonthScript script, IReadOnlyDictionary<string, Guid> engagements, Dictionary<string, Person> staff, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<(DateTimeOffset At, Guid Engagement, string Client, MonthAct Act)> all = [];
        foreach (MonthStory story in script.Stories)
        {
            if (!engagements.TryGetValue(story.Client, out Guid engagement)
                || (await findCalendar.ExecuteAsync(new CalendarAsked(engagement, story.Calendar), cancellationToken)).Calendar is not { } calendar)
            {
                Log.NoStory(logger, story.Client);
                continue;
            }

            all.AddRange(story.Acts.Select(act => (InstantOf(act, calendar, staff, now), engagement, story.Client, act)));
        }

        return all.Where(one => one.At <= now).OrderBy(one => one.At);
    }

    private static DateTimeOffset InstantOf(MonthAct act, WorkCalendar calendar, Dictionary<string, Person> staff, DateTimeOffset now)
    {
        if (act.Day == 0)
            return now;
        DateOnly date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, calendar.Zone).DateTime);
        for (int left = act.Day; left > 0;)
        {
            date = date.AddDays(-1);
            if (calendar.IsWorkingDay(date))
                left--;
        }

        string? by = act switch
        {
            MonthAct.Completes completes => completes.By,
            MonthAct.Reaches reaches => reaches.By,
            _ => null,
        };
        TimeZoneInfo zone = by is not null && staff.TryGetValue(by, out Person? person) && TimeZoneInfo.TryFindSystemTimeZoneById(person.Zone, out TimeZoneInfo? own) ? own : calendar.Zone;
        return WallClock.ToInstant(date.ToDateTime(act.At), zone).ToUniversalTime();
    }

    private async Task PassAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        await SettleAsync(cancellationToken);
        int idle = 0;
        while (await NextAsync(cancellationToken) is { } next && next <= until)
        {
            DateTimeOffset before = time.GetUtcNow();
            // What is due already and was not served is held back for moments, as by the limit of what is served late.
            time.MoveTo(next > before ? next : before.AddSeconds(1));
            idle = await SettleAsync(cancellationToken) > 0 ? 0 : idle + 1;
            if (idle > MostIdleRounds)
                throw new InvalidOperationException($"Something was due at {next:O} in the month of the sample firm and was not served.");
        }

        time.MoveTo(until);
    }

    private async Task<int> SettleAsync(CancellationToken cancellationToken)
    {
        int all = 0;
        while (true)
        {
            int served = await engine.ServeDueAsync(cancellationToken) + await dispatcher.RunOnceAsync(cancellationToken);
            if (served == 0)
                return all;
            all += served;
        }
    }

    private async Task<DateTimeOffset?> NextAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset? fact = await engine.NextDueAsync(cancellationToken);
        DateTimeOffset? effect = await dispatcher.NextDueAsync(cancellationToken);
        return fact < effect || effect is null ? fact : effect;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Sample month: {Client}, day {Day}: {Act} is left out: {Reason}")]
        public static partial void LeftOut(ILogger logger, string client, int day, string act, string reason);

        [LoggerMessage(Level = LogLevel.Information, Message = "Sample month: there is no engagement of client {Client} with a calendar; its story is left out.")]
        public static partial void NoStory(ILogger logger, string client);
    }
}
