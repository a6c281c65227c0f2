using System.Globalization;
using EngagementFlows.Engagements.Calendars;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Engine;
using EngagementFlows.Engine.Scheduling;
using EngagementFlows.Scripts;

namespace EngagementFlows.Engagements.Schedules;

/// <summary>Checks drafts of schedules and makes their timing. Pure: what only the database knows (definitions, calendars) is given.</summary>
public static class ScheduleRules
{
    private const int LongestExpression = 1_000;
    private const int LongestKey = 300;
    private const int LongestDefinitionId = 400;
    private const int FirstYear = 1970;
    private const int LastYear = 9000;

    /// <summary>Checks a draft and reports everything that is wrong with it.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="calendar">The calendar that it names; <see langword="null"/> if it names none, or one that does not exist.</param>
    /// <param name="now">The instant of the check; a schedule that can never fire after it is refused.</param>
    public static ScheduleReading Check(ScheduleDraft draft, WorkCalendar? calendar, DateTimeOffset now)
    {
        List<ScheduleFault> faults = [];
        string name = (draft.Name ?? "").Trim();
        if (name.Length == 0 || TextRule.FaultOfLine(name, TextRule.NameLength) is not null)
            faults.Add(new("name", new($"The name has {name.Length} characters. It must be one line of 1 to {TextRule.NameLength}.", $"名称有 {name.Length} 个字符，应为单行 1 至 {TextRule.NameLength} 个字符。")));
        CheckTarget(draft, faults);
        FreeDayPolicy freeDays = Word(draft.FreeDays, ScheduleWords.FreeDays, FreeDayPolicy.Keep, "freeDays", faults);
        CheckCalendar(draft, calendar, freeDays, faults);
        Engine.Bookmarks.CatchUpPolicy misfire = Word(draft.Misfire, ScheduleWords.Misfires, Engine.Bookmarks.CatchUpPolicy.RunOnce, "misfire", faults);
        OverlapPolicy overlap = Word(draft.Overlap, ScheduleWords.Overlaps, OverlapPolicy.Start, "overlap", faults);
        if (draft.IsForEach && overlap == OverlapPolicy.Queue)
            faults.Add(new("overlap", new("A schedule for many engagements cannot queue. Choose 'start', or 'skip', which leaves out the engagements whose last instance still runs.", "按业务批量启动的计划不能排队。请选择“照常启动”，或选择“跳过”以略过仍在运行的业务。")));

        if (!string.IsNullOrWhiteSpace(draft.EventName) && overlap != OverlapPolicy.Start)
            faults.Add(new("overlap", new("An event starts nothing that could still run. Leave 'overlap' out.", "发布事件不会启动实例，不存在重叠。请选择“照常启动”。")));

        int before = faults.Count;
        Timing? timing = ReadTiming(draft, now, faults);
        if (timing is null || faults.Count > before)
            return new(null, null, faults);
        ScheduleTiming times = new(timing.Cadence, timing.Zone, timing.Start, timing.End, freeDays, freeDays == FreeDayPolicy.Keep ? null : calendar);
        if (!faults.Any(fault => fault.Field is "calendar" or "freeDays"))
            CheckInstants(times, now, faults);
        if (faults.Count > 0)
            return new(null, faults.Any(fault => fault.Field is "calendar" or "freeDays" or "expression" or "endsAt") ? null : times, faults);
        ScheduleSettings settings = new()
        {
            Name = name,
            DefinitionId = Given(draft.DefinitionId),
            EventName = Given(draft.EventName),
            Input = draft.Input ?? new PlainObject(),
            CorrelationId = Given(draft.CorrelationId),
            ForEach = draft.IsForEach ? new([.. draft.Stages.Distinct()], [.. draft.Tiers.Distinct()]) : null,
            Kind = timing.Kind,
            Expression = draft.Expression!.Trim(),
            Zone = timing.Zone,
            StartsAt = timing.Start,
            EndsAt = timing.End,
            Calendar = freeDays == FreeDayPolicy.Keep ? null : Given(draft.Calendar),
            FreeDays = freeDays,
            Misfire = misfire,
            Overlap = overlap,
        };
        return new(settings, times, []);
    }

    /// <summary>Returns the instants of a schedule that was checked before.</summary>
    /// <param name="settings">The schedule.</param>
    /// <param name="calendar">Its calendar; <see langword="null"/> if it has none.</param>
    /// <exception cref="FormatException">The expression cannot be read any more: it was written by another version.</exception>
    public static ScheduleTiming TimingOf(ScheduleSettings settings, WorkCalendar? calendar) => new(
        CadenceOf(settings.Kind, settings.Expression, settings.Zone, settings.StartsAt) is ({ } cadence, _) ? cadence : throw new FormatException($"The schedule '{settings.Name}' has the expression '{settings.Expression}', which cannot be read."),
        settings.Zone,
        settings.StartsAt,
        settings.EndsAt,
        settings.FreeDays,
        calendar);

    private static void CheckTarget(ScheduleDraft draft, List<ScheduleFault> faults)
    {
        string? definition = Given(draft.DefinitionId);
        string? @event = Given(draft.EventName);
        if (definition is null == @event is null)
        {
            faults.Add(new("definitionId", @event is null
                ? new("It says neither which flow to start ('definitionId') nor which event to publish ('eventName'). Give one of them.", "未指定要启动的流程（definitionId）或要发布的事件（eventName），请填写其中一项。")
                : new("It names a flow to start ('definitionId') and an event to publish ('eventName'). Give one of them.", "同时指定了要启动的流程和要发布的事件，请只保留一项。")));
        }

        if (definition?.Length > LongestDefinitionId)
            faults.Add(new("definitionId", new($"'definitionId' has {definition.Length} characters. It must have at most {LongestDefinitionId}.", $"流程标识有 {definition.Length} 个字符，最多 {LongestDefinitionId} 个。")));
        if (@event is not null && TextRule.FaultOfLine(@event, LongestKey) is not null)
            faults.Add(new("eventName", new($"The event's name must be one line of at most {LongestKey} characters.", $"事件名称应为单行，最多 {LongestKey} 个字符。")));
        string? key = Given(draft.CorrelationId);
        if (key is not null && TextRule.FaultOfLine(key, LongestKey) is not null)
            faults.Add(new("correlationId", new($"The business key must be one line of at most {LongestKey} characters.", $"业务标识应为单行，最多 {LongestKey} 个字符。")));
        if (!draft.IsForEach)
            return;
        if (definition is null)
            faults.Add(new("forEach", new("Only a flow can be started for each engagement. Name it in 'definitionId'.", "只有启动流程时才能按业务批量执行，请指定流程。")));
        if (key is not null)
            faults.Add(new("correlationId", new("A schedule for each engagement gives each instance its engagement's id as business key. Leave 'correlationId' out.", "按业务批量执行时，业务标识即各业务的编号，请不要填写 correlationId。")));
        foreach (string stage in draft.Stages.Where(stage => !EngagementStages.OfSets.Contains(stage, StringComparer.Ordinal)))
            faults.Add(new("forEach", new($"There is no stage '{stage}'. The stages are {string.Join(", ", EngagementStages.OfSets)}.", $"没有“{stage}”这个阶段。可用：{string.Join("、", EngagementStages.OfSets)}。")));
        foreach (int tier in draft.Tiers.Where(tier => tier is < 1 or > 3))
            faults.Add(new("forEach", new($"There is no tier {tier}. Tiers are 1, 2 and 3.", $"没有等级 {tier}，等级为 1、2、3。")));
    }

    private static void CheckCalendar(ScheduleDraft draft, WorkCalendar? calendar, FreeDayPolicy freeDays, List<ScheduleFault> faults)
    {
        string? name = Given(draft.Calendar);
        if (freeDays != FreeDayPolicy.Keep && name is null)
            faults.Add(new("calendar", new("What happens on free days is said, but not by which calendar. Name one: firm, a calendar of the firm, or a country's code such as CN.", "已选择节假日的处理方式，但未指定日历。请填写 firm、公司日历名称或国家代码（如 CN）。")));
        else if (freeDays == FreeDayPolicy.Keep && name is not null && draft.FreeDays is not null)
            faults.Add(new("freeDays", new("A calendar is named, but its free days change nothing. Choose skip, before or after, or leave the calendar out.", "已指定日历，但节假日“照常执行”，日历不起作用。请选择跳过、提前或顺延，或不填日历。")));
        else if (name is not null && calendar is null)
            faults.Add(new("calendar", new($"There is no calendar '{name}'. Use firm, the name of a calendar of the firm, or one of {string.Join(", ", HolidayTables.Countries)}.", $"没有“{name}”日历。可用：firm、公司日历名称，或 {string.Join("、", HolidayTables.Countries)}。")));
        else if (name is not null && draft.FreeDays is null)
            faults.Add(new("freeDays", new("A calendar is named, but not what happens on its free days. Choose skip, before or after.", "已指定日历，请选择节假日的处理方式：跳过、提前或顺延。")));
    }

    private static void CheckInstants(ScheduleTiming timing, DateTimeOffset now, List<ScheduleFault> faults)
    {
        DateTimeOffset from = timing.Start > now ? timing.Start.AddTicks(-1) : now;
        if (timing.FreeDays is FreeDayPolicy.Before or FreeDayPolicy.After && IsTooFrequent(timing, from))
        {
            faults.Add(new("freeDays", new(
                $"It fires more than {ScheduleTiming.MostMovedOfDay} times a day, and so many cannot be moved to another day. Choose keep or skip, or fire less often.",
                $"一天执行超过 {ScheduleTiming.MostMovedOfDay} 次，无法整体移到其他日子。请选择照常执行或跳过，或降低频率。")));
            return;
        }

        if (timing.Next(from) is not null)
            return;
        if (timing.End is { } end && (timing with { End = null }).Next(from) is { } first)
        {
            faults.Add(new("endsAt", new(
                $"It never fires: its first instant would be {first.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, and it ends at {end.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC. Let it end later.",
                $"永远不会触发：首次触发应在 {first.UtcDateTime:yyyy-MM-dd HH:mm:ss}（UTC），而结束时间为 {end.UtcDateTime:yyyy-MM-dd HH:mm:ss}（UTC）。请推迟结束时间。")));
            return;
        }

        faults.Add(new("expression", new(
            "It never fires: no instant from now on matches it, such as 31 February, or a rule whose COUNT or UNTIL lies in the past. Look at days, months and calendar together.",
            "永远不会触发：今后没有符合条件的时刻，例如 2 月 31 日，或 COUNT、UNTIL 已经过去。请核对日期、月份与日历。")));
    }

    private static bool IsTooFrequent(ScheduleTiming timing, DateTimeOffset from)
    {
        DateTimeOffset? at = timing.Cadence.Next(from);
        // Days have up to 25 hours.
        Queue<DateTimeOffset> day = new();
        for (int i = 0; at is { } instant && i < 400; i++)
        {
            day.Enqueue(instant);
            while (instant - day.Peek() >= TimeSpan.FromHours(23))
                day.Dequeue();
            if (day.Count > ScheduleTiming.MostMovedOfDay)
                return true;
            at = timing.Cadence.Next(instant);
        }

        return false;
    }

    private static Timing? ReadTiming(ScheduleDraft draft, DateTimeOffset now, List<ScheduleFault> faults)
    {
        TimeZoneInfo? zone = ZoneOf(draft.Zone, faults);
        string expression = (draft.Expression ?? "").Trim();
        if (!ScheduleWords.Kinds.TryGetValue(draft.Kind ?? "", out CadenceKind kind))
            faults.Add(new("kind", new($"'kind' is '{draft.Kind}'. It must be one of {string.Join(", ", ScheduleWords.Kinds.Keys)}.", $"周期类型“{draft.Kind}”无效，可用：{string.Join("、", ScheduleWords.Kinds.Keys)}。")));
        else if (expression.Length is 0 or > LongestExpression)
            faults.Add(new("expression", new($"'expression' has {expression.Length} characters. It must have 1 to {LongestExpression}.", $"周期表达式有 {expression.Length} 个字符，应为 1 至 {LongestExpression} 个。")));
        else if (kind == CadenceKind.Rrule && Given(draft.StartsAt) is null)
            faults.Add(new("startsAt", new("A recurrence rule has no start. Give 'startsAt': it is the first day, and gives the time of day.", "RRULE 需要开始时间：它是第一天，并决定每天的时刻。")));
        if (zone is null)
            return null;
        DateTimeOffset? start = Instant(draft.StartsAt, "startsAt", zone, now, faults);
        DateTimeOffset? end = Given(draft.EndsAt) is null ? null : Instant(draft.EndsAt, "endsAt", zone, now, faults);
        if (end <= start)
            faults.Add(new("endsAt", new($"It ends at '{draft.EndsAt}', which is not after its start. Let it end later, or leave the end out.", $"结束时间“{draft.EndsAt}”不晚于开始时间。请改晚，或留空。")));
        if (start is null || faults.Any(fault => fault.Field is "kind" or "expression" or "startsAt" or "endsAt"))
            return null;
        (Cadence? cadence, LocalizedText? problem) = CadenceOf(kind, expression, zone, start.Value);
        if (cadence is not null)
            return new(kind, cadence, zone, start.Value, end);
        faults.Add(new("expression", problem!));
        return null;
    }

    private static (Cadence? Cadence, LocalizedText? Problem) CadenceOf(CadenceKind kind, string expression, TimeZoneInfo zone, DateTimeOffset start)
    {
        switch (kind)
        {
            case CadenceKind.Interval:
                (TimeSpan? length, LocalizedText? unreadable) = Interval.Read(expression);
                return length is { } given ? (new IntervalCadence(given, start), null) : (null, unreadable);
            case CadenceKind.Rrule:
                return RecurrenceRuleReader.TryRead(expression, zone, out RecurrenceRule? rule, out LocalizedText? wrong)
                    ? (new RuleCadence(rule, TimeZoneInfo.ConvertTime(start, zone).DateTime, zone), null)
                    : (null, wrong);
            default:
                return CronExpression.TryParse(expression, kind == CadenceKind.Cron ? CronFormat.Standard : CronFormat.Seconds, out CronExpression? cron, out LocalizedText? problem)
                    ? (new CronCadence(cron, zone), null)
                    : (null, new($"The cron expression '{expression}' is not valid. {problem.En}", $"Cron 表达式“{expression}”无效。{problem.ZhCn}"));
        }
    }

    private static TimeZoneInfo? ZoneOf(string? text, List<ScheduleFault> faults)
    {
        string id = (text ?? "").Trim();
        // Windows' own names are found too, but are no IANA names.
        if (id.Length is > 0 and <= 100 && TimeZoneInfo.TryFindSystemTimeZoneById(id, out TimeZoneInfo? zone) && zone.HasIanaId)
            return zone;
        faults.Add(new("zone", new($"The zone '{id}' is not known. Use an IANA name such as Asia/Shanghai, Europe/Berlin or UTC.", $"无法识别时区“{id}”。请使用 IANA 名称，如 Asia/Shanghai、Europe/Berlin、UTC。")));
        return null;
    }

    private static DateTimeOffset? Instant(string? text, string field, TimeZoneInfo zone, DateTimeOffset now, List<ScheduleFault> faults)
    {
        DateTimeOffset? instant = null;
        if (Given(text) is not { } given)
            instant = now;
        else if (DateTime.TryParseExact(given, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
            instant = WallClock.ToInstant(local, zone);
        else if (given.Length > 16 && (given[^1] is 'Z' or 'z' || given.LastIndexOfAny(['+', '-']) > 10) && DateTimeOffset.TryParse(given, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset exact))
            instant = exact;
        if (instant is { UtcDateTime.Year: >= FirstYear and <= LastYear } found)
            return new(found.UtcTicks - (found.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        faults.Add(new(field, instant is not null
            ? new($"'{field}' is '{text}'. Its year must be from {FirstYear} to {LastYear}.", $"“{text}”的年份超出范围，应为 {FirstYear} 年至 {LastYear} 年。")
            : new(
            $"'{field}' is '{text}'. Write an instant such as 2026-03-02T09:00:00+08:00, or a time of the schedule's zone such as 2026-03-02T09:00.",
            $"“{text}”不是有效的时间。请写成 2026-03-02T09:00:00+08:00，或计划时区的时间 2026-03-02T09:00。")));
        return null;
    }

    private static T Word<T>(string? word, IReadOnlyDictionary<string, T> words, T otherwise, string field, List<ScheduleFault> faults)
    {
        if (Given(word) is not { } given)
            return otherwise;
        if (words.TryGetValue(given, out T? value))
            return value;
        faults.Add(new(field, new($"'{field}' is '{given}'. It must be one of {string.Join(", ", words.Keys)}.", $"“{given}”无效，可用：{string.Join("、", words.Keys)}。")));
        return otherwise;
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private sealed record Timing(CadenceKind Kind, Cadence Cadence, TimeZoneInfo Zone, DateTimeOffset Start, DateTimeOffset? End);
}
